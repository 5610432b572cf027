"""Rich text -> text, through striprtf; what it leaves out by design is brought to it first."""

from __future__ import annotations

import re

from assess.errors import UnreadableDocument
from assess.extract.assemble import Draft, PageText
from assess.extract.limits import MAX_CHARACTERS
from assess.extract.prose.blocks import CELL
from assess.extract.prose.repair import clean

# striprtf drops these groups; a person reads them. They are set as paragraphs after the text.
_ASIDE = re.compile(
    r"\{(?:\\\*)?\\(?:footnote|headerl|headerr|headerf|header|footerl|footerr|footerf|footer|shptxt)"
    r"(?![a-z])"
)
_GROUP = re.compile(r"\{[^{}]*\}")
_GONE = re.compile(r"\\(?:deleted|v)(?![a-z0-9])")
# Pictures and data, and the addresses behind links, in which striprtf would search for long.
_UNSEEN = re.compile(
    r"\{(?:\\\*)?\\(?:pict|objdata|themedata|datastore|shppict|nonshppict|fldinst)"
    r"(?![a-z])"
)
_BRACE = re.compile(r"\\[\\{}]|[{}]|\\bin(\d{1,9}) ?")
_LIST_MARK = re.compile(r"^[·\uf0b7\uf0a7§]\t", re.M)


def read_rtf(data: bytes) -> Draft:
    """Extract the text of a rich text file.

    Raises:
        UnreadableDocument: ``damaged``, ``no_text``, ``needs_ocr`` or ``too_large``.
    """
    from striprtf.striprtf import rtf_to_text

    source = data.decode("cp1252", "replace").replace("\\pntext", "\\listtext")
    pictures = "\\pict" in source
    source = _GROUP.sub(_seen, _without(_UNSEEN, source)[0])
    source, asides = _without(_ASIDE, source)
    end = source.rfind("}") if "}" in source else len(source)
    moved = "".join(rf"\pard\par {aside}\par " for aside in asides)
    try:
        text = rtf_to_text(source[:end] + moved + "}", errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, LookupError, OverflowError):  # it trusts the control words
        raise UnreadableDocument("damaged", "the rich text's control words are broken") from None
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableDocument("too_large", f"more than {MAX_CHARACTERS:,} characters")
    if not any(map(str.isalpha, text)):
        reason = "needs_ocr" if pictures else "no_text"
        raise UnreadableDocument(reason, "the rich text holds no words")
    return Draft((PageText("\n".join(_lines(text)), "rtf"),))


def _without(groups: re.Pattern[str], source: str) -> tuple[str, list[str]]:
    """Cut out the groups that begin with a pattern; return the rest and what was in them."""
    kept: list[str] = []
    inner: list[str] = []
    at = 0
    for match in groups.finditer(source):
        if match.start() < at:
            continue
        kept.append(source[at : match.start()])
        at = _group_end(source, match.start())
        inner.append("{" + source[match.end() : at])
    return "".join([*kept, source[at:]]), inner


def _seen(group: re.Match[str]) -> str:
    """The group, or nothing where it is hidden or deleted."""
    return "" if _GONE.search(group[0]) else group[0]


def _group_end(source: str, start: int) -> int:
    """Where the group that opens at ``start`` ends; the end of the text where it never does."""
    depth, at = 0, start
    while (found := _BRACE.search(source, at)) is not None:
        at = found.end() + int(found[1] or 0)
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return at
    return len(source)


def _lines(text: str) -> list[str]:
    """Rows with a mark between filled cells, items with a bullet, paragraphs apart."""
    lines = []
    for line in _LIST_MARK.sub("• ", text).split("\n"):
        cells = [" ".join(cell.split()) for cell in line.split("|")]
        lines.append(clean(CELL.join(cell for cell in cells if cell)))
    return lines
