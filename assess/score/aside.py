"""Sentences that say nothing of what the organisation itself does: no evidence, whatever they hold.

Four kinds: what other organisations did ("our competitor audited"), what a template tells its
reader to fill in, work on another subject (data protection, carbon, gender pay) in a sentence
that names nothing of labour, and tables of contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assess.records import Sentence

_ACT: Final = (
    r"(?:audited|visited|inspected|assessed|trained|repaid|reimbursed|compensated|refunded|found"
    r"|joined|mapped|surveyed|interviewed|identified|published|introduced|investigated|reported"
    r"|received|signed|carried\sout|conducted|completed|provided|screened|discovered|uncovered"
    r"|paid|worked|launched|set\sup|established|removed|terminated|ended|disclosed|adopted|banned"
    r"|checked|reviewed|appointed|asked|required|rolled\sout|won|rescued|supported|helped)\b"
)
# What others do by habit: only of those called others or many, never of a name.
_HABIT: Final = (
    r"(?:audit|visit|inspect|assess|train|repay|reimburse|map|survey|interview|publish|join|screen"
    r"|require|ask|provide|conduct|carry\sout|review|check)\b"
)
_AUXILIARY: Final = (
    r"(?:(?:has|have|had|was|were|also|recently|since|already|now|last\syear)\s){0,3}"
)
_LEAD: Final = r"(?:(?:in|during|since|by)\s[^,.;]{1,30},?\s|last\syear,?\s)?"
# "We" anywhere makes it a thing done together or to us.
_OURS: Final = re.compile(r"\b(?:we|us|ours?|ourselves|group)\b", re.IGNORECASE)
_OTHERS: Final = re.compile(
    rf"{_LEAD}(?:(?:our|some|many|most|several|two|three|a|an|one\sof\sour|some\sof\sour|all)\s)?"
    r"(?:(?:main|largest|nearest|biggest|big|large|major|leading)\s)?"
    r"(?:competitors?|rivals?|peers"
    r"|(?:other|many|most|some)\s(?:of\sthe\s|other\s)?(?:large\s|major\s|leading\s|uk\s)?(?:retailers?|compan(?:y|ies)|brands?"
    r"|business(?:es)?|firms?|organi[sz]ations?|supermarkets?|banks?|universities|councils"
    r"|manufacturers|employers|groups))"
    rf"\s(?:in\s[^,.;]{{1,30}}\s)?{_AUXILIARY}(?:{_ACT}|{_HABIT})(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BLANK: Final = re.compile(
    r"\[\s{0,3}(?:(?:please\s)?(?:insert|delete|add|enter|state|describe|complete|include|list"
    r"|set\sout|give|specify|provide|explain|tailor|amend)\b[^\[\]]{0,600}"
    r"|(?:(?:name\sof|your|our)\s(?:the\s)?)?(?:company|organi[sz]ation)(?:['’]s)?(?:\sname)?"
    r"|date|number|name|year|xx+)\s{0,3}\]",
    re.IGNORECASE,
)
_TO_FILL: Final = re.compile(
    r"(?:please\s)?(?:insert|delete|fill\sin)\s(?:the|your|here|an?|details|name|as)\b",
    re.IGNORECASE,
)
_OTHER_MATTER: Final = re.compile(
    r"\b(?:gdpr|data[\s-]protection|personal\sdata|gender[\s-]pay|carbon\scode|deforestation"
    r"|safety\s(?:training|course|module)|training\s(?:in|on)\s(?:health\sand\s)?safety"
    r"|injured|cake\s\w+)\b",
    re.IGNORECASE,
)
_LABOUR: Final = re.compile(
    r"slave|traffick|servitude|exploit|forced|bonded|labou?r|human\W{0,3}rights|ethic|wage|welfare"
    r"|\bpay\b(?<!gender\spay)(?<!gender-pay)|social|whistle|\bmsa\b|recruit|working|hours|overtime"
    r"|fees|migrant|passport|modern|due\W{0,3}diligence|conduct|polic(?:y|ies)|people|child"
    r"|hotline\sreceived|reports|\besg\b|sustainab|dormitor|contracts|supplier\ssites|findings?",
    re.IGNORECASE,
)

# A title and its page, before the next title or the end.
_ENTRY: Final = re.compile(
    r"[A-Za-z’'&,)][^\d\n]{0,3}?\s?(\d{1,3})(?:\s?[-–]\s?\d{1,3})?(?=\s*(?:[A-Z“]|$))"
)
_DIGIT: Final = re.compile(r"\d")
_CONTENTS: Final = re.compile(r"contents|\.{4}.*\.{4}", re.IGNORECASE | re.DOTALL)
# Without its heading a list is known by its length: rows of figures seldom rise so long.
_ENTRIES, _ENTRIES_ALONE = 3, 6
_HEADING_CHARACTERS: Final = 80


def asides(content: str, sentences: Sequence[Sentence]) -> frozenset[int]:
    """Indexes of the sentences that are no evidence of the organisation's own work."""
    blanks = [match.span() for match in _BLANK.finditer(content)] if "[" in content else []
    return frozenset(_asides(sentences, blanks))


def _asides(sentences: Sequence[Sentence], blanks: Sequence[tuple[int, int]]) -> Iterator[int]:
    for index, sentence in enumerate(sentences):
        if (
            any(start < sentence.end and sentence.start < end for start, end in blanks)
            or _TO_FILL.match(sentence.text)
            or _on_other_matter(sentence.text)
            or _by_others(sentence.text)
            or is_contents(sentence.text)
        ):
            yield index


def _on_other_matter(sentence: str) -> bool:
    return _OTHER_MATTER.search(sentence) is not None and _LABOUR.search(sentence) is None


def _by_others(sentence: str) -> bool:
    match = _OTHERS.match(sentence)
    return match is not None and _OURS.search(match["rest"]) is None


def is_contents(sentence: str) -> bool:
    """Whether it is a table of contents: titles with page numbers that never fall."""
    if len(_DIGIT.findall(sentence)) < _ENTRIES:
        return False
    pages = [int(entry[1]) for entry in _ENTRY.finditer(sentence)]
    if len(pages) < _ENTRIES or pages != sorted(pages):
        return False
    headed = _CONTENTS.search(sentence[:_HEADING_CHARACTERS]) is not None
    return headed or len(pages) >= _ENTRIES_ALONE
