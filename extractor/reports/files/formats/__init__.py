"""The formats of a result that programs read: a file for each, called like the format."""
