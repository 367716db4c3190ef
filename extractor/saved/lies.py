"""What is raised for a result that no run could have made."""

from __future__ import annotations


class LieError(ValueError):
    """What contradicts the rest of a result, and where; ``$`` is the result as a whole."""
