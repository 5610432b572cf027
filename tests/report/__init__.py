"""Tests of assess.report."""
