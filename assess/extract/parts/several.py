"""Several statements in one file, and a policy before or behind one, told apart.

Only what is beyond doubt is cut: each statement has its own title, its own year, says of itself
that it is one, and was approved or signed before the next begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from assess.extract.parts.subject import DECLARES, POLICY_RULES, POLICY_TITLE, SLAVERY, is_closing
from assess.extract.parts.titles import Title
from assess.extract.parts.years import year_of
from assess.records import Sentence

# Words and mentions of slavery without which a piece is no statement of its own.
_MIN_WORDS: Final = 100
_MIN_MENTIONS: Final = 4
# Characters below the title in which each says what it is.
_OPENING: Final = 1_500
# A policy that follows a statement has so many of a policy's phrases at once; both have so many
# characters.
_MIN_RULES: Final = 2
_MIN_STATEMENT: Final = 700
_MIN_POLICY: Final = 1_000
# A document opens with its title, and a name or a date above it.
_TITLE_LINES: Final = 3
# Lines of a signature block, and words of one.
_SIGN_OFF: Final = 8
_SHORT: Final = 10
# The titles of policies that are tried; each costs a pass over the text.
_MAX_POLICIES: Final = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """One of several statements."""

    start: int
    end: int
    title: str
    year: int


def tell_apart(content: str, sentences: Sequence[Sentence], titles: Sequence[Title]) -> list[Piece]:
    """The statements of two or more years in one file; empty where it is, or may be, one."""
    named = [title for title in titles if title.named]
    if len(named) < 2:
        return []
    openings = [
        (title, year)
        for index, title in enumerate(named)
        if (year := year_of(content, title.start, title.end + _OPENING // 2))
        and (index == 0 or DECLARES.search(content, title.end, title.end + _OPENING))
    ]
    pieces: list[Piece] = []
    for title, year in openings:
        if pieces and pieces[-1].year == year:
            continue  # the same title again, as on each page
        pieces.append(Piece(title.start, len(content), title.text, year))
    pieces = [
        Piece(one.start, after.start, one.title, one.year) for one, after in pairwise(pieces)
    ] + pieces[-1:]
    years = {piece.year for piece in pieces}
    before = content[: pieces[0].start].split() if pieces else []
    if len(pieces) < 2 or len(before) >= _MIN_WORDS or len(years) != len(pieces):
        return []
    last = pieces[-1]
    complete = all(
        _is_complete(content, sentences, piece, closed=piece != last) for piece in pieces
    )
    return pieces if complete else []


def _is_complete(
    content: str, sentences: Sequence[Sentence], piece: Piece, *, closed: bool
) -> bool:
    body = content[piece.start : piece.end]
    if len(body.split()) < _MIN_WORDS or len(SLAVERY.findall(body)) < _MIN_MENTIONS:
        return False
    return not closed or any(
        is_closing(one.text) for one in sentences if piece.start <= one.start < piece.end
    )


def policy_start(content: str, sentences: Sequence[Sentence]) -> int | None:
    """Where a policy begins that follows a whole, signed statement in the same file."""
    titles = (
        index
        for index, one in enumerate(sentences)
        if one.is_heading
        and content[one.end : one.end + 1] in ("\n", "\f")
        and POLICY_TITLE.search(one.text)
    )
    found = (i for i in islice(titles, _MAX_POLICIES) if _parts(content, sentences, i))
    return next((sentences[index].start for index in found), None)


def statement_start(
    content: str, sentences: Sequence[Sentence], titles: Sequence[Title]
) -> Title | None:
    """The title of a whole, signed statement that follows a policy in the same file."""
    if not any(POLICY_TITLE.search(one.text) for one in sentences[:_TITLE_LINES]):
        return None
    title = next((one for one in titles if one.named and one.start >= _MIN_POLICY), None)
    if title is None or len(content) - title.start < _MIN_STATEMENT:
        return None
    if len(POLICY_RULES.findall(content, 0, min(title.start, 2 * _OPENING))) < _MIN_RULES:
        return None
    above = [one.text for one in sentences if one.end <= title.start]
    below = [one.text for one in sentences if one.start >= title.end]
    if any(map(DECLARES.search, above)) or not any(map(is_closing, below)):
        return None
    return title if DECLARES.search(content, title.end, title.end + _OPENING) else None


def _parts(content: str, sentences: Sequence[Sentence], index: int) -> bool:
    """Whether a signed statement ends above sentence ``index``, and a policy begins there."""
    start = sentences[index].start
    if start < _MIN_STATEMENT or len(content) - start < _MIN_POLICY:
        return False
    if len(POLICY_RULES.findall(content, start, start + 2 * _OPENING)) < _MIN_RULES:
        return False
    above, below = sentences[:index], sentences[index:]
    declared = next((i for i, one in enumerate(above) if DECLARES.search(one.text)), None)
    signed = declared is not None and _ends_signed(above[declared:])
    return signed and not any(DECLARES.search(one.text) or is_closing(one.text) for one in below)


def _ends_signed(sentences: Sequence[Sentence]) -> bool:
    """Whether approval or signature, with a name below it, is the last that is said."""
    closing = [index for index, one in enumerate(sentences) if is_closing(one.text)]
    below = sentences[closing[-1] + 1 :] if closing else ()
    return 0 < len(below) <= _SIGN_OFF and all(len(one.text.split()) <= _SHORT for one in below)
