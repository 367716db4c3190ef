"""The formats of what leaves a store: a file for each, called like the format and the ending of its files."""
