"""Text -> sentences, list items, rows and headings. One pass of patterns: linear in the input.

spaCy's sentencizer was measured first: it breaks "No. 5", "p. 4" and enumerators, keeps
"Ltd. We" together and takes most of the time, so the stops are found here by pattern.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from assess.extract.limits import MAX_SENTENCE_CHARACTERS
from assess.extract.prose.abbreviations import is_false_end
from assess.extract.prose.blocks import BULLET, Block, find_blocks
from assess.extract.prose.headings import glued_heading, looks_like_heading, looks_like_text
from assess.records import Page, Sentence

# Characters before and after a stop that decide whether it ends the sentence.
_BEFORE: Final = 24
_AFTER: Final = 16
# So many " - " before capitals make a list; fewer are dashes.
_MIN_DASHES: Final = 3
# A piece of at most so many words before a double space is a heading, not half a sentence.
_HEADING_WORDS: Final = 8
# A heading stays valid for what follows up to this many headings in a row.
_HEADING_CHAIN: Final = 3
_MAX_HEADING: Final = 120

# The first line only lets the search pass over letters and single spaces quickly.
_CUT = re.compile(
    r"(?![a-z,]|\s[A-Za-z0-9(])(?:"
    r"[.!?…]{1,9}[\"'”’)\]]{0,3}(?P<stop>\s+)(?=\S)"
    r"|(?<=[a-z]{2}[.!?])(?P<glued>)(?=[A-Z][a-z]*(?:\s|’))"
    rf"|(?P<bullet>(?:(?<!\s)\s+)?(?=[{BULLET}]\s*\S))"
    r"|(?P<dash>(?<!\s)\s+(?=[-–]\s+[A-Z]))"
    r"|(?P<wide>(?<!\s)\s{2,})(?=[A-Z0-9•]))"
)
_COUNT = re.compile(r"(?P<mark>[:;.]\s)?(?<!\S)(?P<number>\d{1,2})\.$")
_DANGLING = re.compile(
    r"(?:[,&–-]|\b(?:a|an|and|at|by|for|from|in|of|on|or|our|the|to|with))$", re.I
)
_SOFT_CUTS = (re.compile(r"[;:]\s+(?:and\s+|or\s+)?"), re.compile(r",\s+"), re.compile(r"\s+"))
_ALPHANUMERIC = re.compile(r"[^\W_]")

Span = tuple[int, int]


def split_sentences(content: str, pages: Sequence[Page]) -> tuple[Sentence, ...]:
    """Return the sentences of ``content`` in order; ``pages`` tell each its page number.

    ``content[s.start:s.end]`` is the exact text and ``s.text`` the same with white space folded.
    A list item, a table row, a heading or a signature line is a sentence of its own.
    """
    starts = [page.start for page in pages]
    sentences: list[Sentence] = []
    heading = ""
    for block, is_heading in _with_headings(content, find_blocks(content)):
        for start, end, titles in _pieces(content, block, is_heading):
            text = " ".join(content[start:end].split())
            page = pages[max(0, bisect_right(starts, start) - 1)].number if pages else 1
            sentences.append(Sentence(start, end, text, page, heading, titles))
            heading = text[:_MAX_HEADING] if titles else heading
    return tuple(sentences)


def _with_headings(content: str, blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield each block and whether it is a heading."""
    shorts = [content[block.start : min(block.end, block.start + 200)] for block in blocks]
    listing, above_is_text = False, False
    for index, (block, text) in enumerate(zip(blocks, shorts, strict=True)):
        shaped = looks_like_heading(text, lone=above_is_text)
        yield (
            block,
            shaped and not (listing and not block.item) and _followed(blocks, shorts, index),
        )
        above_is_text = looks_like_text(text)
        # What follows a colon is a list until running text comes.
        end = content[max(block.start, block.end - 3) : block.end].rstrip()
        listing = end.endswith((":", ": –", ":-")) or (listing and not above_is_text)


def _followed(blocks: Sequence[Block], shorts: Sequence[str], index: int) -> bool:
    """Whether text follows, at once or after further headings."""
    item = blocks[index].item
    for following in range(index + 1, min(index + 1 + _HEADING_CHAIN, len(blocks))):
        if looks_like_text(shorts[following]):
            return True
        if blocks[following].item:
            return not item
        if not looks_like_heading(shorts[following]):
            return False
    return False


def _pieces(content: str, block: Block, is_heading: bool) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end and whether it is a heading, for each sentence of one block."""
    if is_heading:
        yield block.start, block.end, True
        return
    for start, end, heading in _cut(content, block):
        glued = 0 if heading else glued_heading(content[start : min(end, start + 200)])
        body = start + glued if start + glued < end else start
        if glued:
            yield from _trimmed(content, start, body, True)
        for first, last in _capped(content, body, end):
            yield from _trimmed(content, first, last, heading)


def _trimmed(content: str, start: int, end: int, heading: bool) -> Iterator[tuple[int, int, bool]]:
    while start < end and content[start].isspace():
        start += 1
    while end > start and content[end - 1].isspace():
        end -= 1
    if _ALPHANUMERIC.search(content, start, end):
        yield start, end, heading


def _cut(content: str, block: Block) -> Iterator[tuple[int, int, bool]]:
    """Cut a block at stops, inline bullets and the wide gaps that follow a heading."""
    start, number = block.start, 0
    dashes: bool | None = None
    for match in _CUT.finditer(content, block.start, block.end):
        before = content[max(start, match.start() - _BEFORE) : match.end()].rstrip()
        after = content[match.end() : min(block.end, match.end() + _AFTER)]
        kind, position, heading = match.lastgroup, match.end(), False
        if kind == "stop" and (counted := _enumerator(before, number)):
            number += 1
            position = content.rindex(counted, start, position)
        elif kind == "stop":
            position = start if is_false_end(before, after) else position
        elif kind == "wide":
            heading = _is_short_title(content[start : match.start()])
            apart = len(match[0]) > 2 and not _DANGLING.search(before)
            position = position if heading or apart else start
        elif kind == "dash" and before[-1:] not in ":;.":
            dashes = _is_dash_list(content, block) if dashes is None else dashes
            position = position if dashes and after[:1] == "-" else start
        if position > start:
            yield start, position, heading
            start = position
    yield start, block.end, False


def _enumerator(before: str, number: int) -> str:
    """The "2." that ends ``before`` where items are counted and ``number`` were met so far."""
    if not before[-2:-1].isdigit():
        return ""
    match = _COUNT.search(before)
    if not match or int(match["number"]) != number + 1:
        return ""
    opens = number > 0 or match["mark"] or match.start("number") == 0
    return match["number"] + "." if opens else ""


def _is_dash_list(content: str, block: Block) -> bool:
    return len(re.findall(r"\s-\s+[A-Z]", content[block.start : block.end])) >= _MIN_DASHES


def _is_short_title(text: str) -> bool:
    short = len(text) <= _MAX_HEADING and len(text.split()) <= _HEADING_WORDS
    return short and looks_like_heading(text.strip())


def _capped(content: str, start: int, end: int) -> Iterator[Span]:
    """Cut what is longer than a sentence may be: at a semicolon, a comma, a space, or anywhere."""
    while end - start > MAX_SENTENCE_CHARACTERS:
        cut = _soft_cut(content, start, start + MAX_SENTENCE_CHARACTERS)
        yield start, cut
        start = cut
    yield start, end


def _soft_cut(content: str, start: int, limit: int) -> int:
    middle = start + MAX_SENTENCE_CHARACTERS // 3
    for pattern in _SOFT_CUTS:
        last = max((match.end() for match in pattern.finditer(content, middle, limit)), default=0)
        if last:
            return last
    return limit
