"""Where one statement stands among its sector's statements, and what it lacks that they have."""

from __future__ import annotations

from assess.compare.peers.asked import Asked, benchmark_asked
from assess.compare.peers.benchmarked import benchmark
from assess.compare.peers.records import (
    Benchmark,
    Change,
    Changes,
    CheckItem,
    Gap,
    KeptDocument,
    PeerGroup,
    PeerQuote,
    PersonSaid,
    Seen,
    Standing,
    Subject,
)
from assess.compare.peers.sector import find_sector, find_turnover
from assess.compare.peers.subjects import owned, read_draft, sectors_of, stored_statement

__all__ = [
    "Asked",
    "Benchmark",
    "Change",
    "Changes",
    "CheckItem",
    "Gap",
    "KeptDocument",
    "PeerGroup",
    "PeerQuote",
    "PersonSaid",
    "Seen",
    "Standing",
    "Subject",
    "benchmark",
    "benchmark_asked",
    "find_sector",
    "find_turnover",
    "owned",
    "read_draft",
    "sectors_of",
    "stored_statement",
]
