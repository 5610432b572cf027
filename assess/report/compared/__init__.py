"""What the comparisons found, as reports show it."""
