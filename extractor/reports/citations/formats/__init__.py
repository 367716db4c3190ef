"""The formats of citations: a file each."""
