"""Pages, words with boxes and form fields through pypdfium2, the fast engine."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from assess.errors import UnreadableDocument
from assess.extract.layout import Word
from assess.extract.order import Rule
from assess.extract.words import words_of

_FIELD_LENGTH: Final = 500
# Shorter lines (points) underline a word or draw a picture.
_MIN_RULE: Final = 40.0
# Fewer objects that are not text draw no table.
_MIN_DRAWN: Final = 3
# A page of a statement has a few hundred objects; drawings, and text set letter by letter, have
# thousands, and looking at each takes longer than reading the page.
_MAX_OBJECTS: Final = 800


@dataclass(frozen=True, slots=True)
class PdfPage:
    """The words of one page by writing direction, the commonest direction first."""

    directions: tuple[tuple[Word, ...], ...]
    height: float
    """Points, along the commonest direction."""
    raw_text: str
    """pdfium's own text: what completeness is measured against."""
    has_image: bool
    rules: tuple[Rule, ...] = ()
    """Horizontal lines that may part the rows of a table."""

    @property
    def words(self) -> tuple[Word, ...]:
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
        by_angle: dict[int, list[Word]] = defaultdict(list)
        box = page.get_bbox()
        for word, angle in words_of(textpage, text, box):
            by_angle[angle].append(word)
        rules = _rules(page, textpage, box[3])
    finally:
        textpage.close()
    by_angle[0] += _fields(page, box)
    directions = sorted(by_angle.items(), key=lambda item: -len(item[1]))
    sideways = bool(directions) and directions[0][0] % 180 != 0
    return PdfPage(
        directions=tuple(tuple(words) for _, words in directions if words),
        height=box[2] - box[0] if sideways else box[3] - box[1],
        raw_text=text,
        has_image=not text.strip() and _has_image(page),
        rules=() if sideways else rules,
    )


def _rules(page: Any, textpage: Any, ceiling: float) -> tuple[Rule, ...]:
    """Lines and the upper and lower edges of boxes; none on pages with very many objects."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page.raw)
    if count - pdfium.FPDFText_CountRects(textpage.raw, 0, -1) < _MIN_DRAWN:
        return ()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    references = [ctypes.byref(value) for value in (left, bottom, right, top)]
    rules = []
    for index in range(count if count <= _MAX_OBJECTS else 0):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        known = pdfium.FPDFPageObj_GetBounds(item, *references)
        if known and right.value - left.value >= _MIN_RULE:
            rules += [Rule(left.value, right.value, ceiling - y.value) for y in (bottom, top)]
    return tuple(rules)


def _has_image(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _fields(page: Any, box: tuple[float, float, float, float]) -> list[Word]:
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
                Word(value, rect.left, rect.right, box[3] - rect.top, box[3] - rect.bottom)
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
