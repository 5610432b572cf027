"""Which part of a document is the statement."""
