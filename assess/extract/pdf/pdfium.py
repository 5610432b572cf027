"""Pages, words with boxes and form fields through pypdfium2, the fast engine."""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from assess.errors import UnreadableDocument
from assess.extract.layout.segments import Post, Segment
from assess.extract.layout.tables import Rule
from assess.extract.limits import MIN_PAGE_LETTERS
from assess.extract.pdf.words import BY_LETTER, words_of

_FIELD_LENGTH: Final = 500
# Shorter lines (points) underline a word or draw a picture.
_MIN_RULE: Final = 40.0
# A line between cells is at least as high as a line of text (points); what is wider than a cell
# frames a page; more posts belong to a drawing.
_MIN_POST: Final = 8.0
_MAX_CELL: Final = 400.0
_MAX_POSTS: Final = 1000
# Pieces of a border are so near to each other (points).
_TOUCHING: Final = 2.0
# Fewer objects that are not text draw no table.
_MIN_DRAWN: Final = 3
# The beginning of a page's text tells whether there are letters in it; tables have fewer.
_SAMPLE: Final = 400
_LETTERS_SHARE: Final = 0.4
# Of readable text at most this share is in characters without a meaning.
_UNMAPPED: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_UNMAPPED_SHARE: Final = 0.3
# Outlined text has a path for each letter; frames and logos have fewer.
_OUTLINES: Final = 100
# Text set letter by letter has thousands of objects, and looking at each takes longer than reading
# the page. Large tables with borders have up to some thousand, drawings any number.
_MAX_OBJECTS: Final = 800
_MAX_DRAWN: Final = 4000


@dataclass(frozen=True, slots=True)
class PdfPage:
    """The words of one page by writing direction, the commonest direction first."""

    directions: tuple[tuple[Segment, ...], ...]
    height: float
    """Points, along the commonest direction."""
    raw_text: str
    """pdfium's own text: what completeness is measured against."""
    scanned: bool
    """It has hardly any letters, and a picture that may hold text; or its letters are unknown."""
    rules: tuple[Rule, ...] = ()
    posts: tuple[Post, ...] = ()
    """Horizontal and vertical lines that may part the rows and cells of a table."""
    method: str = "pdfium"
    confidence: float | None = None
    """Of character recognition, 0 to 1."""

    @property
    def letters(self) -> int:
        """Number of letters in every direction."""
        return sum(letters(word.text) for words in self.directions for word in words)

    @property
    def readable(self) -> bool:
        """Whether it has more text than a page number or a stamp."""
        found = 0
        for word in chain.from_iterable(self.directions):
            found += letters(word.text)
            if found >= MIN_PAGE_LETTERS:
                return True
        return False

    @property
    def words(self) -> tuple[Segment, ...]:
        """The words in the commonest direction."""
        return self.directions[0] if self.directions else ()


def open_pdf(data: bytes) -> Any:
    """Open ``data``.

    Raises:
        UnreadableDocument: ``encrypted`` or ``damaged``.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
        if document.get_formtype() != pdfium.FORMTYPE_NONE:
            document.init_forms()
    except pypdfium2.PdfiumError as error:
        # pdfium's error code may be one left over from the document before.
        locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        if locked and b"/Encrypt" in data:
            raise UnreadableDocument("encrypted", "the PDF asks for a password") from None
        raise UnreadableDocument("damaged", "the PDF cannot be opened") from None
    return document


def read_page(document: Any, index: int) -> PdfPage | None:
    """Read page ``index`` (from 0); ``None`` where the page itself is damaged."""
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return None
    try:
        return _read(page)
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()


def _read(page: Any) -> PdfPage:
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range() if textpage.count_chars() > 0 else ""
        by_angle: dict[int, list[Segment]] = defaultdict(list)
        box = page.get_bbox()
        for word, angle in words_of(textpage, text, box):
            by_angle[angle].append(word)
        rules, posts = _drawn(page, textpage, box[3])
    finally:
        textpage.close()
    by_angle[0] += _fields(page, box)
    directions = sorted(by_angle.items(), key=lambda item: -len(item[1]))
    sideways = bool(directions) and directions[0][0] % 180 != 0
    return PdfPage(
        directions=tuple(tuple(words) for _, words in directions if words),
        height=box[2] - box[0] if sideways else box[3] - box[1],
        raw_text=text,
        scanned=_is_scanned(page, text),
        rules=() if sideways else rules,
        posts=() if sideways else posts,
    )


def _drawn(page: Any, textpage: Any, ceiling: float) -> tuple[tuple[Rule, ...], tuple[Post, ...]]:
    """Lines, and the edges of boxes; none on pages with very many objects."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page.raw)
    texts = pdfium.FPDFText_CountRects(textpage.raw, 0, -1)
    most = _MAX_OBJECTS if texts > BY_LETTER * textpage.count_chars() else _MAX_DRAWN
    if count - texts < _MIN_DRAWN:
        return (), ()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    references = [ctypes.byref(value) for value in (left, bottom, right, top)]
    raw, object_at, type_of = page.raw, pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType
    path = pdfium.FPDF_PAGEOBJ_PATH
    rules: list[Rule] = []
    posts: set[Post] = set()
    for index in range(count if count <= most else 0):
        item = object_at(raw, index)
        if type_of(item) != path:
            continue
        if pdfium.FPDFPageObj_GetBounds(item, *references):
            x0, x1, y0, y1 = left.value, right.value, ceiling - top.value, ceiling - bottom.value
            rules += [Rule(x0, x1, y0), Rule(x0, x1, y1)]
            if y1 - y0 >= _MIN_POST and x1 - x0 < _MAX_CELL:
                posts.update((Post(x0, y0, y1), Post(x1, y0, y1)))
    across = tuple(rule for rule in _merged(rules) if rule.x1 - rule.x0 >= _MIN_RULE)
    return across, tuple(posts) if len(posts) <= _MAX_POSTS else ()


def _merged(rules: list[Rule]) -> Iterator[Rule]:
    """Join pieces that touch, as the borders of cells beside each other."""
    rules.sort(key=lambda rule: (round(rule.y), rule.x0))
    last: Rule | None = None
    for rule in rules:
        if last and abs(last.y - rule.y) < _TOUCHING and rule.x0 - last.x1 < _TOUCHING:
            last = Rule(last.x0, max(last.x1, rule.x1), last.y)
            continue
        if last:
            yield last
        last = rule
    if last:
        yield last


def letters(text: str) -> int:
    """Return the number of letters."""
    return sum(map(str.isalpha, text))


def _has_picture(page: Any) -> bool:
    """Whether the page has an image, or so many curves that they may be outlined letters."""
    import pypdfium2.raw as pdfium

    kinds = [pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH]
    for paths, item in enumerate(page.get_objects(filter=kinds, max_depth=3), 1):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE or paths >= _OUTLINES:
            return True
    return False


def _is_scanned(page: Any, text: str) -> bool:
    sample = text[:_SAMPLE]
    found = letters(sample)
    if found >= _LETTERS_SHARE * len(sample) and found >= MIN_PAGE_LETTERS:
        return False
    if _UNMAPPED_SHARE * len(sample) < len(_UNMAPPED.findall(sample)):
        return True  # a font that does not say which letters its shapes are
    return letters(text) < MIN_PAGE_LETTERS and _has_picture(page)


def _fields(page: Any, box: tuple[float, float, float, float]) -> list[Segment]:
    """Form fields and text notes, at their place: they may hold the signature and its date."""
    import pypdfium2.raw as pdfium

    words = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        value = _field_value(page, annotation)
        rect = pdfium.FS_RECTF()
        if value and pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
            words.append(
                Segment(value, rect.left, rect.right, box[3] - rect.top, box[3] - rect.bottom)
            )
        pdfium.FPDFPage_CloseAnnot(annotation)
    return words


def _field_value(page: Any, annotation: Any) -> str:
    import pypdfium2.raw as pdfium

    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    buffer = (ctypes.c_ushort * _FIELD_LENGTH)()
    size = ctypes.sizeof(buffer)
    length = 0
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        length = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
    elif kind == pdfium.FPDF_ANNOT_WIDGET and page.formenv:
        form = page.formenv.raw
        if pdfium.FPDFAnnot_GetFormFieldType(form, annotation) in (
            pdfium.FPDF_FORMFIELD_TEXTFIELD,
            pdfium.FPDF_FORMFIELD_COMBOBOX,
        ):
            length = pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size)
    if not 2 < length <= size:
        return ""
    return bytes(buffer)[: length - 2].decode("utf-16-le", "ignore").strip()
