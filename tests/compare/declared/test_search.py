"""Each search finds what it is for, and nothing that only sounds like it."""

from __future__ import annotations

import pytest

from assess.compare.declared.answers import load_answers, load_searches
from assess.compare.declared.search import Searched, search
from assess.extract import split_sentences
from assess.records import Page, Text

START = "Our modern slavery statement. We sell tiles. "


def searched(content: str) -> Searched:
    """The searches run over a text of one page."""
    pages = (Page(1, 0, len(content), "text"),)
    return search(Text(content, pages, split_sentences(content, pages), "en"))


def found(name: str, sentence: str) -> list[str]:
    """The quotes of a search that count."""
    hits = searched(START + sentence).found.get(name, ())
    return [hit.quote for hit in hits if hit.counts]


SHOWN = [
    ("free_to_leave", "Employment is freely chosen at all our suppliers."),
    ("free_movement", "Suppliers must not restrict the movement of their workers."),
    ("free_association", "Workers have the right to freedom of association."),
    ("no_violence", "Our code prohibits harassment and bullying."),
    ("no_fees", "No worker may be charged recruitment fees."),
    ("no_forced_overtime", "All overtime is voluntary."),
    ("no_child_labour", "We do not tolerate child labour."),
    ("no_discrimination", "We have an equal opportunities policy."),
    ("no_document_retention", "Passports must not be retained by the employer."),
    ("remedy_access", "We support victims of slavery through a charity."),
    ("train_all", "All staff are trained on modern slavery."),
    ("train_hr", "Our HR team was trained on modern slavery."),
    ("train_procurement", "Our buyers attended a workshop on modern slavery."),
    ("engage_police", "We work closely with the GLAA."),
    ("audit_unannounced", "We carried out six unannounced audits."),
    ("anonymous_channel", "Concerns can be raised on our confidential whistleblowing hotline."),
    ("did_pay_back", "Fees of 900 pounds were repaid to 31 workers."),
]


@pytest.mark.parametrize(("name", "sentence"), SHOWN, ids=[name for name, _ in SHOWN])
def test_what_a_search_is_for_is_found(name: str, sentence: str) -> None:
    assert found(name, sentence) == [sentence]


NOT_SHOWN = [
    ("free_to_leave", "We hold the right to terminate the business relationship."),
    ("no_violence", "Signs of slavery are threats and violence by the employer."),
    ("no_child_labour", "Slavery is defined to include child labour."),
    ("no_discrimination", "Key risks are discrimination and low wages."),
    ("train_all", "All staff will be trained on modern slavery next year."),
    ("train_all", "All staff are trained in health and safety."),
    ("train_hr", "Our HR team will be trained on modern slavery."),
    ("anonymous_channel", "Posters show the Modern Slavery Helpline number."),
    ("audit_announced", "We carried out six unannounced audits."),
    ("risk_in_chain", "The risk of slavery in our supply chains is low."),
    ("found_wages", "No case of withheld wages was found."),
    ("did_refer", "Any victim would be referred to the police."),
]


@pytest.mark.parametrize(("name", "sentence"), NOT_SHOWN)
def test_what_only_sounds_like_it_is_not_found(name: str, sentence: str) -> None:
    assert found(name, sentence) == []


DENIED = [
    ("training_denied", "No training on modern slavery was given in the year."),
    ("audits_denied", "No audits of labour providers were carried out."),
    ("goals_denied", "We did not set goals or performance indicators."),
    ("risk_denied", "We have not carried out a formal risk assessment."),
    ("policies_denied", "We have no policy that deals with slavery."),
]


@pytest.mark.parametrize(("name", "sentence"), DENIED, ids=[name for name, _ in DENIED])
def test_a_denial_is_found(name: str, sentence: str) -> None:
    assert found(name, sentence) == [sentence]


# What was once taken for a denial, in statements of named companies.
NOT_DENIED = [
    ("audits_denied", "The company does not provide the audit date to the factories beforehand."),
    ("audits_denied", "We typically do not conduct unannounced audits."),
    ("audits_denied", "Where sites were not audited, we asked for a questionnaire."),
    ("audits_denied", "We did not audit suppliers during the pandemic."),
    ("training_denied", "Nobody who has not been trained may recruit."),
    ("training_denied", "Further training was not given because all had been trained."),
    ("goals_denied", "We have no set of indicators yet."),
    ("goals_denied", "We did not set new targets, since the old ones run until 2025."),
    ("policies_denied", "We have no separate policy on slavery; the code covers it."),
]


@pytest.mark.parametrize(("name", "sentence"), NOT_DENIED)
def test_what_is_denied_in_part_is_no_denial(name: str, sentence: str) -> None:
    assert found(name, sentence) == []


def test_a_quote_is_the_text_between_its_offsets() -> None:
    content = START + "All staff are trained on modern slavery. No audits were carried out."
    hits = [hit for of_one in searched(content).found.values() for hit in of_one]
    assert hits
    assert all(content[hit.start : hit.end] == hit.quote for hit in hits)


def test_a_table_of_contents_shows_nothing() -> None:
    contents = "Contents: Training p4 Policies p5 Supplier training p6 Audits p7 Goals p9"
    assert found("train_suppliers", contents) == []


def test_every_search_that_an_answer_names_exists_and_each_is_named() -> None:
    named = {
        name
        for *_, answer in load_answers().all()
        for name in (*answer.searches, *answer.denied_by, *answer.naming, *answer.clearest)
    }
    named |= {name for *_, answer in load_answers().all() for name in answer.plainly}
    known = {signal.id for signal in load_searches().signals}
    from assess.score.rubric import load_rubric

    assert named <= known | set(load_rubric().by_id())
    assert known <= named
