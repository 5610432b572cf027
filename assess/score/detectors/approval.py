"""Approval by the board, or by what stands for it: section 54(6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assess.score.detectors.base import Detection, LegalValue, before, behind, strongest
from assess.score.detectors.entity import EntityType, entity_type
from assess.score.rules import Reading

# Text taken from PDFs runs words together and breaks lines: \s* and [^.] stand between words.
_VERB: Final = (
    r"(?:approv(?:ed?|es|al)|adopted|endorsed|ratified|signed\W{0,3}off|agreed|authori[sz]ed"
    r"|considered|reviewed|accepted|sanctioned)"
)
_BODY: Final = (
    r"(?:boards?\b(?!\W{0,3}(?:committee|sub|secretary|report))|bored\b|directors\b|trustees\b|governors\b"
    r"|governing\W{1,3}bod(?:y|ies)|management\W{1,3}bod(?:y|ies)|supervisory\W{1,3}board"
    r"|court\W{1,3}of\W{1,3}(?:governors|the\W{1,3}university)|university\W{1,3}(?:court|council)"
    r"|(?:full|parish|borough|county|city|district)\W{1,3}council\b|(?-i:Council|Cabinet|Corporation)\b"
    r"|general\W{1,3}partner)"
)
_LLP_BODY: Final = rf"(?:{_BODY}|(?:designated\W{{1,3}})?members\b|(?-i:partners)\b|partnership\W{{1,3}}(?:board|council))"

_GAP: Final = r"(?:[^.;]|\.(?=\w)|(?<=[A-Z])\.|(?<=Ltd)\.|(?<=Inc)\.)"

_PARTIAL_BODY = re.compile(
    r"on\W{1,3}behalf\W{1,3}of|committee|executive|management|\bteam\b|leadership|steering"
    r"|representing",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"statement|disclosure|\breport\b|declaration|\bdocument\b|board\W{1,3}approval", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"\W{0,5}(?:this|our|the)\W{1,3}(?:[\w’'-]+\W{1,3}){0,5}?(?:statement|disclosure)\b",
    re.IGNORECASE,
)
_OTHER_THING = re.compile(
    r"\b(?:polic(?:y|ies)|codes?|strateg(?:y|ies)|framework|plan|procedures?|programme|charter|principles)\b",
    re.IGNORECASE,
)
# Only within the same sentence do these say that something else was approved.
_OTHER_PARTY = re.compile(
    r"\b(?:suppliers?|budget|committee|training|expenditure|register|contractors?|agenc(?:y|ies)"
    r"|results?|findings|recommendations|targets?|audits?)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:will|shall|would|must|should|to|may|not|awaiting|requires?|subject\W+to|once|until|if)\W+"
    r"(?:(?:also|be|been|then|yet|next)\W+){0,3}(?:reviewed\W+(?:and|&)\W+)?$",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    r"(?:signed|made|submitted|issued|undersigned|represent)\b[^.;]{0,80}?"
    r"\b(?:(?:on\W{1,3}|and\W{1,3})*behalf\W{1,3}of\W{1,3}[^.;]{0,60}?\b(?:boards?|directors)\b"
    r"|(?:boards?|directors)['’]?s?['’]?\W{1,3}behalf|the\W{1,3}board\b)"
    r"|\bon\W{1,3}behalf\W{1,3}of\W{1,3}(?:\w+\W{1,3}){0,4}?boards?\b"
    r"|\bby\W{1,3}order\W{1,3}of\W{1,3}the\W{1,3}board\b",
    re.IGNORECASE,
)


def approval(reading: Reading) -> tuple[Detection, ...]:
    """Met: approved by the board, trustees or other managing body (the members, in an LLP);
    partial: on the board's behalf, by a committee, executives or one person."""
    content = reading.text.content
    kind = entity_type(reading)
    found = [*_approved_by(content, kind), *_body_approves(content, kind), *_headed(content)]
    found += [Detection(m.start(), m.end(), "partial") for m in _BEHALF.finditer(content)]
    found += list(_reviewed(content))
    return strongest(found)


_BY = re.compile(r"\bby\W{0,3}", re.IGNORECASE)
_VERBS = re.compile(_VERB, re.IGNORECASE)
# What follows no longer says by whom.
_WHOM_ENDS = re.compile(r"\b(?:who|which|that|and\W+will|to\W+be)\b|\b20\d\d\b", re.IGNORECASE)
_WEAK = re.compile(r"review|consider", re.IGNORECASE)
_BODIES = {
    True: re.compile(_LLP_BODY, re.IGNORECASE),
    False: re.compile(_BODY, re.IGNORECASE),
}


def _approved_by(content: str, kind: EntityType) -> Iterator[Detection]:
    """``approved ... by ...``; what stands between and behind says by whom."""
    for verb in _VERBS.finditer(content):
        tail = _tail(content, verb.end())
        by = _BY.search(tail, 0, 90)
        if by is None or not _of_statement(content, verb.start()):
            continue
        whom = _WHOM_ENDS.split(tail[by.end() :], maxsplit=1)[0]
        value, length = _by_whom(tail[: by.start()], whom, kind)
        if value == "met" and _WEAK.match(verb.group()):
            value = "partial"
        if value:
            yield Detection(verb.start(), verb.end() + by.end() + length, value)


def _tail(content: str, start: int) -> str:
    """The rest of the clause: full stops inside abbreviations and names do not end it."""
    return re.match(rf"{_GAP}{{0,240}}", content[start : start + 240], re.DOTALL).group()  # type: ignore[union-attr]


def _by_whom(between: str, whom: str, kind: EntityType) -> tuple[LegalValue | None, int]:
    body = _BODIES[kind == "llp"].search(whom, 0, 140)
    if body is None:
        return _by_someone(whom)
    ahead = whom[: body.start()]
    delegated = re.search(r"behalf|represent", between + ahead, re.IGNORECASE)
    committee = re.search(r"committee|\bteam\b", ahead, re.IGNORECASE)
    both = re.search(r"\b(?:and|by)\b|,", ahead)
    return ("partial" if delegated or (committee and not both) else "met"), body.end()


_SOMEONE = re.compile(
    r"(?:(?:the|our|its|an?|all|\w+['’]s)\W{1,3})*(?:[\w&.’'-]+\W{1,3}){0,5}?"
    r"(?:committee|executive|management|team|leadership|directors?|chief|CEO|chair\w*|president"
    r"|head|secretary|manager|officer|partners?|organi[sz]ation|company|owner)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r":?\W{0,4}[A-Z][\w’'-]+\s+(?:[A-Z][\w’'.-]*\s+)?[A-Z]")


def _by_someone(whom: str) -> tuple[LegalValue | None, int]:
    someone = _SOMEONE.match(whom) or _NAMED.match(whom)
    return ("partial", someone.end()) if someone else (None, 0)


def _of_statement(content: str, start: int) -> bool:
    """Whether the thing approved is the statement, and has been."""
    lead = before(content, start, 200)
    if _NOT_YET.search(lead[-60:]):
        return False
    if _SUBJECT.match(lead):
        return True
    if _STATEMENT.search(lead) or _OTHER_THING.search(lead) or _OTHER_PARTY.search(lead):
        return _last(_STATEMENT, lead) > max(_last(_OTHER_THING, lead), _last(_OTHER_PARTY, lead))
    if content[start].isupper():
        return True
    earlier = content[max(0, start - 300) : start]
    return _last(_STATEMENT, earlier) >= _last(_OTHER_THING, earlier)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=-1)


_BODY_APPROVES = re.compile(
    rf"{_BODY}(?:[^.;]|\.(?=\w)){{0,120}}?(?:approv(?:ed|es)|adopt(?:ed|s)|endors(?:ed|es)|signed\W{{1,3}}off|agreed)"
    rf"\W{{0,3}}(?:and\W{{1,3}}\w+\W{{1,3}})?(?:the\W{{0,3}}|this\W{{0,3}}|our\W{{0,3}})(?:\w+\W{{1,3}}){{0,6}}?(?:statement|disclosure|report)",
    re.IGNORECASE,
)


def _body_approves(content: str, kind: EntityType) -> Iterator[Detection]:
    """``the board has approved this statement``."""
    del kind
    for match in _BODY_APPROVES.finditer(content):
        if not re.search(r"\b(?:will|shall|should|must)\b|committee", match.group(), re.IGNORECASE):
            yield Detection(match.start(), match.end(), "met")


_HEADED = re.compile(
    r"\bboard\W{1,3}approv(?:al|ed)\W{1,3}(?:received|given|granted|date|on|at|:)"
    r"|\bdate\W{1,3}of\W{1,3}(?:board\W{1,3})?approval\b|\bapproval\W{1,3}date\b"
    r"|\bapprove[dr](?:\W{1,3}by)?\s*[:.]"
    # Words run together in the text layer.
    r"|approvedby(?:the|our|its)?\w{0,40}board|board(?:ofdirectors)?(?:has)?approvedth",
    re.IGNORECASE,
)


def _headed(content: str) -> Iterator[Detection]:
    """Form fields: ``Board approval date: ...``, ``Approved by: ...``."""
    for match in _HEADED.finditer(content):
        value: LegalValue = "met" if "board" in match.group().lower() else "partial"
        yield Detection(match.start(), match.end(), value)


_REVIEWED = re.compile(
    r"\b(?:this|our|the)\W{1,3}(?:\w+\W{1,3}){0,4}?(?:statement|disclosure)\W[^.;]{0,60}?\breviewed\b"
    r"[^.;]{0,20}?\bby\b[^.;]{0,40}?\b(?:board|directors)\b",
    re.IGNORECASE,
)


def _reviewed(content: str) -> Iterator[Detection]:
    for match in _REVIEWED.finditer(content):
        yield Detection(match.start(), match.end(), "partial")
