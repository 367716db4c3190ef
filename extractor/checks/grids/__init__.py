"""What the numbers of a table of any kind show of each other: lines that add up, figures that stand again."""
