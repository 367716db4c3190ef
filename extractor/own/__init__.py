"""Patterns of one's own: what there is, a first file to begin with, and whether a folder of them is in order."""
