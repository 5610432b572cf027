"""A benchmark as a page, as Markdown and as a table."""
