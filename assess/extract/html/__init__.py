"""HTML and Markdown -> text."""
