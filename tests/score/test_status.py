"""Evidence status: own sentences, and the agreement with labelled real ones where they are."""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

import pytest

from assess.records import EvidenceStatus
from assess.score.status import evidence_status, sentence_status
from assess.score.status_model import Likelihood

SILVER = Path(__file__).resolve().parents[3] / "shared" / "data" / "aims" / "uk_silver.csv"

# The words in brackets are the match.
MATCHES: list[tuple[EvidenceStatus, str]] = [
    ("implemented", "We [audit] all factories once a year."),
    ("implemented", "We have trained our buyers and [audited] nine sites."),
    ("implemented", "We will continue to [audit] all high-risk factories."),
    ("implemented", "We will not tolerate [forced labour] in our supply chain."),
    ("implemented", "Suppliers will not charge [recruitment fees]."),
    ("implemented", "Not only do we [audit] suppliers, we visit their hostels."),
    ("implemented", "Last year we [audited] nine sites; next year we will audit twelve."),
    ("implemented", "If you have any concerns, call our [hotline]."),
    ("implemented", "Training was planned in 2020 and has been [given to all managers]."),
    ("implemented", "We expect suppliers to sign our [code of conduct]."),
    ("planned", "We will [audit] all high-risk factories next year."),
    ("planned", "We trained our buyers, and will [train] our drivers."),
    ("planned", "We plan to introduce a [hotline] for suppliers' workers."),
    ("planned", "A [training] programme for site managers is planned for the spring."),
    ("planned", "We are developing a [supplier code of conduct]."),
    ("conditional", "If a breach is found, we would [terminate the contract]."),
    ("conditional", "Should we find an instance of slavery, we will [support the victims]."),
    ("conditional", "We reserve the right to [audit] suppliers."),
    ("conditional", "In the event of a case, [remediation] would follow."),
    ("negated", "We do not currently [audit] our suppliers."),
    ("negated", "We don’t [train] staff on slavery."),
    ("negated", "We have no [training] on slavery."),
    ("negated", "We have not yet carried out any [audits]."),
    ("vague", "We are committed to [paying a living wage]."),
    ("vague", "We strive to [audit] our suppliers."),
    ("vague", "We expect all partners to [respect human rights]."),
    ("vague", "Modern slavery is a crime that includes [forced labour]."),
]


@pytest.mark.parametrize(("status", "marked"), MATCHES)
def test_status_of_a_match(status: EvidenceStatus, marked: str) -> None:
    before, match, behind = marked.replace("[", "]").split("]")
    sentence = before + match + behind
    assert evidence_status(sentence, len(before), len(before) + len(match)) == status


def test_heading_and_lead_give_bare_items_their_status() -> None:
    item = "Extend the audit programme to packaging"
    assert evidence_status(item, 11, 16) == "implemented"
    assert evidence_status(item, 11, 16, heading="Next steps") == "planned"
    assert evidence_status(item, 11, 16, heading="Our plans for 2025") == "planned"
    assert evidence_status(item, 11, 16, lead="In the coming year we will:") == "planned"
    assert evidence_status(item, 11, 16, lead="Our commitment is to:") == "vague"
    done = "We have extended the audit programme"
    assert evidence_status(done, 21, 26, heading="Next steps") == "implemented"


# Whole sentences, a few of each class of wording.
SENTENCES: list[tuple[EvidenceStatus, str]] = [
    ("planned", "The goals we have set ourselves include a mapping of the cotton chain."),
    ("planned", "We have set the following KPI: two visits to each packing house."),
    ("planned", "Our targets for 2027 include a survey of drivers."),
    ("planned", "Our commitment is to have each laundry audited."),
    ("planned", "We made a commitment to extend the hotline to growers."),
    ("planned", "The buying team plans on visiting the tanneries."),
    ("planned", "Efforts are underway to map the second tier."),
    ("planned", "We are currently deciding how to train drivers."),
    ("planned", "We are in the process of joining Sedex."),
    ("planned", "Training is due to start in the spring."),
    ("implemented", "The risk is low due to the skills that our work needs."),
    ("negated", "We have therefore not carried out audits."),
    ("negated", "We did not implement a training plan in the year."),
    ("negated", "Our suppliers have not been formally audited."),
    ("negated", "Visits to the mills are not always possible."),
    ("negated", "Low-risk suppliers will not be subject to a further audit."),
    ("implemented", "We do not use any third party agencies or gangmasters."),
]


@pytest.mark.parametrize(("status", "sentence"), SENTENCES)
def test_status_of_a_sentence(status: EvidenceStatus, sentence: str) -> None:
    assert sentence_status(sentence) == status


@pytest.mark.parametrize(
    "heading",
    ["Future work", "Actions planned for the mills", "Steps to be taken", "Priorities – 2027"],
)
def test_headings_that_announce_plans(heading: str) -> None:
    item = "Extend the audit programme to packaging"
    assert evidence_status(item, 11, 16, heading=heading) == "planned"


def test_likelihood_decides_a_match_only_where_there_is_no_cue() -> None:
    plan, action = Likelihood(0.9, 0.0), Likelihood(0.0, 0.0)
    item = "Audits of the packing houses"
    assert evidence_status(item, 0, 6, likelihood=plan) == "planned"
    assert evidence_status(item, 0, 6, likelihood=action) == "implemented"
    assert evidence_status("We audited nine mills", 3, 10, likelihood=plan) == "implemented"
    assert evidence_status("We will audit nine mills", 8, 13, likelihood=action) == "planned"


def test_whole_sentence_that_goes_on_is_planned() -> None:
    sentence = "We will continue to audit our factories."
    assert sentence_status(sentence) == "planned"
    assert evidence_status(sentence, 20, 25) == "implemented"


def test_time_is_linear_in_hostile_text() -> None:
    for unit in ("if ", "have ", "any a ", "no ", "will continue to ", "slavery, ", "\t-"):
        start = time.perf_counter()
        sentence_status(unit * 40_000)
        evidence_status(unit * 40_000, 50_000, 50_010)
        assert time.perf_counter() - start < 1.0


def test_agreement_with_labelled_sentences() -> None:
    if not SILVER.is_file():
        pytest.skip(f"needs {SILVER.name} of the shared data")
    with SILVER.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "train" and row["status"]]
    pairs = Counter((row["status"], str(sentence_status(row["sentence"]))) for row in rows)
    assert _recall(pairs, "planned") >= 0.74
    assert _precision(pairs, "planned") >= 0.63
    assert _recall(pairs, "negated") >= 0.7
    assert _precision(pairs, "negated") >= 0.6


def _recall(pairs: Counter[tuple[str, str]], status: str) -> float:
    all_of_it = sum(number for (gold, _), number in pairs.items() if gold == status)
    return pairs[status, status] / all_of_it


def _precision(pairs: Counter[tuple[str, str]], status: str) -> float:
    found = sum(number for (_, ours), number in pairs.items() if ours == status)
    return pairs[status, status] / found
