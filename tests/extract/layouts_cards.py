"""More made PDFs with a known order: cards, centred labels, borders of cells, lone last lines."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, pairwise
from typing import Final

from tests.extract.drawing import LEFT, WIDTH, Line, Rule, by_row, draw, flow, wrap
from tests.extract.layouts import Made, columns
from tests.extract.wording import PROFILE, PROSE

CARDS: Final = (
    ("1. Ask", "Every supplier answers our questions once a year, in writing."),
    ("2. Visit", "A buyer goes to each site of higher risk with an interpreter."),
    ("3. Repay", "Fees that a worker has paid go back to that worker in full."),
)


def cards_above_columns() -> Made:
    """Three cards, then two columns with another gutter."""
    above = flow(PROSE[:3], LEFT, 60, WIDTH - 2 * LEFT)
    top = above[-1].y + 40
    lines = list(above)
    for index, (head, text) in enumerate(CARDS):
        x = LEFT + 170 * index
        lines += [Line(x, top, head, 12), *wrap(text, x, top + 20, 140)]
    made, expected = columns([6, 6], 24, top=top + 110, start=3)
    wanted = chain(*CARDS)
    return draw([[*lines, *chain(*made)]]), [*PROSE[:3], *wanted, *expected]


def label_in_the_middle() -> Made:
    """Labels stand at half the height of their value, as cells of a web page do."""
    rows = [("Remedy", PROSE[0]), ("Training", PROSE[1]), ("Audits", PROSE[2])]
    lines, y = flow(PROSE[6:9], LEFT, 60, WIDTH - 2 * LEFT), 150.0
    for label, text in rows:
        value = wrap(text, 200, y, 200)
        lines += [Line(LEFT, y + 6.25 * (len(value) - 1), label), *value]
        y = value[-1].y + 24
    return draw([lines]), [*PROSE[6:9], *rows]


def borders_of_cells() -> Made:
    """Each cell has its own border; the widest is narrower than a rule across the table."""
    rows = [
        ("Objective", "State", "What we did"),
        ("Map wool farms", "Partly", PROSE[3]),
        ("Train buyers", "Met", PROSE[4]),
        ("Open a helpline", "Not met", PROSE[5]),
    ]
    edges = (LEFT, 150, 215, 440)
    lines, rules = flow(PROSE[6:9], LEFT, 60, WIDTH - 2 * LEFT), list[Rule]()
    y = 150.0
    for row in rows:
        cells = [
            wrap(text, x + 3, y, end - x - 4)
            for text, x, end in zip(row, edges, edges[1:], strict=False)
        ]
        bottom = max(cell[-1].y for cell in cells) + 4
        for x, end in pairwise(edges):
            rules += [(x, y - 11, end, y - 11), (x, bottom, end, bottom)]
        lines += chain(*cells)
        y = bottom + 11
    return draw([lines], rules), [*PROSE[6:9], *rows]


def last_line_below_columns() -> Made:
    made, expected = columns([6, 6], 24)
    y = max(line.y for line in chain(*made)) + 32
    last = "Approved by the board on 14 June 2024."
    return draw([[*chain(*made), Line(LEFT, y, last)]]), [*expected, last]


def box_beside_few_lines() -> Made:
    """A box of short lines beside a short paragraph, its lines at other heights."""
    body = wrap(" ".join(PROSE[:3]), LEFT, 80, 300)
    box = ["Our promises", "Pay on time", "No orders below cost", "Answer every call"]
    beside = [Line(390, 77 + 16 * index, text, 9) for index, text in enumerate(box)]
    after = flow(PROSE[3:6], LEFT, body[-1].y + 60, WIDTH - 2 * LEFT)
    return draw([[*body, *beside, *after]]), [*PROSE[:3], *box, *PROSE[3:6]]


def figures_at_one_height() -> Made:
    """Large figures at the foot of pages are no page numbers; "1", "2", "3" below them are."""
    figures = ["42", "61", "398"]
    pages = [
        [*flow(PROSE[6 * n : 6 * n + 6], LEFT, 80, WIDTH - 2 * LEFT),
         Line(LEFT, 740, f"{PROSE[20 + n][:20]}:"), Line(LEFT, 780, figure, 28),
         Line(WIDTH / 2, 825, str(n + 1), 8)]
        for n, figure in enumerate(figures)
    ]  # fmt: skip
    wanted: list[str | tuple[str, ...]] = []
    for n, figure in enumerate(figures):
        wanted += [*PROSE[6 * n : 6 * n + 6], f"{PROSE[20 + n][:20]}:", (figure,)]
    return draw(pages), wanted


def values_at_the_right_edge() -> Made:
    """Labels at the left, values set to the right edge, a denser table below."""
    lines, y = list[Line](), 80.0
    for label, text in PROFILE[:6]:
        value = wrap(text, 0, 0, 250)[0].text
        lines += [Line(LEFT, y, label), Line(530 - 5 * len(value), y, value)]
        y += 18
    wanted = [(label, wrap(text, 0, 0, 250)[0].text) for label, text in PROFILE[:6]]
    below = [("Turnover of the whole group", PROSE[7]), ("Approved by", PROSE[8])]
    y += 20
    for label, text in below:
        lines += [Line(LEFT, y, label), *wrap(text, 230, y, 280)]
        y = lines[-1].y + 22
    return draw([lines]), [*wanted, *below]


def cells_filled_to_their_border() -> Made:
    """Lines of one cell end next to those of the other; only the line between parts them."""
    lines, rules = flow(PROSE[6:9], LEFT, 60, WIDTH - 2 * LEFT), list[Rule]()
    y, rows = 150.0, list[tuple[str, ...]]()
    for left, right in ((PROSE[0], PROSE[1]), (PROSE[2], PROSE[3]), (PROSE[4], PROSE[5])):
        cells = [
            wrap(left, LEFT, y, 200, justify=True), wrap(right, LEFT + 206, y, 200, justify=True)
        ]  # fmt: skip
        bottom = max(cell[-1].y for cell in cells) + 4
        for x in (LEFT - 3, LEFT + 203, LEFT + 409):
            rules.append((x, y - 11, x, bottom))
        rules += [(LEFT - 3, y - 11, LEFT + 409, y - 11), (LEFT - 3, bottom, LEFT + 409, bottom)]
        lines += by_row(chain(*cells))
        rows.append((left, right))
        y = bottom + 11
    return draw([lines], rules), [*PROSE[6:9], *rows]


MORE: Final[dict[str, Callable[[], Made]]] = {
    "cards above columns": cards_above_columns,
    "label in the middle": label_in_the_middle,
    "borders of cells": borders_of_cells,
    "cells filled to their border": cells_filled_to_their_border,
    "last line below columns": last_line_below_columns,
    "box beside few lines": box_beside_few_lines,
    "figures at one height": figures_at_one_height,
    "values at the right edge": values_at_the_right_edge,
}
