"""Numbers with their units: found in a text, read exactly, and told from dates, codes and names."""

from extractor.quantities.scan import find, scan

__all__ = ["find", "scan"]
