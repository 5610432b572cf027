"""What a statement announces: something particular, for the time to come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from assess.compare.years.due import due_date, is_long_term
from assess.compare.years.stems import content_stems
from assess.records import EvidenceStatus, Sentence
from assess.score.leads import lead_lines
from assess.score.status import whole_status

# Words of content in a promise; with fewer nothing particular is promised. A number or a day
# is particular by itself: "we will make 160 night visits".
_STEMS: Final = 3
_STEMS_IF_EXACT: Final = 2
_NUMBER = re.compile(r"\b(?!20[1-4]\d\b)\d")
# Longer lines are columns of a page read across: who promises what cannot be told (characters).
_LONGEST: Final = 400

# A day or a year that is named, or the next one: what the judgement has not taken for a goal, but
# what can be looked for all the same.
_DATED = re.compile(
    r"\b(?:by|before|during|in|throughout|until|end of)\b[^.;]{0,40}?\b(?<!act )20[12]\d\b"
    r"|\b(?:next|coming|forthcoming) (?:financial |calendar |reporting )?year\b"
    r"|\b(?:next|coming|forthcoming) (?:\w+ )?months\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:will|shall|plan(?:s|ned|ning)?|intend(?:s|ing)?|propos(?:es?|ing)|going to"
    r"|(?:aim(?:s|ing)?|expect(?:s|ed)?|commit(?:ted)?) to)\b",
    re.IGNORECASE,
)
# What only goes on, or is wished for, is nothing that could be found as done.
_GOES_ON = re.compile(
    r"\b(?:will|shall|to|also|and|by)\s+(?:also\s+|always\s+)?(?:continue|maintain|remain|keep|strive"
    r"|endeavour|carry\s+on)\b|^\W*(?:and\s+)?(?:continu|maintain|carry(?:ing)?\s+on|ongoing)",
    re.IGNORECASE,
)
# That there will be a statement, or more in it, the next statement shows by being there; and of
# what it will be about, a title tells.
_OF_STATEMENTS = re.compile(
    r"\b(?:publish|report|updat|review|provid|releas|sign)\w*\b[^.;]{0,60}\bstatements?\b"
    r"|\bstatements?\b[^.;]{0,60}\b(?:publish|report|updat|review|provid|releas|sign)\w*\b"
    r"|\bstatements? (?:will|shall)\b|\bnext year.s (?:report|statement)\b"
    r"|\b(?:how|what) we\b",
    re.IGNORECASE,
)
# What "this" is stands in the sentence before, in whose words it would be told again.
_POINTS_BACK = re.compile(r"\W*(?:this|these|those|it|they|such|both)\b", re.IGNORECASE)
_INTRODUCES = re.compile(r":\W*$")
_COLON = re.compile(r"\W+$")

# Where one sentence promises several things: at semicolons, and before a further verb.
_VERBS: Final = (
    "add|appoint|ask|assess|audit|begin|board|build|call|carry|check|collect|complete|"
    "conduct|consult|continue|create|deliver|design|develop|engage|enhance|ensure|establish|"
    "expand|explore|extend|hold|identify|implement|improve|include|increase|interview|introduce|"
    "invite|join|launch|map|meet|move|name|open|pay|place|produce|provide|publish|put|"
    "raise|reach|reduce|refresh|repay|report|require|review|roll|run|send|set|settle|sign|"
    "start|strengthen|survey|talk|tell|test|trace|train|translate|update|visit|work|write"
)
_CUT = re.compile(
    rf";\s+|,\s+(?:and\s+)?(?=(?:to\s+|will\s+)?(?:{_VERBS})\b)"
    rf"|\s+and\s+(?=(?:to\s+|will\s+)(?:{_VERBS})\b)"
    rf"|\s+and\s+(?=(?:{_VERBS})\s+(?:all|every|each|our|the|a|an|at|on|in|to|with)\b)"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something particular that was announced."""

    quote: str
    start: int
    end: int
    """In the earlier text."""
    due: date | None
    """The latest day that its sentence names; None where it names none."""
    long_term: bool = False
    """Whether it names no day, but a time that ends after the next statement's year."""


def promises(
    content: str,
    sentences: Sequence[Sentence],
    goals: Sequence[tuple[int, int]],
    since: date | None = None,
) -> list[Promise]:
    """The promises of a text, by their place.

    ``goals`` are the offsets of what was judged to be a goal; other sentences count where they
    plan something for a time that they name. ``since`` is the end of the text's own period.
    """
    leads = lead_lines((one.text, one.is_heading) for one in sentences)
    return [
        Promise(content[start:end], start, end, due, due is None and is_long_term(whole))
        for sentence, lead in zip(sentences, leads, strict=True)
        if _plans(sentence, lead, goals)
        for whole in [f"{lead} {sentence.text}"]
        for due in [due_date(whole, since)]
        for start, end in _items(content, sentence.start, sentence.end)
        if _is_particular(content[start:end], dated=due is not None)
    ]


def _plans(sentence: Sentence, lead: str, goals: Sequence[tuple[int, int]]) -> bool:
    text = sentence.text
    if sentence.is_heading or len(text) > _LONGEST or _INTRODUCES.search(text):
        return False
    if _OF_STATEMENTS.search(text) or _POINTS_BACK.match(text):
        return False
    if any(start < sentence.end and sentence.start < end for start, end in goals):
        return status_of(sentence, lead) == "planned"
    # Without the judgement it must say itself that it is a plan.
    says_so = _DATED.search(text) and _ANNOUNCES.search(text)
    return bool(says_so) and whole_status(text).status == "planned"


def status_of(sentence: Sentence, lead: str) -> EvidenceStatus:
    """The status of a sentence below the line that leads to it."""
    # "We intend to:" goes on in the item, and is read so.
    return whole_status(sentence.text, sentence.heading, _COLON.sub(" ", lead)).status


def _is_particular(text: str, *, dated: bool) -> bool:
    if _GOES_ON.search(text):
        return False
    is_exact = dated or _NUMBER.search(text) is not None
    return len(content_stems(text)) >= (_STEMS_IF_EXACT if is_exact else _STEMS)


def _items(content: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The stretches of a sentence that promise one thing each."""
    start = first
    for cut in _CUT.finditer(content, first, last):
        if len(content_stems(content[start : cut.start()])) >= _STEMS_IF_EXACT:
            yield start, cut.start()
            start = cut.end()
    yield start, last
