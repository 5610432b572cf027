"""Unlabelled statements written a little otherwise, so that a student sees more of its teacher.

Words of the rubric's lists (places, goods, roles ...) are exchanged within their list, and numbers;
one variant of a statement cuts sentences elsewhere, a second one leaves out sentences and words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import Final

from assess.score.rubric import Rubric
from tools.distil.settings import SEED
from tools.distil.statements import Statement

LISTS: Final = (
    *("places", "goods_services", "roles", "worker_groups", "risky_work", "initiatives"),
    *("hardship", "d_course", "d_measured", "standards"),
)
EXCHANGED: Final = 0.6
JOINED: Final = 0.15
SPLIT: Final = 0.15
MIN_PART: Final = 10
LEFT_OUT: Final = 0.12
MIN_TURNED: Final = 12


class Variants:
    """Makes variants; the same ones in each run."""

    def __init__(self, rubric: Rubric) -> None:
        self._rng = random.Random(SEED)  # noqa: S311 (to vary texts)
        self._lists = {name: rubric.lists[name] for name in LISTS if name in rubric.lists}
        entries: dict[str, str] = {}
        for name, words in self._lists.items():
            for word in words:
                entries.setdefault(word.lower(), name)
        self._list_of = entries
        longest_first = sorted(map(re.escape, entries), key=len, reverse=True)
        self._entry = re.compile(rf"\b({'|'.join(longest_first)})\b", re.I)

    def of(self, statements: Sequence[Statement]) -> list[Statement]:
        """Two variants of each statement."""
        found = []
        for one in statements:
            cut = [text for text in self._cut(one.sentences) if text.strip()]
            thinned = [text for text in self._thinned(one.sentences) if text.strip()]
            for name, texts in (("1", cut), ("2", thinned)):
                if texts:
                    found.append(Statement("variant", f"{one.id}/{name}", tuple(texts)))
        return found

    def _cut(self, sentences: Sequence[str]) -> Iterator[str]:
        """Some sentences joined to the next, some split."""
        index = 0
        while index < len(sentences):
            text, chance = sentences[index], self._rng.random()
            if chance < JOINED and index + 1 < len(sentences):
                index += 1
                text = f"{text} {sentences[index]}"
            elif chance < JOINED + SPLIT:
                places = [found.start() for found in re.finditer(", | and | to ", text)]
                place = self._rng.choice(places or [0])
                if place > MIN_PART:
                    yield text[: place + 1]
                    text = text[place + 1 :].strip()
            yield self._exchanged(text) if self._rng.random() < 0.5 else text
            index += 1

    def _thinned(self, sentences: Sequence[str]) -> list[str]:
        """Sentences and words left out; at times the first part put last."""
        found = []
        for sentence in sentences:
            if self._rng.random() < LEFT_OUT:
                continue
            text = self._exchanged(sentence)
            if self._rng.random() < 0.5:
                kept = [word for word in text.split() if self._rng.random() > LEFT_OUT]
                text = " ".join(kept) or text
            found.append(text)
        if self._rng.random() < 0.5 and len(found) > MIN_TURNED:
            place = self._rng.randint(4, len(found) - 4)
            found = found[place:] + found[:place]
        return found

    def _exchanged(self, text: str) -> str:
        return re.sub(r"\d+", self._other_number, self._entry.sub(self._other_entry, text))

    def _other_entry(self, found: re.Match[str]) -> str:
        word = found.group()
        name = self._list_of.get(word.lower())
        if name is None or self._rng.random() > EXCHANGED:
            return word
        other = self._rng.choice(self._lists[name])
        return other.capitalize() if word[0].isupper() else other

    def _other_number(self, found: re.Match[str]) -> str:
        number = found.group()
        if self._rng.random() > EXCHANGED:
            return number
        low, high = (2, 99) if len(number) < 3 else (100, 2024)
        return str(self._rng.randint(low, high))
