"""The national report: a commissioner's overview over all years."""
