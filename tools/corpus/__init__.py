"""Builds ``corpus/`` from ``tools/corpus/sources``: same sources, same bytes.

A source is one file: YAML front matter, then the statement in a small Markdown (headings, bullets,
numbered items, tables, ``**bold**``; a backslash at the end of a line keeps the line break).
Evidence is marked where it stands, ``[words of the statement]{criterion, criterion}``: an indicator
is true where it is marked and false elsewhere. The front matter holds what a mark cannot say:
``legal`` (values of ``criteria.LEGAL``, in that order) and ``depth`` (of ``criteria.DEPTH``).
"""
