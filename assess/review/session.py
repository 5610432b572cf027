"""A person goes through findings; what is said is kept, and counts, at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from assess.batch import score_reviewed
from assess.errors import InputError
from assess.records import Review, Value
from assess.review.case import Case, read_case
from assess.review.decisions import (
    REASONS,
    Reviewer,
    changed,
    confirmed,
    find_words,
    other_values,
    rejected,
    shown,
    value_words,
)
from assess.review.keyboard import END, ESCAPE, Keyboard
from assess.review.queue import Doubtful
from assess.review.screen import case_text, choices, original, reasons_asked
from assess.store.reviews import add_review, review_time
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from assess.score.rubric import Rubric

_HELP: Final = "y right, n wrong, 1-9 that quote is no evidence, s skip, b back, o original, q end"


@dataclass
class Session:
    """One sitting of one reviewer."""

    workspace: Workspace
    rubric: Rubric
    models: Path | None
    reviewer: str
    console: Console
    kept: int = 0
    """Reviews that were kept."""
    seen: int = 0
    """Findings that were decided or skipped."""
    keyboard: Keyboard = field(default_factory=Keyboard)
    _ended: bool = field(default=False, init=False)

    def go(self, queue: Sequence[Doubtful]) -> None:
        """Show findings one after the other until the last, or the end."""
        place = 0
        while place < len(queue) and not self._ended:
            case = read_case(self.workspace.db, queue[place], self.rubric)
            self._clear()
            self.console.print(case_text(case, place + 1, len(queue), self.console.width))
            place = max(0, place + self._decide(case))

    def _clear(self) -> None:
        if self.console.is_terminal:
            self.console.clear()
        else:
            self.console.print()

    def _decide(self, case: Case) -> int:
        """Take keys until the finding is done with; how many findings to go on by."""
        while True:
            key = self.keyboard.key()
            if key in (END, "q", "\x03", "\x04"):
                self._ended = True
                return 0
            if key == "b":
                return -1
            if key in ("s", " ") or self._answered(case, key):
                self.seen += 1
                return 1

    def _answered(self, case: Case, key: str) -> bool:
        """Whether the key said something that was kept."""
        if key == "y":
            return self._keep(confirmed(case, self._now(case)))
        if key == "n":
            return self._wrong(case)
        if key == "o":
            self._say(original(case, self.workspace.documents))
        elif key.isdecimal() and 0 < int(key) <= len(case.quotes):
            if reason := self._reason():
                quote = case.quotes[int(key) - 1]
                return self._keep(rejected(case, self._now(case), quote, reason))
        else:
            self._say(_HELP)
        return False

    def _wrong(self, case: Case) -> bool:
        values = other_values(case)
        value = values[0] if len(values) == 1 else self._value(case, values)
        if value is None:
            return False
        span = self._words(case) if value not in ("absent", "na", 0, False) else None
        reason = self._reason()
        if not reason:
            return False
        if span:
            self._keep(shown(case, self._now(case), span, reason))
        return self._keep(changed(case, self._now(case), value, reason))

    def _value(self, case: Case, values: Sequence[Value]) -> Value | None:
        self._say("What holds?")
        self._say(choices([value_words(value, case.criterion) for value in values]))
        return self._chosen(values)

    def _reason(self) -> str:
        """Why, chosen or typed; nothing: taken back."""
        self._say(reasons_asked())
        while (key := self.keyboard.key()) not in (END, ESCAPE, "q"):
            if key == "t":
                return self.keyboard.line("Reason: ")
            if key.isdecimal() and 0 < int(key) <= len(REASONS):
                return REASONS[int(key) - 1]
        return ""

    def _words(self, case: Case) -> tuple[int, int] | None:
        """Where the words stand that show it; none if the reviewer has none at hand."""
        self._say("Which words show it? Paste them, or only press Enter.")
        while words := self.keyboard.line("Words: "):
            if span := find_words(case.content, words):
                return span
            self._say("These words do not stand in the text so. Again, or only press Enter.")
        return None

    def _chosen(self, values: Sequence[Value]) -> Value | None:
        while (key := self.keyboard.key()) not in (END, ESCAPE, "q"):
            if key.isdecimal() and 0 < int(key) <= len(values):
                return values[int(key) - 1]
        return None

    def _keep(self, review: Review) -> bool:
        """Keep a review and let it count; whether it could be kept."""
        try:
            add_review(self.workspace, review, self.rubric)
        except InputError as error:
            self._say(str(error))
            return False
        score_reviewed(self.workspace, review.document, self.rubric, self.models)
        self.kept += 1
        self._say(f"kept: {review.verdict} by {self.reviewer}")
        return True

    def _now(self, case: Case) -> Reviewer:
        return Reviewer(self.reviewer, review_time(self.workspace, case.doubtful.document))

    def _say(self, text: str) -> None:
        self.console.print(text, markup=False, highlight=False)
