"""Pages of text -> the Text record: one content string, offsets, sentences, language, flags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from assess.errors import UnreadableDocument
from assess.extract.limits import MAX_CHARACTERS, MAX_GLUED_CHARACTERS
from assess.extract.parts.find import find_parts
from assess.extract.prose.language import read_languages
from assess.extract.prose.repair import words_run_together
from assess.extract.prose.sentences import split_sentences
from assess.extract.prose.unglue import unglue, unreadable
from assess.records import Page, Text

EXTRACTOR_VERSION: Final = "3"
PAGE_BREAK: Final = "\f"
# The document ran words together; spaces were put back by a dictionary, so names may be split.
WORDS_SEPARATED: Final = "words_separated"
# A statement that shows the steps taken is never this short; a cover page or a link page is.
LITTLE_TEXT_WORDS: Final = 100


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page and what read it."""

    text: str
    method: str
    confidence: float | None = None
    """Of character recognition, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine read, before offsets are given."""

    pages: tuple[PageText, ...]
    flags: frozenset[str] = frozenset()
    glued: bool = True
    """Whether words may run together; ``False`` where the engine has looked for it."""


def assemble(draft: Draft) -> Text:
    """Join the pages by form feeds, split sentences, tell languages and parts apart.

    Raises:
        UnreadableDocument: ``no_text`` or ``too_large``.
    """
    content = PAGE_BREAK.join(page.text for page in draft.pages)
    if draft.glued and len(content) <= MAX_GLUED_CHARACTERS and words_run_together(content):
        draft = _unglued(draft)
        content = PAGE_BREAK.join(page.text for page in draft.pages)
    if not any(character.isalpha() for character in content):
        raise UnreadableDocument("no_text", "the document holds no words")
    if len(content) > MAX_CHARACTERS:
        raise UnreadableDocument("too_large", f"more than {MAX_CHARACTERS:,} characters")
    pages = _with_offsets(draft.pages)
    sentences = split_sentences(content, pages)
    languages = read_languages(content, sentences)
    found = find_parts(content, sentences, languages)
    return Text(
        content=content,
        pages=pages,
        sentences=sentences,
        language=languages.language,
        flags=tuple(sorted(draft.flags | _text_flags(content, glued=draft.glued) | found.flags)),
        extractor=EXTRACTOR_VERSION,
        parts=found.parts,
    )


def _unglued(draft: Draft) -> Draft:
    pages = tuple(replace(page, text=unglue(page.text)) for page in draft.pages)
    return Draft(pages, draft.flags | {WORDS_SEPARATED})


def _with_offsets(pages: Sequence[PageText]) -> tuple[Page, ...]:
    placed, start = [], 0
    for number, page in enumerate(pages, 1):
        end = start + len(page.text)
        placed.append(Page(number, start, end, page.method, page.confidence))
        start = end + len(PAGE_BREAK)
    return tuple(placed)


def _text_flags(content: str, *, glued: bool) -> set[str]:
    flags = set()
    if glued and unreadable(content):
        flags.add("words_run_together")
    if len(content.split()) < LITTLE_TEXT_WORDS:
        flags.add("little_text")
    return flags
