"""A diff as a file: ``rows`` are what all formats show, ``formats`` has a file for each."""
