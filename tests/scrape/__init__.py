"""Tests of assess.scrape."""
