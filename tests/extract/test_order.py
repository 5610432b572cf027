"""Reading order on any arrangement of boxes: nothing lost, nothing twice, no crash."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from assess.extract.layout.order import reading_order
from assess.extract.layout.paragraphs import paragraphs
from assess.extract.layout.segments import Segment, segments_of

boxes = st.tuples(
    st.sampled_from(["the", "Our", "12", "£5", "•", "1.", "risk", "We", "a-"]),
    st.integers(0, 50).map(lambda step: step * 11.0),
    st.integers(0, 60).map(lambda step: step * 6.5),
    st.sampled_from([9.0, 11.0, 20.0]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(boxes, max_size=60))
def test_every_word_comes_out_once(placed: list[tuple[str, float, float, float]]) -> None:
    words = [Segment(text, x, x + 5.0 * len(text), y, y + height) for text, x, y, height in placed]
    columns = reading_order(segments_of(words))
    lines = [paragraph.text for column in columns for paragraph in paragraphs(column, frozenset())]
    found = "".join(character for line in lines for character in line if character not in " |-")
    wanted = "".join(word.text for word in words).replace("-", "")
    assert Counter(found) == Counter(wanted)


def test_many_segments_take_little_time() -> None:
    import time

    cells = [
        Segment(f"cell {x}", 30.0 * x, 30.0 * x + 20, 3.0 * y, 3.0 * y + 9, 20)
        for x in range(40)
        for y in range(250)
    ]
    start = time.process_time()
    reading_order(cells)
    assert time.process_time() - start < 10
