"""Passages that tell the same things, in one document or in two: which numbers of theirs are of one thing.

Claims are paired by the words around them, their order and their headings, never by their numbers; diffs and checks
both build on this.
"""
