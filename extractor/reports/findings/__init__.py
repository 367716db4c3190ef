"""Findings as they leave the tool: which of them are told, how each is written out, and the formats of their files."""
