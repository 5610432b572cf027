"""Words with boxes -> lines, columns, tables and paragraphs. Pure geometry, no PDF library."""
