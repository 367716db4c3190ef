"""Reports of one folder for other programs: read-only questions, answered with places that can be looked up again."""
