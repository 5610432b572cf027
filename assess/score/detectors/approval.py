"""Approval by the board, or by what stands for it: section 54(6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assess.score.detectors.base import (
    Detection,
    LegalValue,
    Spans,
    before,
    behind,
    find_within,
    spaced,
    strongest,
    windows,
)
from assess.score.detectors.entity import EntityType, entity_type
from assess.score.patterns import word_cues
from assess.score.rules import Reading

_CUE = word_cues(
    r"approv|adopt|endors|ratifi|signed|agreed|authori[sz]ed|considered|reviewed|accepted|sanctioned"
    r"|passed|behalf|by\W{1,3}order|undersigned|represent(?:s|ing)?\W{1,3}the\W{1,3}board|resolution",
    flags=re.IGNORECASE,
)
_VERBS = re.compile(
    r"approv(?:ed?|es|al)|adopted|endorsed|ratified|signed\W{0,3}off|agreed|authori[sz]ed(?!\W+and\W+regulated)"
    r"|considered|reviewed|accepted|sanctioned",
    re.IGNORECASE,
)
# Only "reviewed by the board" is short of approval.
_WEAK = re.compile(r"review|consider", re.IGNORECASE)
# "ofdirectors", "bored": words run together, and a joke that statements do make.
_BODY: Final = spaced(
    r"(?:boards?(?:\b|(?=ofdirectors))(?!\W{0,3}(?:committee|sub|secretary|report))|bored\b"
    r"|directors\b|trustees\b|governors\b|(?:governing|management) bod(?:y|ies)|supervisory board"
    r"|court of (?:governors|the university)|university (?:court|council)"
    r"|managing members?\b|(?:full|parish|borough|county|city|district) council\b"
    r"|(?-i:Council|Cabinet|Corporation)\b|general partner)"
)
_LLP_BODY: Final = spaced(
    rf"(?:{_BODY}|(?:designated )?members\b|(?-i:partners)\b|partnership (?:board|council))"
)
_BODIES = {
    True: re.compile(_LLP_BODY, re.IGNORECASE),
    False: re.compile(_BODY, re.IGNORECASE),
}
# The rest of a clause: full stops inside abbreviations and names do not end it.
_CLAUSE = re.compile(
    r"(?:[^.;]|\.(?=[\w,])|(?<=\b\w)\.|(?<=Ltd)\.|(?<=Inc)\.|(?<=Co)\.){0,240}", re.DOTALL
)
_BY = re.compile(r"\bby\W{0,3}", re.IGNORECASE)
# What follows no longer says by whom.
_WHOM_ENDS = re.compile(r"\b(?:who|which|that|and\W+will|to\W+be)\b|\b20\d\d\b", re.IGNORECASE)
_SOMEONE = re.compile(
    r"(?:(?:the|our|its|an?|all|\w+['’]s)\W{1,3}){0,3}(?:[\w&.’'-]+[^\w&.’'-]{1,3}){0,5}?"
    r"(?:committee|executive|management|team|leadership|directors?|chief|CEO|chair\w*|president"
    r"|head|secretary|manager|officer|partners?|organi[sz]ation|company|owner)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r":?\W{0,4}[A-Z][\w’'.-]*\s+(?:[A-Z][\w’'.-]*\s+)?[A-Z]")

_STATEMENT = re.compile(
    r"statement|disclosure|\breport\b|declaration|\bdocument\b|board\W{1,3}approval", re.IGNORECASE
)
_SUBJECT = re.compile(
    spaced(r"\W{0,5}(?:this|our|the) (?:[\w’'-]+ ){0,5}?(?:statement|disclosure)\b"), re.IGNORECASE
)
_OTHER_THING = re.compile(
    r"\b(?:polic(?:y|ies)|codes?|strateg(?:y|ies)|framework|plan|procedures?|programme|charter"
    r"|principles)\b",
    re.IGNORECASE,
)
# Only within the same sentence do these say that something else was approved.
_OTHER_PARTY = re.compile(
    r"\b(?:suppliers?|budget|committee|training|expenditure|register|contractors?|agenc(?:y|ies)"
    r"|results?|findings|recommendations|targets?|audits?)\b",
    re.IGNORECASE,
)
_IT = re.compile(
    r"^\W*(?:it|this)\W+(?:(?:was|has|have|is|been|also|\w+ly|and)\W+){1,5}$", re.IGNORECASE
)
_NOT_YET = re.compile(
    r"\b(?:will|shall|would|must|should|to|may|not|awaiting|requires?|subject\W+to|once|until|if)"
    r"\W+(?:(?:also|be|been|then|yet|next)\W+){0,3}(?:reviewed\W+(?:and|&)\W+)?$",
    re.IGNORECASE,
)
_BEHALF = word_cues(
    spaced(
        r"(?:signed|made|submitted|issued|undersigned|represent)\b[^.;]{0,80}?"
        r"\b(?:behalf of [^.;]{0,60}?\b(?:boards?|directors)\b"
        r"|(?:boards?|directors)['’]?s?['’]? behalf)|\brepresent(?:s|ing)? the board\b"
        r"|\bon\W{0,3}behalf of (?:\w+ ){0,4}?boards?\b|\bby order of the board\b"
    ),
    flags=re.IGNORECASE,
)
_THIS_STATEMENT: Final = (
    r"(?:the|this|our|an?|its) (?:[\w’'&/-]+[^\w.;]{1,3}){0,6}?(?:statement|disclosure|report)"
)
_APPROVES: Final = spaced(
    r"(?:[^.;]|\.(?=\w)){0,120}?(?:approv(?:ed|es)|adopt(?:ed|s)|endors(?:ed|es)|signed off|agreed)"
    rf"\W{{0,3}}(?:and \w+ )?{_THIS_STATEMENT}"
)
_BODY_APPROVES = {
    True: word_cues(_LLP_BODY + _APPROVES, flags=re.IGNORECASE),
    False: word_cues(_BODY + _APPROVES, flags=re.IGNORECASE),
}
# "the Trustees approved it in March": what "it" is stands before.
_BODY_APPROVES_IT = {
    members: word_cues(
        body
        + spaced(
            r"[^.;]{0,60}?(?:approved|adopted|endorsed|ratified|signed off|agreed)"
            r" (?:it|(?:the|its) (?:above|foregoing|contents?|publication|text))\b"
        ),
        flags=re.IGNORECASE,
    )
    for members, body in ((True, _LLP_BODY), (False, _BODY))
}
_GIVEN = word_cues(
    spaced(
        rf"{_BODY}[^.;]{{0,60}}?\b(?:gave|given|gives?|granted|grants|confirmed) "
        r"(?:(?:its|their|the) )?(?:\w+ )?approval"
        r"|\b(?:received|has|have|had|given|with|obtained|carries|bears|under) (?:(?:the|its) )?"
        rf"(?:\w+ )?approval (?:of|from|by) (?:(?:the|our|its|\w+['’]s) )?(?:\w+ ){{0,2}}{_BODY}"
        r"|\bboard(?:['’]s)? approval (?:was|has been|is|having been) "
        r"(?:given|granted|received|obtained)"
        r"|\b(?:approved|agreed|adopted|endorsed|ratified|passed|signed off) (?:\w+ )?"
        r"(?:at|in|during) (?:the|a|an|its|their|our) (?:\w+ ){0,3}?"
        rf"(?:meeting of (?:(?:the|our|its) )?(?:\w+ ){{0,3}}?{_BODY}"
        r"|(?:board|trustees?|directors|governors|council)['’]? meeting)"
        r"|\bresolution of (?:(?:the|our|its) )?(?:\w+ ){0,2}?(?:board|directors|trustees)\b"
    ),
    flags=re.IGNORECASE,
)
_ONE_APPROVES = word_cues(
    spaced(
        r"\b(?:committee|division|department|executive"
        r"|(?:leadership|management|executive) (?:team|group)|leadership"
        r"|chief executive(?: officer)?|director|ceo|chair\w*|president|partner|secretary|owner)\b"
        r"[^.;]{0,60}?\b(?:approv(?:ed|es)|adopt(?:ed|s)|endors(?:ed|es)|signed off|authori[sz]ed)"
        rf" (?:and \w+ )?{_THIS_STATEMENT}"
    ),
    flags=re.IGNORECASE,
)
_HEADED = re.compile(
    spaced(
        r"\bboard approv(?:al|ed) (?:received|given|granted|date|on|at)"
        r"|\bapprov(?:al|ed)(?: by)?\s{0,3}[:|–-]\W{0,3}(?:(?:the|our) )?(?:[\w&]+ ){0,3}?"
        r"(?:boards?|directors|trustees|governors)\b"
        r"|\bdate of (?:board )?approval\b|\bapproval date\b|\bapprove[dr](?: by)?\s*[:.]"
        # Words run together in the text layer.
        r"|approvedby(?:the|our|its)?\w{0,40}board|board(?:ofdirectors)?(?:has)?approvedth"
    ),
    re.IGNORECASE,
)
# Approved, but it is not said by whom.
_BY_NOBODY = word_cues(
    spaced(
        r"\b(?:this|our|the) (?:\w+ ){0,4}?(?:statement|disclosure) (?:is|was|has been|were) "
        r"(?:\w+ )?(?:approved|adopted|endorsed)\b(?! by)"
    ),
    flags=re.IGNORECASE,
)
_REVIEWED = word_cues(
    spaced(
        r"\b(?:this|our|the) (?:\w+ ){0,4}?(?:statement|disclosure)\W[^.;]{0,60}?\breviewed\b"
        r"[^.;]{0,20}?\bby\b[^.;]{0,40}?\b(?:board|directors)\b"
    ),
    flags=re.IGNORECASE,
)


def detect_approval(reading: Reading) -> tuple[Detection, ...]:
    """Met: approved by the board, trustees or other managing body (the members, in an LLP);
    partial: on the board's behalf, by a committee, executives or one person."""
    content = reading.text.content
    kind = entity_type(reading)
    spans = _where(content)
    found = [*_approved_by(content, kind, spans), *_body_approves(content, kind, spans)]
    found += [*_headed(content, spans), *_given(content, spans)]
    for pattern in (_BY_NOBODY, _BEHALF, _REVIEWED):
        found += [
            Detection(m.start(), m.end(), "partial") for m in find_within(pattern, content, spans)
        ]
    return strongest(d for d in found if not _unfilled(content, d))


# "approved by the board of [company] on [date]": a template, approved by nobody yet.
_BLANK = re.compile(
    r"\[\s{0,3}(?:insert|enter|add|name|date|day|month|year|company|organi[sz]ation|board|body|your"
    r"|dd|xx+|…|\.\.\.|tbc)\b[^\[\]]{0,80}\]|\[\s{0,3}(?:…|\.{2,3}|_+|●|•)?\s{0,3}\]",
    re.IGNORECASE,
)


def _unfilled(content: str, found: Detection) -> bool:
    """Whether a blank to be filled in stands in what was approved, by whom or when."""
    told = content[found.start : found.end] + behind(content, found.end, 80)
    return _BLANK.search(told) is not None


def _where(content: str) -> Spans:
    """Where words of approval stand; anywhere in a text whose words run together."""
    if "approvedby" in content.lower():
        return [(0, len(content))]
    return windows(content, _CUE, 300, 260)


def _approved_by(content: str, kind: EntityType, spans: Spans) -> Iterator[Detection]:
    """``approved ... by ...``; what stands between and behind says by whom."""
    for verb in find_within(_VERBS, content, spans):
        clause = _CLAUSE.match(content, verb.end())
        tail = clause.group() if clause else ""
        by = _BY.search(tail, 0, 90)
        if by is None or not _of_statement(content, verb.start()):
            continue
        whom = _WHOM_ENDS.split(tail[by.end() :], maxsplit=1)[0]
        value, length = _by_whom(tail[: by.start()], whom, kind)
        if _WEAK.match(verb.group()):
            value = "partial" if value == "met" else None
        elif value is None and verb.group().lower() == "approved":
            value = "partial"  # by whom is lost, or is no one we know
        if value:
            yield Detection(verb.start(), verb.end() + by.end() + length, value)


def _by_whom(between: str, whom: str, kind: EntityType) -> tuple[LegalValue | None, int]:
    body = _BODIES[kind == "llp"].search(whom, 0, 140)
    if body is None:
        return _by_someone(whom)
    ahead = whom[: body.start()]
    delegated = re.search(r"behalf|represent", between + ahead, re.IGNORECASE)
    delegated = delegated or _ONE_OF_THEM.search(ahead)
    committee = re.search(r"committee|\bteam\b", ahead, re.IGNORECASE)
    both = re.search(r"\b(?:and|by)\b|,", ahead)
    return ("partial" if delegated or (committee and not both) else "met"), body.end()


_ONE_OF_THEM = re.compile(
    r"\b(?:chair\w*|member|secretary|president|head|director)\s+of\s+(?:(?:the|our|its)\s+)?$",
    re.IGNORECASE,
)


def _by_someone(whom: str) -> tuple[LegalValue | None, int]:
    someone = _SOMEONE.match(whom) or _NAMED.match(whom)
    return ("partial", someone.end()) if someone else (None, 0)


def _of_statement(content: str, start: int) -> bool:
    """Whether the thing approved is the statement, and has been."""
    lead = before(content, start, 200)
    if _NOT_YET.search(lead[-60:]):
        return False
    if content[start].isupper() and _ROW_BEFORE.search(content, max(0, start - 12), start):
        return True
    if _SUBJECT.match(lead):
        return True
    if _STATEMENT.search(lead) or _OTHER_THING.search(lead) or _OTHER_PARTY.search(lead):
        return _last(_STATEMENT, lead) > max(_last(_OTHER_THING, lead), _last(_OTHER_PARTY, lead))
    if content[start].isupper():
        return True
    earlier = content[max(0, start - 300) : start]
    if _IT.search(lead):
        return _last(_STATEMENT, earlier) >= _last(_OTHER_THING, earlier)
    return _last(_STATEMENT, earlier) > _last(_OTHER_THING, earlier)


# "Approved" begins a line, or stands behind the figure or the border of a table's cell.
_ROW_BEFORE = re.compile(r"(?:[\n\f]|[\d|:%][ \t]+)[ \t]*$")


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=-1)


_FUTURE = re.compile(r"\b(?:will|shall|should|must)\b|committee", re.IGNORECASE)
_BOARD_APPROVAL = re.compile(r"board\W{1,3}approval", re.IGNORECASE)


def _body_approves(content: str, kind: EntityType, spans: Spans) -> Iterator[Detection]:
    """``the board has approved this statement``."""
    for match in find_within(_BODY_APPROVES[kind == "llp"], content, spans):
        if not _FUTURE.search(match.group()):
            yield Detection(match.start(), match.end(), "met")
    for match in find_within(_BODY_APPROVES_IT[kind == "llp"], content, spans):
        near = content[max(0, match.start() - 300) : match.end() + 120]
        if not _FUTURE.search(match.group()) and _about_statement(near):
            yield Detection(match.start(), match.end(), "met")
    for match in find_within(_ONE_APPROVES, content, spans):
        if not re.search(r"\b(?:will|shall|should|must)\b", match.group(), re.IGNORECASE):
            yield Detection(match.start(), match.end(), "partial")


def _given(content: str, spans: Spans) -> Iterator[Detection]:
    """``the board gave its approval``, ``approved at a meeting of the board``."""
    for match in find_within(_GIVEN, content, spans):
        lead = before(content, match.start(), 200)
        around = lead + match.group() + behind(content, match.end(), 120)
        if _NOT_YET.search(lead[-60:]) or _FUTURE.search(match.group()):
            continue
        if _STATEMENT.search(_BOARD_APPROVAL.sub(" ", around)) or (
            not _OTHER_THING.search(around)
            and _about_statement(content[max(0, match.start() - 300) : match.start()])
        ):
            yield Detection(match.start(), match.end(), "met")


def _about_statement(near: str) -> bool:
    return _last(_STATEMENT, near) > _last(_OTHER_THING, near)


_MANY = re.compile(r"board|directors|trustees|governors", re.IGNORECASE)


def _headed(content: str, spans: Spans) -> Iterator[Detection]:
    """Form fields: ``Board approval date: ...``, ``Approved by: ...``."""
    for match in find_within(_HEADED, content, spans):
        value: LegalValue = "met" if _MANY.search(match.group()) else "partial"
        yield Detection(match.start(), match.end(), value)
