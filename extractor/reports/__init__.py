"""Results become what people and programs read: a folder for each thing that leaves the tool."""
