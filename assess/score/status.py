"""Evidence status: is what a sentence says done, planned, conditional, denied or only wished for?

Works on the words around a match, since no parser is at hand: cues count when they stand in the
match's own clause; of two tense cues the one nearest before the match governs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from assess.records import EvidenceStatus
from assess.score import status_cues as cues
from assess.score import status_unreal as unreal
from assess.score.phrases import folded
from assess.score.status_model import Likelihood, Line, StatusModel

# A cue further back than this belongs to something else (characters; about 20 words).
LOOK_BACK: Final = 130
# Modal and tense cues may stand just behind the match ("audits will be introduced").
LOOK_AHEAD: Final = 100
# "If a supplier is not yet compliant": the supposition opens at most this far before (characters).
SUPPOSED_BACK: Final = 60
# A whole sentence is judged by its first main clause; tables run together are cut here.
SENTENCE_LIMIT: Final = 400
# What is denied may begin so soon behind the match ("whistleblowing | hotline was closed").
DENIED_BEHIND: Final = 12
# A question mark stands among the last of a sentence (characters).
QUESTION_END: Final = 8
LINES_KNOWN: Final = 1_000
# Of the sentences judged last, which other years of an organisation repeat.
SENTENCES_KNOWN: Final = 4_000
# Of one match the learned part decides only where there is no cue, and from this probability.
SURELY: Final = 0.6


@dataclass(frozen=True, slots=True)
class Window:
    """The words around a match: before it in its clause, the match, and just behind it."""

    before: str
    match: str
    behind: str

    @property
    def all(self) -> str:
        """The whole window."""
        return f"{self.before}{self.match}{self.behind}"


def window(sentence: str, start: int, end: int) -> Window:
    """The window of ``sentence[start:end]``, cut at clause ends and at fixed distances."""
    first = max(0, start - LOOK_BACK)
    before = sentence[first:start]
    cuts = [cut.end() for cut in cues.CLAUSE_END.finditer(before)]
    before = before[cuts[-1] :] if cuts else before
    behind = sentence[end : end + LOOK_AHEAD]
    if end_of_clause := cues.CLAUSE_END.search(behind):
        behind = behind[: end_of_clause.start()]
    if main_clause := cues.MAIN_CLAUSE.search(behind):
        behind = behind[: main_clause.start()]
    return Window(before, sentence[start:end], behind)


class WholeStatus(NamedTuple):
    """The status of a whole sentence, and what the learned part says of it, if there is one."""

    status: EvidenceStatus
    likelihood: Likelihood | None = None


@lru_cache(maxsize=SENTENCES_KNOWN)
def evidence_status(
    sentence: str,
    start: int,
    end: int,
    heading: str = "",
    lead: str = "",
    likelihood: Likelihood | None = None,
) -> EvidenceStatus:
    """The status of the match ``sentence[start:end]``.

    ``heading`` stands above it; ``lead`` is the line that introduces the list it is an item of.
    ``likelihood`` of the whole sentence decides only where the match has no cue and it is clear: a
    clause may be done beside others that are planned.
    """
    text = folded(sentence)
    around = window(text, start, end)
    status = _status(text, around, folded(heading), folded(lead), start=start)
    surely_planned = likelihood is not None and likelihood.planned >= SURELY
    return status or ("planned" if surely_planned else "implemented")


def is_idle(sentence: str, start: int, end: int) -> bool:
    """Whether the match ``sentence[start:end]`` is asked, hearsay or advice: no evidence at all."""
    text = folded(sentence)
    return _is_idle(text, window(text, start, end), start)


def sentence_status(
    sentence: str, heading: str = "", lead: str = "", model: StatusModel | None = None
) -> EvidenceStatus:
    """The status of a whole sentence; as ``whole_status``."""
    return whole_status(sentence, heading, lead, model).status


@lru_cache(maxsize=SENTENCES_KNOWN)
def whole_status(
    sentence: str, heading: str = "", lead: str = "", model: StatusModel | None = None
) -> WholeStatus:
    """The status of a whole sentence: that of its main clause, judged by all its cues and words.

    "We will continue to ..." speaks of the future, so here it is planned, though what it
    continues is evidence that counts.
    """
    text = folded(sentence[:SENTENCE_LIMIT])
    window = Window(text, "", "")
    found = _status(text, window, folded(heading), folded(lead), whole=True)
    line = Line(sentence, heading, lead, found or "implemented")
    if model is None:
        return WholeStatus(line.status)
    likelihood = model.likelihood(line)
    return WholeStatus(model.decide(line, likelihood), likelihood)


def _opening(sentence: str, start: int) -> str:
    """The opening clause, if the sentence begins with a condition that governs what follows."""
    opening = sentence[: min(start, SENTENCE_LIMIT)].lstrip("•-–* ")
    return opening if cues.LEAD_IN.match(opening) else ""


def _status(
    text: str,
    around: Window,
    heading: str,
    lead: str,
    *,
    start: int = 0,
    whole: bool = False,
) -> EvidenceStatus | None:
    """By the cues; None where there are none."""
    told = around.before + around.match
    opening = "" if whole else _opening(text, start)
    if cues.LEGAL_PROSE.search(around.before) or _is_idle(text, around, start):
        return "vague"
    if _denied(told, around.before) or _is_undone(text, around, whole):
        return "negated"
    if unreal.OWED.search(told):
        return "vague"
    if _is_conditional(opening, told, around.behind):
        return "implemented" if _tense(around, whole) == "implemented" else "conditional"
    if not whole and cues.CONTINUES.search(around.all):
        return "implemented"
    tense = _tense(around, whole) or _tense_around(text, opening, heading, lead)
    if tense:
        return tense
    if whole and not lead and cues.PLANNED_ITEM.search(around.before):
        return "planned"
    if whole and cues.ACTION.search(around.before):
        return "implemented"
    return "vague" if _is_vague(around.before) else None


def _is_conditional(opening: str, told: str, behind: str) -> bool:
    return bool(
        cues.CONDITIONAL.search(opening)
        or cues.CONDITIONAL.search(told)
        or cues.MAY_BEHIND.match(behind)
    )


def _denied(told: str, before: str) -> bool:
    if cues.NOT_NEGATED.search(told):
        return False
    if cues.NO_DIRECTLY.search(before):
        return True
    return any(
        not cues.SUPPOSED.search(told, max(0, found.start() - SUPPOSED_BACK), found.start())
        for found in cues.DENIED.finditer(told)
    )


def _is_idle(text: str, around: Window, start: int) -> bool:
    """Whether it is asked, reported by others, or told of what all should do or the law says."""
    asks = unreal.QUESTION.search(text[-QUESTION_END:])
    # Sentences run together ask only in the last: "... on slavery. Questions?"
    if asks and not unreal.SENTENCE_END.search(text, start):
        return True
    if unreal.UNSAID.search(text[:SENTENCE_LIMIT]):
        return True
    told = around.before + around.match
    advice = unreal.ADVICE.search(told)
    if not advice or unreal.OURS.search(around.all):
        return False
    # "The code states that companies should ..." is a rule in force.
    in_force = cues.IN_FORCE.search(told[: advice.start()])
    return not (in_force or unreal.ADOPTED.search(text[:SENTENCE_LIMIT]))


def _is_undone(sentence: str, around: Window, whole: bool) -> bool:
    """Whether good work is denied in the clause itself: of a whole sentence, in its first."""
    if unreal.DISPUTED.search(sentence[:SENTENCE_LIMIT]):
        return True
    text, first = around.all, 0
    if whole:
        ends = [end.search(text) for end in (cues.CLAUSE_END, unreal.NEXT_CLAUSE)]
        text = text[: min((end.start() for end in ends if end), default=len(text))]
    else:
        for cut in unreal.NEXT_CLAUSE.finditer(around.before):
            first = cut.end()
    last = len(around.before) + len(around.match) + DENIED_BEHIND
    return any(
        first <= found.start() <= last and not _is_beside(text, found.start(), whole)
        for found in unreal.DENIED.finditer(text)
    )


def _is_beside(text: str, at: int, whole: bool) -> bool:
    """Whether a denial there is supposed, or told of others; of a whole sentence, in passing."""
    before = max(0, at - SUPPOSED_BACK)
    if cues.SUPPOSED.search(text, before, at):
        return True
    return whole and bool(unreal.BESIDE.search(text, before, at))


def _tense(around: Window, whole: bool) -> EvidenceStatus | None:
    """Done or planned, by the cue nearest before the match, else the first in or behind it."""
    found = _tense_cues(around.all)
    if not found:
        return None
    ahead = [status for start, status in found if start < len(around.before)]
    return ahead[-1] if ahead and not whole else found[0][1]


def _tense_cues(text: str) -> list[tuple[int, EvidenceStatus]]:
    done = _outside(cues.ASIDE, [cue.start() for cue in cues.DONE.finditer(text)], text)
    planned = _outside(cues.RULE, [cue.start() for cue in cues.PLANNED.finditer(text)], text)
    found: list[tuple[int, EvidenceStatus]] = [(start, "implemented") for start in done]
    found += [(start, "planned") for start in planned]
    return sorted(found)


def _outside(passage: re.Pattern[str], places: list[int], text: str) -> list[int]:
    """Those of the places that are in no passage of the kind."""
    if not places:
        return places
    spans = [found.span() for found in passage.finditer(text)]
    return [at for at in places if not any(start <= at < end for start, end in spans)]


def _tense_around(text: str, opening: str, heading: str, lead: str) -> EvidenceStatus | None:
    if lead and (status := _lead_status(lead)):
        return status
    if cues.FUTURE_YEAR.search(opening) or cues.BY_DATE.search(text):
        return "planned"
    if heading and _is_future_title(heading) and not cues.FULL_SENTENCE.search(text):
        return "planned"
    return None


# A heading or lead line stands above many sentences.
@lru_cache(maxsize=LINES_KNOWN)
def _lead_status(lead: str) -> EvidenceStatus | None:
    if found := _tense_cues(lead):
        return found[-1][1]
    if cues.VAGUE.search(lead) or cues.COMMITMENT.search(lead):
        return "vague"
    return "planned" if _is_future_title(lead) else None


@lru_cache(maxsize=LINES_KNOWN)
def _is_future_title(line: str) -> bool:
    return bool(cues.FUTURE_HEADING.search(line)) and not cues.PAST_HEADING.search(line)


def _is_vague(before: str) -> bool:
    if cues.VAGUE.search(before):
        return True
    return bool(cues.EXPECTS.search(before)) and not cues.IN_FORCE.search(before)
