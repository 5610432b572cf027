"""Mutated documents against the extractor: ``python -m tools.fuzz``."""
