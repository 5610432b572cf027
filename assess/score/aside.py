"""Sentences that say nothing of what the organisation itself does: no evidence, whatever they hold.

Three kinds: what other organisations did ("our competitor audited"), what a template tells its
reader to fill in, and work on another subject (data protection, carbon, gender pay) in a sentence
that names nothing of labour.
"""

from __future__ import annotations

import re
from collections import Counter
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
_OURS: Final = re.compile(r"\b(?:we|us|ours?|ourselves)\b", re.IGNORECASE)
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
# A name of one or two words, that is no plural and no word of a team or of what was done.
_NAMED: Final = re.compile(
    r"(?:(?:In|During|Since)\s(?:[A-Z][a-z]+\s)?20\d\d,?\s)?"
    r"(?:(?P<source>According\sto)\s)?(?P<name>[A-Z][\w’'&-]{2,}(?:\s[A-Z][\w’'&-]+)?)"
    rf"(?(source),|(?:,\s(?:an?|the|one\sof)\s[^,.;]{{1,40}},)?\s{_AUXILIARY}{_ACT})"
)
_NO_NAME: Final = re.compile(
    r"(?:the|all|first|once|those|these|this|that|each|every|both|none|nobody|everyone|anyone|some"
    r"|many|most|several|few|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|not|also"
    r"|what|who|which|where|when|hereby|they|you|she|and|but|then|since|after|before|while|it"
    r"|procurement|purchasing|sourcing|management|internal|legal|compliance|finance|audit|security"
    r"|human|group|supply|senior|quality|training|guidance|equality|risk|level|staff|people|board"
    r"|personnel|procured|ethical|technical|independent|external|cleaning|catering|payroll"
    r"|compensation|money|work|nothing|anything|everything|someone|somebody|half|another|company"
    r"|corporate|head|chief|director|manager|team|modern|slavery|forced|data|progress|feedback"
    r"|wherever|whenever|jointly|together|fully|newly|recently|currently|previously|already"
    r"|recruitment|production|property|property|marketing|operations|commercial|sustainability)\b",
    re.IGNORECASE,
)
_PLURAL: Final = re.compile(r"(?<![’'s])s$")
_COUNT_WORD: Final = re.compile(r"[\w’'&-]+")

_BLANK: Final = re.compile(
    r"\[\s{0,3}(?:please\s)?(?:insert|delete|add|enter|state|describe|complete|include|list"
    r"|set\sout|give|specify|provide|explain|tailor|amend|note|optional|name|number|date|company"
    r"|organi[sz]ation|xx+|e\.g|for\sexample|your|our\sname|…|\.\.\.)[^\[\]]{0,600}\]",
    re.IGNORECASE,
)

_TO_FILL: Final = re.compile(
    r"(?:please\s)?(?:insert|delete|enter|fill\sin)\s(?:the|your|here|an?|details|name|as)\b",
    re.IGNORECASE,
)

_OTHER_MATTER: Final = re.compile(
    r"\b(?:gdpr|data[\s-]protection|personal\sdata|carbon|emissions?|deforestation|net[\s-]zero"
    r"|gender[\s-]pay|safety\s(?:training|course|module)|training\s(?:in|on)\s(?:health\sand\s)?safety"
    r"|cyber\w*|(?:cake|birthday)\s\w+|recycl\w+|biodiversity"
    r"|fire\ssafety)\b",
    re.IGNORECASE,
)
_HURT: Final = re.compile(r"\b(?:injur(?:ed|y|ies)|accidents?|workplace\ssafety)\b", re.IGNORECASE)
_ABUSE: Final = re.compile(
    r"slave|traffick|servitude|exploit|forced|bonded|labou?r|human\W{0,3}rights|ethic|wage|social"
    r"|recruit|fees|migrant|passport|modern|abuse",
    re.IGNORECASE,
)
_LABOUR: Final = re.compile(
    r"slave|traffick|servitude|exploit|forced|bonded|labou?r|human\W{0,3}rights|worker|ethic|wage|welfare|social|whistle|\bmsa\b|recruit"
    r"|working\sconditions|fees|migrant|passport|modern|due\W{0,3}diligence|conduct|polic(?:y|ies)",
    re.IGNORECASE,
)


def asides(content: str, sentences: Sequence[Sentence]) -> frozenset[int]:
    """Indexes of the sentences that are no evidence of the organisation's own work."""
    blanks = [match.span() for match in _BLANK.finditer(content)] if "[" in content else []
    return frozenset(_asides(content, sentences, blanks))


def _asides(
    content: str, sentences: Sequence[Sentence], blanks: Sequence[tuple[int, int]]
) -> Iterator[int]:
    words: Counter[str] | None = None
    for index, sentence in enumerate(sentences):
        blank = any(start < sentence.end and sentence.start < end for start, end in blanks)
        blank = blank or _TO_FILL.match(sentence.text) is not None
        if blank or _on_other_matter(sentence.text) or _by_others(sentence.text):
            yield index
        elif (name := _stranger(sentence.text)) is not None:
            words = words or Counter(map(str.casefold, _COUNT_WORD.findall(content)))
            if words[name.casefold()] == 1:
                yield index


def _on_other_matter(sentence: str) -> bool:
    if _OTHER_MATTER.search(sentence) is not None and _LABOUR.search(sentence) is None:
        return True
    return _HURT.search(sentence) is not None and _ABUSE.search(sentence) is None


def _by_others(sentence: str) -> bool:
    match = _OTHERS.match(sentence)
    return match is not None and _OURS.search(match["rest"]) is None


def _stranger(sentence: str) -> str | None:
    """The first word of a name that did something, in a sentence without "we"."""
    match = _NAMED.match(sentence)
    if match is None or _OURS.search(sentence) or _NO_NAME.match(match["name"]):
        return None
    first = match["name"].split()[0]
    last = match["name"].split()[-1]
    return None if _PLURAL.search(last) and not last.endswith(("’s", "'s")) else first
