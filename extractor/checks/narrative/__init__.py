"""What the numbers of the narrative show of each other: runs that add up, figures that stand again."""
