"""From a site's pages to its statement, and whether its home page shows the way. No network."""
