"""Findings of a dossier in words."""

from __future__ import annotations

from typing import Final

from assess.compare.stats import share
from assess.report.dossier.findings import NOTHING
from assess.report.dossier.records import Item, Person, Quote, Standing, StatementRow
from assess.report.words import VALUES, percent, reason, share_words

STATUS_WORDS: Final = {
    "implemented": "stated as done",
    "planned": "planned",
    "conditional": "conditional",
    "negated": "denied",
    "vague": "vague",
}
SEEN: Final = "Seen, not counted"

RELATIONS: Final = {
    "different": "no link between the two in the registry",
    "same_group": "of one group, as far as the registry tells",
    "same_organisation": "the same organisation, another statement",
    "unknown": "whose text it is is not known from the registry",
}
OUTCOMES: Final = {
    "reported": "told of as done in the later statement",
    "not_done": "told of as not done",
    "repeated": "announced again",
    "unclear": "the later statement has something like it; whether it was done is unclear",
    "not_found": "not found in the later statement’s text",
    "not_due": "not yet due",
}
RESULTS: Final = {
    "contradicted": "Contradicted by the text",
    "not_found": "Not found in the text",
    "confirmed": "Shown by the text",
    "not_checked": "Not checked",
}
CHANGES: Final = {
    "gained": "now found",
    "lost": "not found any more",
    "deeper": "deeper",
    "shallower": "shallower",
}
MATCHES: Final = {
    "url": "its web address",
    "company_number": "the company number",
    "name_exact": "the name",
    "name_fuzzy": "a similar name",
    "reviewed": "a person’s decision",
}
TYPES: Final = {
    "silent": "Silent",
    "ritual": "Ritual",
    "policy_led": "Policy-led",
    "practising": "Practising",
    "leading": "Leading",
}


def judgement(item: Item) -> str:
    """The value in words; what was seen but does not count is not called missing."""
    if item.value in NOTHING and item.quotes:
        return SEEN
    if item.notes and item.value == "na":
        return "Not assessed"
    if item.notes and item.value == "absent":
        return "Not found on the home page"
    return VALUES.get(item.value, item.value)


def missing(item: Item) -> bool:
    """Whether nothing of it was found in the text."""
    return item.value in NOTHING and not item.quotes and not item.notes


def status(quote: Quote) -> str:
    """What a quote tells, and whether it counts."""
    told = STATUS_WORDS.get(quote.status, quote.status)
    if quote.counts:
        return told if quote.status == "implemented" else f"{told}; counts here"
    return f"{told}: seen, not counted"


def said_by(person: Person, day: str, item: Item | None = None) -> str:
    """Who corrected or confirmed something, e.g. ``corrected by A. Person on 1 May 2026: why``."""
    corrected = (
        person.verdict != "confirmed"
        if item is None or item.found_value is None
        else item.found_value != item.value
    )
    before = ""
    if item is not None and corrected and item.found_value is not None:
        before = f" (found before: {VALUES.get(item.found_value, item.found_value)})"
    why = f": {person.reason}" if person.reason else ""
    return f"{'corrected' if corrected else 'confirmed'} by {person.name} on {day}{why}{before}"


def state(statement: StatementRow) -> str:
    """What became of a statement, e.g. ``could not be assessed: too short to judge``."""
    known = {
        "assessed": "assessed",
        "policy": "the document is a policy, not a statement for a year",
        "other": "the document is not a statement",
        "not_scored": "the document was not assessed yet",
        "no_document": "no document was collected",
    }
    if statement.state == "cannot_assess":
        return f"could not be assessed: {reason(statement.reason)}"
    return known[statement.state]


def standing(found: Standing) -> str:
    """E.g. ``above 12 of 34 (35%, 95% interval 21–53%); level with 10``."""
    of = found.below + found.same + found.above
    above = share_words(share(found.below, of), "others")
    return f"above {above}; level with {found.same:,}; {found.above:,} have more"


def percentile(found: Standing) -> str:
    """The mid-rank percentile among the others, e.g. ``51`` or ``over 99``."""
    of = found.below + found.same + found.above
    return percent((found.below + found.same / 2) / of).removesuffix("%") if of else "–"
