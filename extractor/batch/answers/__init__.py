"""The formats of an answer to a query: a file for each, called like the format."""
