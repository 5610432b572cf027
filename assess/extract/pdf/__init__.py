"""PDF -> pages of text in reading order."""
