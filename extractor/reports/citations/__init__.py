"""What came of the numbers of a text that were looked up in reports, as files: a row each."""
