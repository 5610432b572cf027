"""How particular a text is: the share of what one can check in it."""

from __future__ import annotations

import re
from typing import Final, get_args

from assess.records import Specificity
from assess.score.detectors.dates import ANY_DATE
from assess.score.rubric import Particular
from assess.score.rules import Reading
from assess.score.status import sentence_status

_DATE: Final = re.compile(rf"\b{ANY_DATE}", re.IGNORECASE)
_DAY: Final = re.compile(r"(?<![\d./-])\d{1,2}(?![\d./-])")
_DIGIT: Final = re.compile(r"\d")


def specificity(reading: Reading) -> Specificity:
    """Counts of named particulars by kind, and of vague sentences."""
    named: dict[str, int] = dict.fromkeys(get_args(Particular), 0)
    numbers = dates = 0
    for read in reading.sentences:
        for kind, number in read.passage.named.items():
            named[kind] += number
        found = _dates(read.sentence.text)
        dates += len(found)
        # The day of a date is a number, but says nothing of its own.
        days = sum(_DAY.search(one) is not None for one in found)
        numbers += max(0, read.passage.numbers - days)
    body = [read for read in reading.sentences if not read.sentence.is_heading]
    vague = sum(sentence_status(read.sentence.text, lead=read.lead) == "vague" for read in body)
    return Specificity(
        numbers=numbers,
        dates=dates,
        words=reading.text.words,
        vague_sentences=vague,
        sentences=len(body),
        **named,
    )


def _dates(sentence: str) -> list[str]:
    return _DATE.findall(sentence) if _DIGIT.search(sentence) else []
