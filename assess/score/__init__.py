"""Rubric, rules, evidence status and classifier: a text in, an assessment out."""
