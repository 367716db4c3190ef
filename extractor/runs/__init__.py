"""What a command does from its arguments to its exit code: extract, check, diff, report, batch."""
