"""What every rule of checking shares: formulas, how they are judged, with what power, and in which words."""
