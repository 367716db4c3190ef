"""The formats of a comparison: a file for each, called like the format and the ending of its files."""
