"""How the numbers of a narrative belong together: parts, restatements, targets, earlier years, misprints."""
