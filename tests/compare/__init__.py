"""Tests of assess.compare."""
