"""The database in a browser: Datasette with our descriptions, questions and links."""
