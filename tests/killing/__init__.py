"""Commands killed at random moments and started again, beside undisturbed ones."""
