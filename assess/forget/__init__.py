"""Taking an organisation or a person's name out of a workspace, for good."""
