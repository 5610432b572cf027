"""Word processors' files -> text."""
