"""Scanned pages -> words with boxes."""
