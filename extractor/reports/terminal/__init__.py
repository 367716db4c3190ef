"""What is shown on the terminal: results, findings, diffs, explanations, and what is said while a run works."""
