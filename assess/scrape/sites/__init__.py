"""From a site's home page to its statement, and what its link says: pure, nothing is fetched."""
