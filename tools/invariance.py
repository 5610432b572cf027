"""Changes to a statement's text that must not change what is found in it.

``python -m tools.invariance`` prints, for each change, the share of legal items and indicators
that come out otherwise, on the corpus and on real statements where they are at hand.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from assess.errors import UnreadableDocument
from assess.extract import extract, from_plain_text
from assess.records import Sentence, Text, Value
from assess.resources import corpus_folder
from assess.score.assessment import assess_text
from assess.score.detectors.companies import companies
from assess.score.model import load_model
from assess.score.rubric import load_rubric
from assess.scrape.files import iter_documents
from tools.measures import SHARED

Change = Callable[[Text, random.Random], str]

NOISE: Final = 0.01  # share of letters misread
REAL_STATEMENTS: Final = 60
_TOP: Final = "Skip to main content\n\nWe use cookies to make this website work. Accept all\n\n"
_END: Final = (
    "\n\nSlavery is a violation of a person's rights. It takes various forms, all of which have in "
    "common the deprivation of a person's liberty by another.\n\nRegistered in England and Wales. "
    "All rights reserved. Privacy policy | Terms of use | Accessibility | Contact us\n"
)
# As character recognition confuses them.
_MISREAD: Final[Mapping[str, str]] = {
    "l": "1",
    "i": "l",
    "o": "0",
    "m": "rn",
    "e": "c",
    "s": "5",
    "h": "b",
    "I": "l",
    "S": "5",
    "O": "0",
}
_AMERICAN: Final[Mapping[str, str]] = {
    "labour": "labor",
    "programme": "program",
    "behaviour": "behavior",
    "favour": "favor",
    "honour": "honor",
    "centre": "center",
    "licence": "license",
    "organis": "organiz",
    "recognis": "recogniz",
    "prioritis": "prioritiz",
    "minimis": "minimiz",
    "utilis": "utiliz",
    "subsidis": "subsidiz",
    "victimis": "victimiz",
    "criminalis": "criminaliz",
    "formalis": "formaliz",
    "authoris": "authoriz",
    "fulfil ": "fulfill ",
    "enrol ": "enroll ",
}


def boilerplate(text: Text, _: random.Random) -> str:
    """What a website puts around a statement."""
    return f"{_TOP}{text.content}{_END}"


def reordered(text: Text, rng: random.Random) -> str:
    """Sections in another order; the opening and the sign-off stay."""
    starts = [one.start for one in text.sentences if one.is_heading]
    if len(starts) < 4:
        return text.content
    bounds = [0, *starts[1:], len(text.content)]
    sections = [text.content[a:b].strip() for a, b in pairwise(bounds)]
    middle = sections[1:-1]
    rng.shuffle(middle)
    return "\n\n".join([sections[0], *middle, sections[-1]])


def capital_headings(text: Text, _: random.Random) -> str:
    """Headings in capitals."""
    return _rewritten(text, [one for one in text.sentences if one.is_heading], str.upper)


def _rewritten(text: Text, spans: Iterable[Sentence], change: Callable[[str], str]) -> str:
    content = text.content
    for one in sorted(spans, key=lambda span: -span.start):
        content = content[: one.start] + change(content[one.start : one.end]) + content[one.end :]
    return content


def american(text: Text, _: random.Random) -> str:
    """American spelling."""
    content = text.content
    for british, spelling in _AMERICAN.items():
        content = content.replace(british, spelling)
        content = content.replace(british.capitalize(), spelling.capitalize())
    return content


def renamed(text: Text, _: random.Random) -> str:
    """Another name for the company that is named most."""
    names = Counter(company.key.split()[0] for company in companies(text.content))
    if not names:
        return text.content
    [(first, _number)] = names.most_common(1)
    return re.sub(rf"\b{re.escape(first)}\b", "Yewbarrow", text.content, flags=re.IGNORECASE)


def curly_quotes(text: Text, _: random.Random) -> str:
    """Typographic quotation marks and apostrophes."""
    content = re.sub(r"(?<!\w)'(?=\w)", "‘", text.content).replace("'", "’")
    return re.sub(r'(?<!\S)"', "“", content).replace('"', "”")


def noisy(text: Text, rng: random.Random) -> str:
    """One letter in a hundred misread."""
    return "".join(
        _MISREAD.get(char, char) if char.isalpha() and rng.random() < NOISE else char
        for char in text.content
    )


CHANGES: Final[Sequence[Change]] = (
    boilerplate,
    reordered,
    capital_headings,
    american,
    renamed,
    curly_quotes,
    noisy,
)


def corpus_texts() -> list[Text]:
    """The statements of the corpus as their documents are read, but as plain texts."""
    texts = []
    for document, data in iter_documents([corpus_folder() / "documents"]):
        try:
            texts.append(from_plain_text(extract(data, document.name).content))
        except UnreadableDocument:
            continue
    return [text for text in texts if text.words >= 100]


def real_texts(number: int = REAL_STATEMENTS) -> list[Text]:
    """Judged statements that rules were written from; none where they are not at hand."""
    path = SHARED / "criteria" / "gold.jsonl"
    if not path.is_file():
        return []
    rows = map(json.loads, path.read_bytes().splitlines())
    texts = [from_plain_text(row["text"]) for row in rows if row["split"] == "train"]
    return texts[:number]


def changed(texts: Sequence[Text], change: Change, seed: int = 1) -> tuple[int, int]:
    """Legal items and indicators that come out otherwise, and all of them."""
    rng = random.Random(seed)  # noqa: S311 (to vary texts)
    cells = differing = 0
    for text in texts:
        before = _values_unchanged(text)
        after = _values(from_plain_text(change(text, rng)))
        cells += len(before)
        differing += sum(after.get(criterion) != value for criterion, value in before.items())
    return differing, cells


@cache
def _values_unchanged(text: Text) -> dict[str, Value]:
    """Each change is compared with the same."""
    return _values(text)


def _values(text: Text) -> dict[str, Value]:
    rubric = load_rubric()
    judged = {c.id for kind in ("legal", "flag", "indicator") for c in rubric.of_kind(kind)}
    found = assess_text(text, rubric, load_model())
    return {f.criterion: f.value for f in found.findings if f.criterion in judged}


def main() -> None:
    """Print the table."""
    for name, texts in (("corpus", corpus_texts()), ("real", real_texts())):
        for change in CHANGES:
            if texts:
                differing, cells = changed(texts, change)
                share = f"{100 * differing / cells:5.2f}%"
                print(f"{name:7} {change.__name__:17} {share} of {cells:,} findings change")


if __name__ == "__main__":
    main()
