"""A benchmark to be shown, and one with hostile words in every place."""

from __future__ import annotations

from dataclasses import replace

from assess.compare.peers import (
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
)
from assess.compare.stats import Interval, share

KEPT = KeptDocument("peer.pdf", "ab/abc.pdf", "application/pdf")
QUOTE = PeerQuote(
    organisation="Peer Limited",
    year=2024,
    quote="We audited 12 sites.",
    is_cut=False,
    page=4,
    status="implemented",
    statement_url="https://peer.example/statement",
    kept=KEPT,
    confirmed=False,
)
GAP = Gap(
    criterion="audits",
    title="Audits carried out",
    question="Are audits carried out?",
    kind="indicator",
    area="Due diligence",
    authority="BENCHMARK",
    source="the source",
    value=False,
    wanted="true",
    peers=share(9, 12),
    leading=share(3, 3),
    seen=(),
    why="Because " + "promises are no checks and " * 8,
    good_practice="Unannounced audits with worker interviews.",
    advice="Say which sites were audited.",
    quotes=(QUOTE,),
)
ITEM = CheckItem(
    "audits",
    "Due diligence",
    "Audits carried out",
    "Are audits carried out?",
    "BENCHMARK",
    "the source",
    "open",
    "not found in the text",
    None,
)
FOUND = Benchmark(
    name="draft.docx",
    kind="draft",
    statement_kind="statement",
    year=None,
    words=500,
    compliance=80.0,
    substance=31.0,
    tier="Developing",
    kept=None,
    group=PeerGroup(("Food",)),
    peers=12,
    organisations=30,
    leading=3,
    minimum=10,
    too_few=False,
    left_out=0,
    rubric="test@1+0",
    other_rubrics={},
    same_model=True,
    proposal="",
    reuse_known=True,
    versions={"rubric": "test@1+0"},
    standings=(
        Standing("substance", "Substance", "score", 31.0, 62.5, Interval(36.0, 84.0), 28.0, 12),
        Standing("risk", "Risk assessment", "area", None, None, None, None, 0, 0, (0, 4)),
    ),
    gaps=(GAP,),
    checklist=(ITEM,),
)

ATTACK = (
    '=<img src=x onerror="alert(1)"></script><script>alert(1)</script>\u202e\x00[x](javascript:1)'
)
LONG = "N" * 10_000
_PERSON = PersonSaid(ATTACK, "2026-05-01", ATTACK, corrected=True)
HOSTILE = replace(
    FOUND,
    name=ATTACK,
    tier=ATTACK,
    group=PeerGroup((ATTACK, LONG), (2024,), ATTACK),
    left_out=1,
    gaps=(
        replace(
            GAP,
            value="partial",
            kind="legal",
            authority="LAW",
            wanted="met",
            area=ATTACK,
            seen=(Seen(ATTACK, 1, "planned"),),
            person=_PERSON,
            quotes=(
                replace(
                    QUOTE,
                    organisation=LONG,
                    quote=ATTACK,
                    is_cut=True,
                    statement_url="javascript:alert(1)",
                    kept=replace(KEPT, name=ATTACK),
                ),
            ),
        ),
    ),
    checklist=(replace(ITEM, person=_PERSON, page=2), replace(ITEM, id="risk", section=ATTACK)),
    changes=Changes(
        ATTACK,
        (50.0, None),
        (10.0, 31.0),
        (
            Change("audits", "Audits", "BENCHMARK", True, False, "lost", Seen(ATTACK, 1, "x")),
            Change("risk", "Risk", "BENCHMARK", 1, 2, "deeper", None),
            Change("training", "Training", "LAW", 1, 1, "unchanged", None),
        ),
    ),
)
