"""Reading order on made layouts: every sentence whole and in its place, every row on one line."""

from __future__ import annotations

import re

import pytest

from assess.extract import extract
from tests.extract.layouts import MAKERS
from tests.extract.layouts_cards import MORE

LAYOUTS = {**MAKERS, **MORE}


def pattern(wanted: str | tuple[str, ...]) -> re.Pattern[str]:
    """A sentence may go on over line ends; the cells of a row may not."""
    if isinstance(wanted, str):
        return re.compile(r"\s+".join(map(re.escape, wanted.split())))
    cells = [r"[ ]+".join(map(re.escape, cell.split())) for cell in wanted]
    return re.compile(r"(?<!\w)" + r"[ |_]*".join(cells) + r"(?!\w)")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_interleaves(layout: str) -> None:
    data, expected = LAYOUTS[layout]()
    content = extract(data, "a.pdf").content
    missing, place = [], 0
    for wanted in expected:
        found = pattern(wanted).search(content, place)
        if found is None:
            missing.append(wanted)
        else:
            place = found.end()
    assert not missing, f"{len(missing)} of {len(expected)} are not in their place in:\n{content}"
