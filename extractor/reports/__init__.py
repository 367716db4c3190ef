"""Results become what people and programs read: JSON, its schema, and the summary on the terminal."""
