"""Numbers as they are computed with: what a claim or a cell amounts to, by its digits, and what it is called.

Checks, diffs, reports and batches of documents share this room; nothing in it knows what a check is.
"""
