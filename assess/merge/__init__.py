"""Databases of parts into one: different machines read different parts, or the same.

Each part is only read, and goes in by natural keys (hashes, addresses, identities), table by table,
in one transaction. Of two rows that differ the same one is taken whatever the order of the parts:
the rules stand in docs/faults.md.
"""

from assess.merge.parts import MergeReport, PartReport, merge_parts

__all__ = ["MergeReport", "PartReport", "merge_parts"]
