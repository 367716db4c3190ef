"""How good a result is: measured against reports that somebody annotated by hand.

``read`` takes annotations (JSON Lines, brat standoff, a Label Studio export), results and reports alike, ``evaluate``
compares two of them, ``write`` gives one out as the beginning of an annotation.
"""
