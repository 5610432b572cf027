"""Quotes of leading peers: their own words, verified, of different owners."""

from __future__ import annotations

import pytest

from assess.compare.peers import PeerGroup, PeerQuote, Subject
from assess.compare.peers.choosing import choose_peers
from assess.compare.peers.quotes import Quoter
from assess.compare.peers.wording import bullet_of, cut_at_sentence, is_clean
from assess.score.rubric import Criterion, Rule
from tests.compare.factory import RUBRIC, TYPICAL, Factory
from tests.compare.test_peers import FOOD, draft

AUDITS = next(one for one in RUBRIC.criteria if one.id == "audits").model_copy(
    update={"question": "Are audits of suppliers carried out?"}
)
TRUE = frozenset({"true"})
SENTENCE = "In this year we carried out 12 audits of suppliers in Kent."


@pytest.fixture
def reuse(made: Factory) -> Factory:
    """Reused text was computed."""
    made.workspace.db.execute("INSERT INTO comparisons VALUES ('reuse', 'x')")
    return made


def add(
    made: Factory, name: str, quote: str = SENTENCE, *, own: float | None = 0.9, **columns: object
) -> str:
    sha = made.document(name, quotes={"audits": quote}, values=TYPICAL, **columns)  # type: ignore[arg-type]
    db = made.workspace.db
    db.execute("UPDATE texts SET content = ? WHERE document_sha256 = ?", [quote, sha])
    db.execute("INSERT INTO text_reuse VALUES (?, 100, 0, 0, ?)", [sha, own])
    made.statement(name, [FOOD], document=sha, statement_url="https://a.example/")
    return sha


def quoted(
    made: Factory, criterion: Criterion = AUDITS, subject: Subject | None = None
) -> tuple[PeerQuote, ...]:
    db = made.workspace.db
    subject = subject or draft()
    peers, _ = choose_peers(db, PeerGroup((FOOD,)), subject, RUBRIC.key)
    return Quoter(db, peers, subject.families).quotes(criterion, TRUE)


def names(made: Factory) -> list[str]:
    return [one.organisation for one in quoted(made)]


def test_the_best_come_first_then_by_name_and_three_are_enough(reuse: Factory) -> None:
    for name, substance in (("D", 10.0), ("C", 50.0), ("B", 50.0), ("A", 20.0)):
        add(reuse, name, substance=substance)
    assert names(reuse) == ["B", "C", "A"]
    assert quoted(reuse)[0].quote == SENTENCE


def test_without_known_reuse_nobody_is_quoted(made: Factory) -> None:
    add(made, "A")
    assert quoted(made) == ()


def test_what_several_organisations_have_is_not_quoted(reuse: Factory) -> None:
    shared = add(reuse, "A")
    add(reuse, "B")
    db = reuse.workspace.db
    db.execute("INSERT INTO shared_sentences VALUES (1, 'k', 't', 9, 2, 2, 0)")
    db.execute("INSERT INTO sentence_uses VALUES (1, ?, 5, 20)", [shared])
    assert names(reuse) == ["B"]


@pytest.mark.parametrize("own", [0.4, None])
def test_texts_that_are_mostly_others_are_not_quoted(reuse: Factory, own: float | None) -> None:
    add(reuse, "A", own=own)
    assert quoted(reuse) == ()


def test_near_copies_are_not_quoted(reuse: Factory) -> None:
    sha = add(reuse, "A")
    reuse.workspace.db.execute("INSERT INTO text_clusters VALUES (?, 1, 1, 1.0)", [sha])
    assert quoted(reuse) == ()


def test_one_group_is_quoted_once_and_the_own_not_at_all(reuse: Factory) -> None:
    for name in ("A", "B", "C"):
        add(reuse, name)
    reuse.workspace.db.execute(
        "INSERT INTO organisation_groups SELECT id, 7, 'parent' FROM organisations"
        " WHERE name IN ('A', 'B')"
    )
    assert names(reuse) == ["A", "C"]
    own = Subject("d", "draft", draft().assessment, families=frozenset({7}))
    assert [one.organisation for one in quoted(reuse, subject=own)] == ["C"]


def test_words_that_are_not_at_their_place_are_not_quoted(reuse: Factory) -> None:
    sha = add(reuse, "A")
    reuse.workspace.db.execute(
        "UPDATE texts SET content = 'x' || content WHERE document_sha256 = ?", [sha]
    )
    assert quoted(reuse) == ()


@pytest.mark.parametrize("status", ["planned", "vague", "negated", "conditional", "rejected"])
def test_only_what_is_done_is_quoted(reuse: Factory, status: str) -> None:
    add(reuse, "A", status=status)
    assert quoted(reuse) == ()


def test_plans_are_quoted_where_plans_are_asked_for(reuse: Factory) -> None:
    add(reuse, "A", status="planned")
    rule = Rule(name="goals", any=("goal",), statuses=("implemented", "planned"))
    [found] = quoted(reuse, AUDITS.model_copy(update={"rules": (rule,)}))
    assert found.status == "planned"


@pytest.mark.parametrize(
    "quote",
    [
        "Audits of suppliers.",  # too few words
        "Audits of suppliers were made.The year 2022Audits of sites were made too.",  # run together
        "and then the audits of suppliers were carried out in Kent.",  # begins in the midst
        "Audits of suppliers carried out in the year by our team in Kent",  # no end
        "We met on Monday in the hall of the house by the old mill.",  # nothing of what is asked
    ],
)
def test_what_reads_badly_or_says_little_is_not_quoted(reuse: Factory, quote: str) -> None:
    add(reuse, "A", quote)
    assert quoted(reuse) == ()


def test_words_in_a_sentence_are_quoted_with_all_of_it(reuse: Factory) -> None:
    sha = add(reuse, "A")
    reuse.workspace.db.execute(
        "UPDATE evidence SET quote = '12 audits of suppliers', start = 28, \"end\" = 50"
    )
    assert sha
    assert quoted(reuse)[0].quote == SENTENCE


def test_no_words_are_quoted_twice(reuse: Factory) -> None:
    add(reuse, "A")
    db = reuse.workspace.db
    peers, _ = choose_peers(db, PeerGroup((FOOD,)), draft(), RUBRIC.key)
    quoter = Quoter(db, peers)
    assert [len(quoter.quotes(AUDITS, TRUE)) for _ in range(2)] == [1, 0]


def test_a_group_is_named_by_its_parent(reuse: Factory) -> None:
    sha = add(reuse, "A", substance=1.0)
    db = reuse.workspace.db
    db.execute("UPDATE statements SET group_submission = 1, parent_name = 'Whole PLC'")
    assert names(reuse) == ["Whole PLC (A)"]
    db.execute("UPDATE statements SET parent_name = 'N/A'")
    assert (names(reuse), bool(sha)) == (["A"], True)


def test_long_quotes_are_cut_at_a_sentence() -> None:
    first = f"We checked {'many ' * 60}suppliers."
    assert cut_at_sentence(f"{first} {'And then more of it ' * 10}.") == first
    assert cut_at_sentence("Without an end " * 40) == ""
    assert cut_at_sentence("Short, e.g. this. ") == "Short, e.g. this."


@pytest.mark.parametrize("broken", ["The end of ChinaA total.", "See Page 2 of 9.", "A\fb.", "No"])
def test_broken_words_are_told(broken: str) -> None:
    assert not is_clean(broken)
    assert is_clean("We work with McDonald’s in the UK (since 2019).")


def test_the_mark_of_a_list_is_no_part_of_the_words() -> None:
    assert bullet_of("•  Audits") == "•  "
    assert bullet_of("Our audits") == ""
