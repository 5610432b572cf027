"""Made PDFs whose reading order is known: columns, tables, signatures, running lines.

Every maker returns the file and what must come out of it, in order. A string has to occur whole,
its white space folded; a tuple names the cells of a row, which must share one line.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Final

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.extract.drawing import (
    HEIGHT,
    LEFT,
    TRUETYPE,
    WIDTH,
    Line,
    Rule,
    by_row,
    draw,
    flow,
    shuffled,
    split,
    wrap,
)
from tests.extract.wording import (
    EMPTY_CELLS,
    FIRST_PERSON,
    INDICATORS,
    PROFILE,
    PROSE,
    RISKS,
    SECOND_PERSON,
    WELSH,
)

TITLE: Final = "Modern Slavery Statement of Alder Kitchens Limited 2024"
Expected = Sequence[str | tuple[str, ...]]
Made = tuple[bytes, Expected]


def columns(
    counts: Sequence[int], gutter: float, *, top: float = 90, shift: float = 0,
    justify: bool = False, start: int = 0, like: Line | None = None,
) -> tuple[list[list[Line]], list[str]]:  # fmt: skip
    """Columns with so many sentences each, every one ``shift`` points lower than the last."""
    width = (WIDTH - 2 * LEFT - gutter * (len(counts) - 1)) / len(counts)
    made = []
    first = start
    for index, count in enumerate(counts):
        x, y = LEFT + index * (width + gutter), top + index * shift
        made.append(flow(PROSE[first : first + count], x, y, width, justify=justify, like=like))
        first += count
    return made, list(PROSE[start:first])


def plain_columns(counts: Sequence[int], gutter: float, **options: float | bool) -> Made:
    made, expected = columns(counts, gutter, **options)  # type: ignore[arg-type]
    return draw([list(chain(*made))]), expected


def reordered(arrange: Callable[[Iterable[Line]], list[Line]], words: bool, count: int) -> Made:
    """Columns whose lines or words are written in another order than they are read."""
    made, expected = columns([24 // count] * count, 24, shift=3)
    lines = chain(*made)
    parts = chain.from_iterable(map(split, lines)) if words else lines
    return draw([arrange(parts)]), expected


def headline_across() -> Made:
    made, expected = columns([10, 10], 24, top=110)
    head = Line(LEFT, 60, TITLE, 18, font="Helvetica-Bold")
    return draw([[head, *chain(*made)]]), [TITLE, *expected]


def headings_in_columns() -> Made:
    heads = ["Our business", "Due diligence", "Training", "Goals for next year"]
    width = (WIDTH - 2 * LEFT - 24) / 2
    lines: list[Line] = []
    expected: list[str] = []
    for index, head in enumerate(heads):
        x = LEFT + (index // 2) * (width + 24)
        y = 80 if index % 2 == 0 else lines[-1].y + 34
        part = PROSE[6 * index : 6 * index + 6]
        lines += [Line(x, y, head, 13, font="Helvetica-Bold"), *flow(part, x, y + 20, width)]
        expected += [head, *part]
    return draw([lines]), expected


def full_width_between() -> Made:
    upper, first = columns([9, 9], 24, top=70)
    y = max(line.y for line in chain(*upper)) + 30
    middle = flow(PROSE[18:24], LEFT, y, WIDTH - 2 * LEFT)
    lower, last = columns([9, 9], 24, top=middle[-1].y + 30, start=24)
    lines = [*chain(*upper), *middle, *chain(*lower)]
    return draw([lines]), [*first, *PROSE[18:24], *last]


def quote_inside_a_column() -> Made:
    """A pull quote in large type and a picture with a caption, each inside its column."""
    quote = "Nobody should have to pay for a job."
    caption = "Figure 1: interviews at a factory in Hanoi"
    width = (WIDTH - 2 * LEFT - 24) / 2
    right = LEFT + width + 24
    one = flow(PROSE[:6], LEFT, 80, width)
    said = wrap(quote, LEFT + 10, one[-1].y + 36, width - 20, like=Line(0, 0, "", 16))
    two = flow(PROSE[6:12], LEFT, said[-1].y + 36, width)
    three = flow(PROSE[12:18], right, 80, width)
    box = three[-1].y + 14
    under = Line(right, box + 112, caption, 8)
    four = flow(PROSE[18:24], right, box + 138, width)
    rules = [(right, box, right + width, box), (right, box + 98, right + width, box + 98)]
    lines = [*one, *said, *two, *three, under, *four]
    wanted = [*PROSE[:6], quote, *PROSE[6:18], caption, *PROSE[18:24]]
    return draw([lines], rules), wanted


def inset_over_the_gutter() -> Made:
    """Both columns make room for a quote that stands across the gutter between them."""
    width = (WIDTH - 2 * LEFT - 24) / 2
    right = LEFT + width + 24
    lines: list[Line] = []
    for x, narrow, part in ((LEFT, LEFT, PROSE[:12]), (right, right + 65, PROSE[12:24])):
        words = " ".join(part).split(" ")
        y = 80.0
        while words:
            inset = 180 < y < 250
            line = wrap(" ".join(words), narrow if inset else x, y, width - 65 * inset)[0]
            lines.append(line)
            words = words[len(line.text.split(" ")) :]
            y += 12.5
    quote = wrap("We listen first", right - 65, 212, 110, like=Line(0, 0, "", 14))
    return draw([[*lines, *quote]]), PROSE[:24]


def sidebar() -> Made:
    entries = [
        "Contents", "Our structure", "Our policies", "Due diligence", "Risk", "Training",
        "Results", "Next steps",
    ]  # fmt: skip
    side = [Line(LEFT, 90 + 22 * index, text, 9) for index, text in enumerate(entries)]
    body = flow(PROSE[:18], LEFT + 130, 90, WIDTH - 2 * LEFT - 130)
    return draw([[*side, *body]]), PROSE[:18]


def two_languages() -> Made:
    width = (WIDTH - 2 * LEFT - 24) / 2
    like = Line(0, 0, "", 9, font=TRUETYPE)
    left = flow(WELSH, LEFT, 80, width, like=like)
    right = flow(PROSE[:12], LEFT + width + 24, 80, width, like=like)
    return draw([by_row([*left, *right])]), [*WELSH, *PROSE[:12]]


def table(
    rows: Sequence[Sequence[str]], widths: Sequence[float], *, ruled: bool, pitch: float = 18,
    right: bool = False,
) -> Made:  # fmt: skip
    """A table between two paragraphs; cells wrap to their width, figures may align right."""
    above = flow(PROSE[:6], LEFT, 70, WIDTH - 2 * LEFT)
    y = above[-1].y + 30
    lines: list[Line] = []
    rules: list[Rule] = []
    end = LEFT + sum(widths)
    for row in rows:
        cells = []
        for index, (text, width) in enumerate(zip(row, widths, strict=True)):
            x = LEFT + sum(widths[:index]) + 4
            spare = width - 8 - stringWidth(text, "Helvetica", 10) if right and index else 0
            cells.append(wrap(text, x + max(0, spare), y, width - 8) if text else [])
        rules.append((LEFT, y - 12, end, y - 12))
        lines += chain(*cells)
        y += pitch + 12.5 * (max(map(len, cells)) - 1)
    rules.append((LEFT, y - 12, end, y - 12))
    edges = [LEFT + sum(widths[:index]) for index in range(len(widths) + 1)]
    rules += [(x, rules[0][1], x, y - 12) for x in edges]
    below = flow(PROSE[6:12], LEFT, y + 20, WIDTH - 2 * LEFT)
    wanted = [tuple(cell for cell in row if cell) for row in rows]
    data = draw([[*above, *lines, *below]], rules if ruled else ())
    return data, [*PROSE[:6], *wanted, *PROSE[6:12]]


def figures_in_boxes() -> Made:
    """Four large figures beside each other, each with its caption below it."""
    cells = [("873", "staff trained"), ("31", "sites audited"), ("17", "calls taken"),
             ("£18,750", "fees repaid")]  # fmt: skip
    above = flow(PROSE[:6], LEFT, 70, WIDTH - 2 * LEFT)
    y = above[-1].y + 50
    large = [Line(LEFT + 125 * i, y, figure, 22) for i, (figure, _) in enumerate(cells)]
    small = [Line(LEFT + 125 * i, y + 18, text, 9) for i, (_, text) in enumerate(cells)]
    below = flow(PROSE[6:12], LEFT, y + 50, WIDTH - 2 * LEFT)
    kept = [f"{figure} {text}" for figure, text in cells]
    return draw([[*above, *large, *small, *below]]), [*PROSE[:6], *kept, *PROSE[6:12]]


def signatories(gap: float = 0) -> Made:
    """Two people sign beside each other: name over title over date, ``gap`` for the image."""
    body = flow(PROSE[:9], LEFT, 70, WIDTH - 2 * LEFT)
    lines = list(body)
    people = [(LEFT, *FIRST_PERSON, "14 June 2024"), (330, *SECOND_PERSON, "17 June 2024")]
    for x, *block in people:
        y = body[-1].y + 40
        for index, text in enumerate(block):
            lines.append(Line(x, y + 14 * index + (gap if index else 0), text))
    wanted = [text for _, *block in people for text in block[1:]]
    return draw([by_row(lines)]), [*PROSE[:9], *wanted]


def signed_line() -> Made:
    body = flow(PROSE[:9], LEFT, 70, WIDTH - 2 * LEFT)
    y = body[-1].y + 40
    lines = [
        Line(LEFT, y, "Signed: ____________________"), Line(320, y, "Date: 14 June 2024"),
        Line(LEFT, y + 18, "Margaret Hollis"), Line(320, y + 18, "Chief Executive"),
    ]  # fmt: skip
    wanted = [("Signed:", "Date: 14 June 2024"), ("Margaret Hollis", "Chief Executive")]
    return draw([[*body, *lines]]), [*PROSE[:9], *wanted]


def signature_under_text() -> Made:
    block = ["Approved by the board and signed on its behalf by", *FIRST_PERSON[1:], "14 June 2024"]
    body = flow(PROSE[:9], LEFT, 70, WIDTH - 2 * LEFT)
    places = [30, 90, 104, 118]
    lines = [Line(LEFT, body[-1].y + y, text) for y, text in zip(places, block, strict=True)]
    return draw([[*body, *lines]]), [*PROSE[:9], *[(text,) for text in block]]


def running_lines() -> Made:
    """Six pages under the statement's own title; sentences run on over the page ends."""
    parts = [PROSE[10 * number : 10 * number + 10] for number in range(6)]
    pages = [
        [
            Line(LEFT, 36, TITLE, 8),
            *flow(part, LEFT, 90, WIDTH - 2 * LEFT),
            Line(LEFT, HEIGHT - 30, "Alder Kitchens Limited, company number 04417725", 8),
            Line(WIDTH - 100, HEIGHT - 30, f"Page {number} of 6", 8),
        ]
        for number, part in enumerate(parts, 1)
    ]
    return draw(pages), [TITLE, *PROSE[:60]]


def items(mark: Callable[[int], str], font: str = "Helvetica") -> Made:
    """List items with hanging indents; a wrapped item is one line."""
    texts = [" ".join(PROSE[i : i + 2]) for i in range(6, 30, 2)]
    lines = flow(PROSE[:6], LEFT, 70, WIDTH - 2 * LEFT)
    for index, text in enumerate(texts):
        y = lines[-1].y + 16
        lines.append(Line(LEFT + 10, y, mark(index), font=font))
        lines += wrap(text, LEFT + 32, y, WIDTH - 2 * LEFT - 32)
    label = "•" if font == "Symbol" else None
    wanted = [(label or mark(index), text) for index, text in enumerate(texts)]
    return draw([lines]), [*PROSE[:6], *wanted]


def hyphenated(width: float) -> Made:
    """Words cut at line ends, as typesetters cut them."""
    cuts = (
        "sup-pliers question-naire con-tracts recruit-ment tele-phone inter-viewed docu-ments "
        "man-agers pack-aging furni-ture perma-nent direc-tor com-panies com-plete con-cern "
        "audi-tor lang-uage pass-ports migrant writ-ten agen-cy pay-ments dis-missed re-peat"
    )
    cut = {word.replace("-", ""): word for word in cuts.split()}
    lines = [""]
    for word in " ".join(PROSE[:18]).split(" "):
        head, _, tail = cut.get(word, "").partition("-")
        if _width(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}".strip()
        elif tail and _width(f"{lines[-1]} {head}-") <= width:
            lines[-1] += f" {head}-"
            lines.append(tail)
        else:
            lines.append(word)
    assert sum(text.endswith("-") for text in lines) >= 4
    placed = [Line(LEFT, 70 + 12.5 * index, text) for index, text in enumerate(lines)]
    return draw([placed]), PROSE[:18]


def _width(text: str) -> float:
    return float(stringWidth(text, "Helvetica", 10))


def ligatures() -> Made:
    sentences = [
        "Our officers first define the five fields in which conflict may flourish.",
        "Sufficient staff find it difficult to flag findings that reflect a fifth of files.",
    ]
    text = " ".join(sentences * 8).replace("fi", "\ufb01").replace("fl", "\ufb02")
    lines = wrap(text, LEFT, 70, WIDTH - 2 * LEFT, like=Line(0, 0, "", font=TRUETYPE))
    return draw([lines]), sentences * 8


def footnotes(counts: Sequence[int]) -> Made:
    """Notes in small type at the foot of the page, under a short rule, wider than a column."""
    notes = [
        "1 The real living wage is the one that the Living Wage Foundation announced in October "
        "2023 and that has to be paid by May.",
        "2 A licence under the Gangmasters (Licensing) Act 2004 is meant; agencies outside farming "
        "and food need none, so that we ask for their accounts.",
    ]
    made, expected = columns(counts, 24)
    lines = [Line(LEFT, 740 + 11 * index, text, 7) for index, text in enumerate(notes)]
    return draw([[*chain(*made), *lines]], [(LEFT, 728, 190, 728)]), [*expected, *notes]


def landscape(degrees: int) -> Made:
    """A page that viewers turn: its text runs sideways in the file's own coordinates."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(HEIGHT, WIDTH), invariant=True)  # it swaps them
    canvas.setPageRotation(degrees)
    canvas.translate(*((WIDTH, 0) if degrees == 90 else (0, HEIGHT)))
    canvas.rotate(degrees if degrees == 90 else -90)
    sides = [wrap(" ".join(PROSE[i : i + 12]), 50 + 31 * i, 60, 340) for i in (0, 12)]
    for line in chain(*sides):
        canvas.setFont(line.font, line.size)
        canvas.drawString(line.x, WIDTH - line.y, line.text)
    canvas.save()
    return buffer.getvalue(), PROSE[:24]


MAKERS: Final[dict[str, Callable[[], Made]]] = {
    "two columns": lambda: plain_columns([12, 12], 24),
    "two columns, justified": lambda: plain_columns([12, 12], 24, justify=True),
    "three columns": lambda: plain_columns([9, 9, 9], 24),
    "three columns, justified": lambda: plain_columns([9, 9, 9], 18, justify=True),
    "long left, short right": lambda: plain_columns([24, 8], 24),
    "short left, long right": lambda: plain_columns([8, 24], 24),
    "unequal three": lambda: plain_columns([9, 15, 7], 24),
    "narrow gutter, ragged": lambda: plain_columns([12, 12], 12),
    "narrow gutter, justified": lambda: plain_columns([12, 12], 12, justify=True),
    "three narrow gutters, justified": lambda: plain_columns([9, 9, 9], 12, justify=True),
    "shifted baselines": lambda: plain_columns([12, 12], 24, shift=5),
    "three shifted columns": lambda: plain_columns([9, 9, 9], 24, shift=4, justify=True),
    "right column begins lower": lambda: plain_columns([14, 8], 24, shift=120),
    "written row by row": lambda: reordered(by_row, False, 2),
    "written word by word across": lambda: reordered(by_row, True, 2),
    "three, written word by word across": lambda: reordered(by_row, True, 3),
    "lines shuffled": lambda: reordered(shuffled, False, 2),
    "words shuffled, one column": lambda: reordered(shuffled, True, 1),
    "words shuffled, two columns": lambda: reordered(shuffled, True, 2),
    "words shuffled, three columns": lambda: reordered(shuffled, True, 3),
    "headline across": headline_across,
    "headings in columns": headings_in_columns,
    "full width between columns": full_width_between,
    "quote and figure inside columns": quote_inside_a_column,
    "inset over the gutter": inset_over_the_gutter,
    "sidebar of contents": sidebar,
    "Welsh left, English right": two_languages,
    "profile": lambda: table(PROFILE, (160, 240), ruled=False),
    "profile, ruled": lambda: table(PROFILE, (160, 240), ruled=True),
    "profile, dense": lambda: table(PROFILE, (160, 240), ruled=False, pitch=12.5),
    "figures, left": lambda: table(INDICATORS, (180, 80, 80, 80), ruled=False),
    "figures, right": lambda: table(INDICATORS, (180, 80, 80, 80), ruled=True, right=True),
    "figures, dense and right": lambda: table(
        INDICATORS, (180, 60, 60, 60), ruled=False, pitch=12.5, right=True
    ),
    "wrapped cells": lambda: table(RISKS, (130, 170, 180), ruled=False, pitch=20),
    "wrapped cells, ruled": lambda: table(RISKS, (130, 170, 180), ruled=True, pitch=20),
    "wrapped cells, ruled and dense": lambda: table(RISKS, (130, 170, 180), ruled=True, pitch=16),
    "empty cells": lambda: table(EMPTY_CELLS, (120, 80, 80, 160), ruled=False),
    "empty cells, ruled": lambda: table(EMPTY_CELLS, (120, 80, 80, 160), ruled=True),
    "large figures": figures_in_boxes,
    "two signatories": signatories,
    "two signatories, room for images": lambda: signatories(60),
    "signed and dated on one line": signed_line,
    "signature under the text": signature_under_text,
    "running lines": running_lines,
    "numbered list": lambda: items(lambda index: f"{index + 1}."),
    "numbered clauses": lambda: items(lambda index: f"3.{index + 1}"),
    "lettered list": lambda: items(lambda index: f"({'abcdefghijkl'[index]})"),
    "bullets of a symbol font": lambda: items(lambda _: "\u2022", "Symbol"),
    "hyphens at line ends": lambda: hyphenated(195),
    "hyphens at wider line ends": lambda: hyphenated(230),
    "ligatures": ligatures,
    "footnotes": lambda: footnotes([15]),
    "footnotes under two columns": lambda: footnotes([12, 12]),
    "turned by 90 degrees": lambda: landscape(90),
    "turned by 270 degrees": lambda: landscape(270),
}  # fmt: skip
