"""What programs read, and where files go: JSON, its schema, targets, and what a spreadsheet may be given."""
