"""The rubric's rules run over the sentences of a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assess.records import EvidenceStatus, Sentence, Text
from assess.score.aside import asides
from assess.score.leads import lead_lines
from assess.score.phrases import Passage, PhraseBook, Span
from assess.score.rubric import Rubric, Rule
from assess.score.status import WholeStatus, evidence_status, is_idle, whole_status
from assess.score.status_model import StatusModel

# The list whose entries say that a passage is about slavery or labour exploitation.
TOPIC_LIST = "slavery"
# A title and opening, or a sign-off, stands within this many sentences of either end, or this
# share of a long text.
EDGE_SENTENCES = 12
EDGE_SHARE = 0.15
# Of headings: they are no evidence unless a rule wants them.
_NO_STATUS = WholeStatus("implemented")


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched a sentence."""

    owner: str
    """Id of the criterion or signal."""
    rule: Rule
    sentence: int
    """Index into ``Text.sentences``."""
    span: tuple[int, int]
    """Characters of the match within ``Sentence.text``."""
    status: EvidenceStatus

    @property
    def counts(self) -> bool:
        """Whether the rule lets evidence of this status count."""
        return self.status in self.rule.statuses


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence, and its words as the phrases see them."""

    sentence: Sentence
    passage: Passage
    lead: str = ""
    """The line that introduces the list this is an item of, or ``""``."""
    aside: bool = False
    """Whether it says nothing of the organisation's own work, and so is never evidence."""
    model: StatusModel | None = None
    """The learned part of evidence status."""

    @property
    def whole(self) -> WholeStatus:
        """The status of the sentence as a whole, told when it is asked for."""
        sentence = self.sentence
        if sentence.is_heading:
            return _NO_STATUS
        return whole_status(sentence.text, sentence.heading, self.lead, self.model)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as rules and detectors see it."""

    text: Text
    sentences: tuple[ReadSentence, ...]
    headings: Mapping[str, Passage]
    """By heading or lead line."""
    labels: Sequence[Mapping[str, float]] = field(default=())
    """Classifier label -> probability, per sentence; empty without a model."""

    @property
    def fit_for_evidence(self) -> tuple[bool, ...]:
        """Which sentences tell of what is done: no headings, plans, conditions or wishes."""
        return tuple(
            not read.sentence.is_heading and not read.aside and read.whole.status == "implemented"
            for read in self.sentences
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The phrases of a rule's conditions, as sets: most of them are nowhere in a sentence."""

    also: frozenset[str]
    and_also: frozenset[str]
    unless: frozenset[str]
    under: frozenset[str]
    not_under: frozenset[str]

    @classmethod
    def of(cls, rule: Rule) -> _Asked:
        groups = (rule.also, rule.and_also, rule.unless, rule.under, rule.not_under)
        return cls(*map(frozenset, groups))


class RuleBook:
    """A rubric compiled for matching. Built once, used for any number of texts."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._rules = [(judged.id, rule) for judged in rubric.judged() for rule in judged.rules]
        counted: dict[str, list[str]] = {
            kind: [entry for name in names for entry in rubric.lists[name]]
            for kind, names in rubric.scores.particulars.items()
        }
        self._book = PhraseBook(
            (phrase for _, rule in self._rules for phrase in rule.any),
            (phrase for _, rule in self._rules for phrase in _conditions(rule)),
            _lists_of_phrases(rubric),
            counted,
        )
        self._asked = [_Asked.of(rule) for _, rule in self._rules]
        self._by_phrase: dict[str, list[int]] = {}
        for index, (_, rule) in enumerate(self._rules):
            for phrase in rule.any:
                self._by_phrase.setdefault(phrase, []).append(index)

    def read(
        self,
        text: Text,
        labels: Sequence[Mapping[str, float]] = (),
        status: StatusModel | None = None,
    ) -> Reading:
        """Tokenise all sentences and headings."""
        self._book.begin_text()
        leads = lead_lines((sentence.text, sentence.is_heading) for sentence in text.sentences)
        aside = asides(text.content, text.sentences)
        read = tuple(
            ReadSentence(
                sentence,
                self._book.passage(sentence.text),
                lead,
                index in aside,
                status,
            )
            for index, (sentence, lead) in enumerate(zip(text.sentences, leads, strict=True))
        )
        headings = {line for one in read for line in (one.sentence.heading, one.lead)}
        passages = {line: self._book.passage(line) for line in sorted(headings)}
        return Reading(text, read, passages, labels)

    def hits(self, reading: Reading) -> list[Hit]:
        """All hits, in reading order."""
        return [hit for index in range(len(reading.sentences)) for hit in self._at(reading, index)]

    def _at(self, reading: Reading, index: int) -> Iterator[Hit]:
        if reading.sentences[index].aside:
            return
        passage = reading.sentences[index].passage
        found = {phrase: span for phrase in passage.candidates() if (span := passage.span(phrase))}
        candidates = sorted({rule for phrase in found for rule in self._by_phrase[phrase]})
        statuses: dict[Span, EvidenceStatus] = {}
        for candidate in candidates:
            owner, rule = self._rules[candidate]
            if not _holds(rule, self._asked[candidate], reading, index):
                continue
            span = min(found[phrase] for phrase in rule.any if phrase in found)
            if rule.status is None and span not in statuses:
                statuses[span] = _status(reading.sentences[index], span)
            status = rule.status or statuses[span]
            if not _is_idle(rule, status, reading, index, span):
                yield Hit(owner, rule, index, span, status)


def _lists_of_phrases(rubric: Rubric) -> dict[str, tuple[str, ...]]:
    """All lists but those that are only counted: these hide no entry of another."""
    named = {
        word.removeprefix("@")
        for judged in rubric.judged()
        for rule in judged.rules
        for phrase in (*rule.any, *_conditions(rule))
        for word in phrase.split()
        if word.startswith("@")
    }
    counted = {name for names in rubric.scores.particulars.values() for name in names}
    return {
        name: entries
        for name, entries in rubric.lists.items()
        if name in named or name not in counted
    }


def _conditions(rule: Rule) -> Iterator[str]:
    for group in (rule.also, rule.and_also, rule.unless, rule.under, rule.not_under):
        yield from group


def _status(read: ReadSentence, span: Span) -> EvidenceStatus:
    sentence = read.sentence
    return evidence_status(sentence.text, *span, sentence.heading, read.lead, read.whole.likelihood)


def _is_idle(rule: Rule, status: EvidenceStatus, reading: Reading, index: int, span: Span) -> bool:
    """A question, hearsay or advice to all; only what the status leaves open need be looked at."""
    sentence = reading.sentences[index].sentence
    if rule.status is None and status != "vague":
        return False
    return is_idle(sentence.text, *span)


def _holds(rule: Rule, asked: _Asked, reading: Reading, index: int) -> bool:
    read = reading.sentences[index]
    if read.sentence.is_heading and not rule.headings:
        return False
    return (
        _in_part(rule, reading, index)
        and not read.passage.has_any(asked.unless)
        and _under(asked, reading, read)
        and _nearby(asked.also, rule.window, reading, index)
        and _nearby(asked.and_also, rule.window, reading, index)
        and (not rule.topic or _topical(reading, index))
        and _labelled(rule, reading, index)
    )


def _in_part(rule: Rule, reading: Reading, index: int) -> bool:
    if rule.part is None:
        return True
    count = len(reading.sentences)
    edge = max(EDGE_SENTENCES, int(count * EDGE_SHARE))
    return index < edge if rule.part == "start" else index >= count - edge


def _under(asked: _Asked, reading: Reading, read: ReadSentence) -> bool:
    if not asked.under and not asked.not_under:
        return True
    above = (reading.headings[read.sentence.heading], reading.headings[read.lead])
    if any(passage.has_any(asked.not_under) for passage in above):
        return False
    return not asked.under or any(passage.has_any(asked.under) for passage in above)


def _nearby(phrases: frozenset[str], window: int, reading: Reading, index: int) -> bool:
    if not phrases:
        return True
    near = reading.sentences[max(0, index - window) : index + window + 1]
    return any(read.passage.has_any(phrases) for read in near)


def _topical(reading: Reading, index: int) -> bool:
    near = reading.sentences[max(0, index - 1) : index + 2]
    heading = reading.headings[reading.sentences[index].sentence.heading]
    return any(TOPIC_LIST in passage.lists for passage in (*(r.passage for r in near), heading))


def _labelled(rule: Rule, reading: Reading, index: int) -> bool:
    if rule.label is None or not reading.labels:
        return True
    return reading.labels[index].get(rule.label, 0.0) >= rule.at_least
