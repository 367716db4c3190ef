"""What the tables of known kind say: their figures, the sums inside them, the accounts that they list."""
