"""Minimal compliance beside other texts: the whole index, a typology, and form against substance
over the years."""
