"""What organisations declared in the registry, held against the text of their statements."""
