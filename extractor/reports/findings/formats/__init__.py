"""The formats of a list of findings, a file each."""
