"""Tests of assess.scrape.sites."""
