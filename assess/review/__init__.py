"""Findings before a person: the most doubtful first, what is said of them, what that teaches."""
