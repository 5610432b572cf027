"""Reports as tables: Markdown, CSV, workbooks."""
