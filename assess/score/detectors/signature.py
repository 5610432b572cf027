"""The sign-off: a name with the title of someone who may sign (section 54(6))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assess.score.detectors.base import Detection, LegalValue, before, strongest, windows
from assess.score.detectors.dates import ANY_DATE
from assess.score.detectors.entity import EntityType, entity_type
from assess.score.detectors.titles import NOT_NAMES, TITLE, qualifies
from assess.score.patterns import word_cues
from assess.score.rules import Reading

_UPPER: Final = "A-ZÀ-ÖØ-ÞŁŚŠŽČĆ"
_LETTER: Final = rf"[^\W\d_{_UPPER}]"
# Capitalised words are cut where words run together ("SignedMary SmithChair").
_TOKEN = re.compile(
    rf"(?:(?:Mc|Mac|O['’]|D['’]|Fitz|De|Le|La|Van)(?=[{_UPPER}]))?[{_UPPER}]{_LETTER}+"
    rf"(?:[’'-](?:[{_UPPER}]{_LETTER}*|{_LETTER}{{3,}}))*"
    rf"|[{_UPPER}]{{2,}}(?:[’'-][{_UPPER}]+)*(?!{_LETTER})"
    rf"|[{_UPPER}](?:-[{_UPPER}])?\b\.?"
)
_PARTICLE_WORDS: Final = (
    "de da di do du dos das del della van von der den ter ten te het zu zur af av le la las los"
    " al el y e bin bint ibn ben abu"
)
_PARTICLES: Final = frozenset(_PARTICLE_WORDS.split())
# "Group" ends a company's name, unless it begins a title ("Group Chief Executive").
_TITLE_AFTER_GROUP: Final = (
    r"(?:Chief|Executive|Non|Deputy|Managing|Financ|CEO|CFO|Chair|Head|Director|Company|General|HR"
    r"|Commercial|Operations|Legal|President|MD\b|COO|CMO|Vice|Senior|Sustainab)"
)
_COMPANY_AFTER = re.compile(
    r"[\s,]{0,2}(?:\([\w ]{2,20}\)\s?)?(?:&\s?\w+\s)?(?:Limited|Ltd|plc|PLC|LLP|Inc|GmbH|AG|S\.?A\b"
    rf"|LLC|Group(?!\s*{_TITLE_AFTER_GROUP})|Holdings|Company(?!\s*(?:Secretary|Director))|Corporation|University|Council|Trust\b)"
)

# What a block may hold between the name and the title besides capitalised words.
_JOINING: Final = frozenset(
    ("and", "of", "the", "as", "for", "at", "in", "name", "title", "position", "role", "job")
)
_HONOUR_WORDS: Final = (
    "Rt Right Hon Honourable Dr Prof Professor Sir Dame Lord Lady Baroness Mr Mrs Ms Miss Cllr"
    " Councillor OBE CBE MBE KBE DBE MP KC QC DL JP FRS FCA ACA ACCA FRSA BSc MSc MBA PhD BA MA"
)
_HONOURS: Final = frozenset(_HONOUR_WORDS.split())
_SMALL_WORDS: Final = (
    "by to is was are has had who our its an a on in or if be do did his her per via led but not"
    " nor can may"
)
_SMALL: Final = frozenset(_SMALL_WORDS.split())
_LEAD: Final = 130  # characters before a title in which its name may stand
_TRAIL: Final = 90  # and behind it
_BLOCK: Final = 70  # between name and title: labels, a company, a line of dots


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A title, with the name beside it if there is one."""

    start: int
    end: int
    title: str
    named: bool
    core: int
    """Where the title itself ends, before what it is a director or partner of."""


def detect_signature(reading: Reading) -> tuple[Detection, ...]:
    """Met: a name and a qualifying title as sign-off; partial: one of them, a title that does not
    qualify, or both only in an introduction."""
    content = reading.text.content
    kind = entity_type(reading)
    found = [*_titled(content, kind), *_untitled(content)]
    return strongest(found)


def names_in(content: str, start: int, end: int) -> list[Span]:
    """Runs of two or more capitalised words that can be a personal name."""
    names: list[Span] = []
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(content, max(0, start), end):
        if run and not _joined(content[run[-1].end() : token.start()]):
            _close(content, run, names)
            run = []
        if token.group().rstrip(".").lower() in NOT_NAMES and len(token.group().rstrip(".")) > 1:
            _close(content, run, names)
            run = []
        else:
            run.append(token)
    _close(content, run, names)
    return names


def _joined(between: str) -> bool:
    """Whether two capitalised words belong to one name: nothing, blanks or particles between."""
    words = between.split()
    return (
        between.count("\n") <= 1
        and len(between) <= 12
        and (not words or all(word in _PARTICLES for word in words))
    )


def _names(run: list[re.Match[str]]) -> int:
    """How many words of a run are names rather than titles of honour or letters behind them."""
    return sum(token.group() not in _HONOURS for token in run)


def _last_line(content: str, run: list[re.Match[str]]) -> list[re.Match[str]]:
    """The last of the lines that a run stands on, and as many before it as a name needs."""
    whole = 0  # words of the lines taken so far that are more than initials
    for at in range(len(run) - 1, -1, -1):
        token = run[at]
        if whole > 1 and "\n" in content[token.end() : run[at + 1].start()]:
            return run[at + 1 :]
        whole += len(token.group().rstrip(".")) > 1
    return run


def _close(content: str, run: list[re.Match[str]], names: list[Span]) -> None:
    run = _last_line(content, run)
    whole = [token for token in run if len(token.group().rstrip(".")) > 1]
    if len(run) < 2 or not whole or _names(run) > 6 or not content[run[-1].end() - 1].isalpha():
        return
    if len(content[run[0].start() : run[-1].end()].split()) < 2:
        return  # one word with a capital inside it
    if _COMPANY_AFTER.match(content, run[-1].end()):
        # A company below the name: keep the line that holds the name.
        line = content.find("\n", run[0].end(), run[-1].start())
        if line > 0:
            _close(content, [token for token in run if token.end() <= line], names)
        return
    names.append(Span(run[0].start(), run[-1].end()))


def _titled(content: str, kind: EntityType) -> Iterator[Detection]:
    for title in TITLE.finditer(content):
        if title.group()[-1] in "sS" and _BOARD_OF.search(
            content, max(0, title.start() - 20), title.start()
        ):
            continue  # "the Alder Limited Board of Directors": a body, not a title
        block = _block(content, title)
        value = _value(content, block, kind) if block else None
        if block and value:
            yield Detection(block.start, block.end, value)


_BOARD_OF = re.compile(r"\bboards?\s+of\s+(?:the\s+)?$", re.IGNORECASE)


def _block(content: str, title: re.Match[str]) -> Block | None:
    lead = max(0, title.start() - _LEAD)
    ahead = [
        n for n in names_in(content, lead, title.start()) if _beside(content[n.end : title.start()])
    ]
    end = title.end() + len(_rest_of_title(content, title.end()))
    if ahead:
        name = ahead[-1]
        return Block(name.start, end, content[name.end : end], True, title.end())
    behind = names_in(content, title.end(), min(len(content), title.end() + _TRAIL))
    if behind and (
        _after(content[title.end() : behind[0].start])
        or (end < behind[0].start and _after(content[end : behind[0].start]))
    ):
        start = title.start() - len(_rank(content, title.start()))
        title_text = content[start : behind[0].start]
        return Block(start, behind[0].end, title_text, True, behind[0].end)
    start = title.start() - len(_rank(content, title.start()))
    return Block(start, end, content[start:end], False, title.end())


_REST = re.compile(
    r"(?:\s+of\s+(?:the\s+)?[A-Z&][\w&.]*(?:\s(?:and\s|of\s)?[A-Z&][\w&.]*){0,5})?"
    r"(?:[ \t]*\n?[ \t]*(?:,|and|&|/|[–-])[ \t]*\n?[ \t]*(?:(?:the|[A-Z][\w.]*)\s+){0,3}"
    r"(?:Director|Officer|President|Chairman|Chair|Secretary|CEO|Partner|Counsel)\b)?"
)
_DETERMINER = re.compile(r"^(?:.*\n\s*)?(?:(?:Our|The|Its|A|An|This|Your|My)\s+)?", re.DOTALL)
_RANK = re.compile(r"(?:[A-Z][\w&,/-]{0,15}\s+(?:(?:and|&|of)\s+)?){0,4}$")


def _rest_of_title(content: str, end: int) -> str:
    match = _REST.match(content, end, end + 100)
    return match.group() if match else ""


def _rank(content: str, start: int) -> str:
    match = _RANK.search(content[max(0, start - 60) : start])
    return _DETERMINER.sub("", match.group()) if match else ""


def _beside(between: str) -> bool:
    """Whether only title words, labels and punctuation stand between a name and its title."""
    if len(between) > _BLOCK or between.count("\n") > 4:
        return False
    if re.search(r"[a-z\d)][.!?;]\s+[A-Z]", between):
        return False
    words = [
        word
        for word in re.findall(r"[^\W\d_][\w’'-]*", between)
        if not word[0].isupper() and word.lower() not in _JOINING
    ]
    # One short scrap: what character recognition makes of a signature, or a brand in lower case.
    return not words or (len(words) == 1 and len(words[0]) < 4 and words[0] not in _SMALL)


_LABEL = re.compile(
    r"[’']?s?(?:\s+(?:signed(?=\s?:)|name|of|on behalf of|signature)){0,3}(?![\w\s]{0,3}\.\s)"
    r"[\s:;,|)(_.…–-]{0,40}(?:(?:Print\s+)?Name[\s:_.…-]{0,20})?$",
    re.IGNORECASE,
)


def _after(between: str) -> bool:
    return len(between) <= 60 and _LABEL.match(between) is not None


_SIGN_CUE = re.compile(
    r"\bsign(?:ed|ature|atory)?\b|signed|undersigned|\bapproved\b|behalf\b|sincerely|faithfully"
    r"|regards\b"
    r"|\bendorsed\b|authori[sz]ed by|\bcertify\b|by order of|\bdeclaration\b|_{4}|\.{6}|…{2}|/s/"
    r"|print(?:ed)? name|\bname\b\W{0,4}$|approval",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"[^.;]{{0,60}}?(?:{ANY_DATE}|\bdated?\b|\bsign(?:ed|ature)\b|on\W+behalf|by order of)",
    re.IGNORECASE | re.DOTALL,
)
_PROSE = re.compile(r"\s*,?\s*(?:\([^)]*\)\s*)?,?\s*(?:and\s+)?(?-i:[a-z]{2,})")
_PROSE_LEAD = re.compile(
    r"\b(?:by|led|to|from|with|our|chaired|under|through|report\w*|responsib\w+|oversee\w*|is|are"
    r"|including)[\s,]{1,3}"
    r"(?:(?:the|our|its|Mr|Mrs|Ms|Dr)[\s,.]{1,3}){0,2}$",
    re.IGNORECASE,
)
_NOT_SIGNING = re.compile(
    r"\bresponsible\b|responsibility\s+(?:for|of|lies|sits|rests)|oversee|oversight|accountab"
    r"|\bled by\b|chaired by|report\w* to|sponsor|contact|appointed"
    r"|\bwelcome\b|foreword",
    re.IGNORECASE,
)
# A sign-off stands behind the text; a name and title further up introduce it.
_INTRODUCTION: Final = 0.3  # share of the text
_END: Final = 500  # characters


def _value(content: str, block: Block, kind: EntityType) -> LegalValue | None:
    lead = content[max(0, block.start - 170) : block.start]
    trail = content[block.end : block.end + 90]
    cue = _SIGN_CUE.search(lead[-120:]) is not None or _SIGN_CUE.search(block.title) is not None
    dated = _DATED.match(trail) is not None
    rest = len(content[block.end : block.end + 120].strip())
    prose = (rest > 60 and _PROSE.match(trail) is not None) or _PROSE_LEAD.search(lead) is not None
    at_end = block.start > len(content) - _END
    alone = _alone(content, block.start, block.end) or _alone(content, block.start, block.core)
    if not block.named:
        return "partial" if _bare_title(block, lead, trail, at_end) else None
    if prose and not (cue or (dated and alone)):
        return None
    if _NOT_SIGNING.search(before(content, block.start, 120)) and not (cue or dated):
        return None
    if not (cue or dated or alone or at_end):
        return None
    if not _may_sign(block.title, trail, kind):
        return "partial"
    introduces = block.start < _INTRODUCTION * len(content) and not (cue or dated)
    return "partial" if introduces else "met"


def _may_sign(title: str, trail: str, kind: EntityType) -> bool:
    if kind == "llp" and re.search(r"\bmember\b", title, re.IGNORECASE):
        return True
    if kind == "limited_partnership":
        return re.search(r"\bpartner\b", title + trail, re.IGNORECASE) is not None
    return qualifies(title)


def _alone(content: str, start: int, end: int) -> bool:
    """A block of its own: it starts a line or sentence, and nothing goes on behind it."""
    lead = content[max(0, start - 6) : start]
    trail = content[end : end + 4]
    starts = not lead.strip() or lead.endswith("\n") or re.search(r"[.!?:…_”\"]\s*$|\s{2,}$", lead)
    return bool(starts) and (
        not trail.strip() or trail[:1] in "\n\f,." or trail[:2] == "  " or trail[1:2].isupper()
    )


def _bare_title(block: Block, lead: str, trail: str, at_end: bool) -> bool:
    """A title without a name that is still a sign-off: a form left empty, or the last line."""
    form = re.match(r"(?:[’']?s)?\s*signature|\s*:?\s*_{3}", trail, re.IGNORECASE)
    form = form or re.match(r"signature\s+of\b", block.title, re.IGNORECASE)
    labelled = re.search(
        r"\b(?:signed|position|title|signature(?:\s+of)?)\s*:?\s*$", lead[-25:], re.IGNORECASE
    )
    labelled = labelled or re.search(
        r"\b(?i:signed|signature)\s?[:,]?\s+(?:[A-Z][\w&.’'-]*[\s,]{1,2}){1,4}$", lead[-80:]
    )
    dated = re.match(
        rf"(?:[\s,]+(?:of|[A-Z&(][\w&.()]*)){{0,6}}[\s,]{{0,6}}(?:Date\b|(?i:{ANY_DATE}))", trail
    ) and not re.search(r"[a-z,]\s+$", lead[-5:])
    own_line = (
        (at_end or _JUST_SIGNED.search(lead))
        and lead.rstrip(" ")[-1:] in ("\n", "")
        and _OWN_LINE.match(trail)
    )
    return bool(form or labelled or dated or own_line) and qualifies(block.title)


# Between the words of approval and the title stands at most what is left of a signature.
_JUST_SIGNED = re.compile(
    r"\b(?:approved|signed)\b[^\n]{0,100}\s+(?:\S{1,12}[ \t]*\n\s*)?$", re.IGNORECASE
)
_OWN_LINE = re.compile(
    r"[ \t]*(?:(?:,|of|for|at)?[ \t]{0,2}(?:(?:of|and|&|the)[ \t])?"
    r"(?:[A-Z(][\w&.’'()-]*|plc|ltd)){0,7}"
    r"[ \t.]*"
    r"(?:[\n\f]|$)"
)
_SIGNED = word_cues(
    r"\bSign(?:ed|ature)\b(?:\s+(?:for|and|on|behalf|of|the|by|off|digitally|electronically))*",
    flags=re.IGNORECASE,
)
_SIGNED_BY_TITLE = word_cues(
    r"\b(?:signed|approved)\W{1,3}(?:off\W{1,3})?(?:[\w]+\W{1,3}){0,4}?by\W{1,3}(?:our|the|its"
    r"|a)\W{1,3}"
    r"(?:\w+\W{1,3}){0,5}?(?:director\b|chief\W{1,3}executive|CEO\b|chair\w*|president\b"
    r"|member\W{1,3}of\W{1,3}(?:the|its|our)\W{1,3}board"
    r"|designated\W{1,3}member)",
    flags=re.IGNORECASE,
)
# "signed by Amara Whitfield, a director of the company", "in her capacity as a director".
_SIGNED_BY_NAME = word_cues(
    r"\b(?:signed|approved|authori[sz]ed)\W{1,3}(?:off\W{1,3})?(?:\w+\W{1,3}){0,5}?by\W{1,3}",
    flags=re.IGNORECASE,
)
_IN_PROSE = re.compile(
    r"[\s,(]{1,3}(?:(?:acting|who\s+is|being|in\s+(?:his|her|their|the)\s+capacity|signing|our|the"
    r"|its|as|an?|of|for|board)[\s,]{1,3}){0,4}(?:(?:[\w-]+)\s){0,2}?"
    r"(?:director|chief\s+executive|chair(?:man|woman|person)?|trustee|partner|president"
    r"|member\s+of\s+the\s+(?:\w+\s)?board|designated\s+member|principal|owner|ceo)\b",
    re.IGNORECASE,
)
# Fields of a form or of an electronic signature.
_TITLE_FIELD = word_cues(
    r"(?:\btitle|\bposition|\bjob\s+title|\brole|\bdesignation|\bcapacity)\s?[:|]?\s{0,3}"
    r"((?:[A-Z][\w&.’'/-]*[ ,]{1,2}(?:(?:of|and|&|the)[ ]){0,2}){0,4}[A-Z][\w-]+)",
    flags=re.IGNORECASE,
)
_NAME_FIELD = word_cues(
    r"(?:\bsigned(?:\s+by)?|\bname|\bsignatory|\bsignature)\s?[:|]?\s{0,4}(?=[A-Z])",
    flags=re.IGNORECASE,
)
# What headings begin with; a personal name does not.
_HEADING_WORD = re.compile(
    r"\b(?:human|modern|slavery|risk|assess\w*|further|supplier|engage\w*|working|rights|policies"
    r"|values|your|useful|related|download|privacy|contact|follow|social|media|latest|read|more|back"
    r"|quick|links?|customer|service|help|best|practice|key|high|low|good|product|food|new|all|rights"
    r"|home|page|corporate|internal|external|labour|labor|stronger|together|living|wage|great|britain"
    r"|bank|audit|stock|exchange|data|street|road|house|court|park|lane|avenue|way|brands?|investor"
    r"|relations|press|media|gender|pay|tax|head|our|terms|conditions|map|site|search|menu|log|sign"
    r"|industry|building|health|safety|united|nations|global|index|supply|sourcing|fair|trade)\b",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Dame|Lord|Lady|(?:Print )?Name)\.?:?)?"
)
_SENTENCE = re.compile(r"[a-z]{2,}\s+[a-z]{2,}\s+[a-z]{2,}")
_FRESH = re.compile(r"(?:^|[.!?:…_”\n])\s*$")
_DATE_OR_BEHALF = re.compile(
    rf"[\s,]{{0,4}}(?:{ANY_DATE}|(?:for\s+and\s+)?on\s+behalf)", re.IGNORECASE
)
_DATE_OR_BEHALF_CUE = re.compile(r"20[1-4]\d|\d[./-]\d|[Bb]ehalf|BEHALF")
_NEAR: Final = 6  # characters between a label and its name
_LONG_NAME: Final = 5  # words
_APPROVED_NEAR = re.compile(
    r"\b(?:approv(?:ed|al)|sign(?:ed|ature)|board|directors|trustees|on\s+behalf|statement|act)\b",
    re.IGNORECASE,
)
_DIRECTORS_NAME = word_cues(
    r"\bname\s*\(\s*(?:director|partner|member|trustee)\s*\)[\s:._]{1,20}"
    r"|\b(?:director|partner|trustee)['’]?s?\s+name[\s:._]{1,20}|\bname\s+of\s+(?:director|partner"
    r"|trustee)[\s:._]{1,20}",
    flags=re.IGNORECASE,
)
_ROLE_WORD = re.compile("[Oo]wner|OWNER|[Aa]uthor|AUTHOR|[Aa]pprover|[Ww]ritten")
_ROLE = word_cues(
    r"\b(?:document|policy|statement)\W{1,3}(?:owner|approver|author)\W{1,4}|\bwritten by\W{1,4}",
    flags=re.IGNORECASE,
)


def _untitled(content: str) -> Iterator[Detection]:
    """Sign-offs whose title does not stand beside the name, or is missing."""
    yield from _behind_cue(content)
    yield from _labelled(content)
    yield from _by_title(content)
    yield from _by_name(content)
    yield from _fields(content)
    yield from _alone_at_end(content)
    yield from _dated_at_end(content)


def _first_name(content: str, start: int, width: int) -> Span | None:
    names = names_in(content, start, min(len(content), start + width))
    return names[0] if names else None


def _behind_cue(content: str) -> Iterator[Detection]:
    """A name behind ``Signed`` or ``Document owner``."""
    roles = _ROLE.finditer(content) if _ROLE_WORD.search(content) else ()
    for cue in (*_SIGNED.finditer(content), *roles):
        name = _first_name(content, cue.end(), 120)
        if name and not _SENTENCE.search(content[cue.end() : name.start]):
            yield Detection(cue.start(), name.end, "partial")


def _labelled(content: str) -> Iterator[Detection]:
    """``Director's name: ...``."""
    for label in _DIRECTORS_NAME.finditer(content):
        name = _first_name(content, label.end(), 60)
        if name and name.start - label.end() < _NEAR:
            yield Detection(label.start(), name.end, "met")


def _by_title(content: str) -> Iterator[Detection]:
    """``signed by our chief executive, ...``."""
    for match in _SIGNED_BY_TITLE.finditer(content):
        name = _first_name(content, match.end(), 70)
        yield Detection(
            match.start(), name.end if name else match.end(), "met" if name else "partial"
        )


def _by_name(content: str) -> Iterator[Detection]:
    """``signed by ..., a director of the company``."""
    for match in _SIGNED_BY_NAME.finditer(content):
        name = _first_name(content, match.end(), 60)
        title = _IN_PROSE.match(content, name.end) if name else None
        if name and title and name.start - match.end() < 2 * _NEAR:
            value: LegalValue = "met" if qualifies(title.group()) else "partial"
            yield Detection(match.start(), title.end(), value)


def _dated_at_end(content: str) -> Iterator[Detection]:
    """A name before a date or ``on behalf of``."""
    first = max(0, len(content) - 12 * _END)
    for start, end in windows(content, _DATE_OR_BEHALF_CUE, 100, 0):
        for name in names_in(content, max(first, start), end):
            lead = content[max(0, name.start - 12) : name.start]
            if _FRESH.search(lead) and _DATE_OR_BEHALF.match(content, name.end):
                yield Detection(name.start, name.end, "partial")


def _fields(content: str) -> Iterator[Detection]:
    """``Signed by: Amara Whitfield``, and a few lines on ``Title: Director``."""
    for title in _TITLE_FIELD.finditer(content):
        if not qualifies(title[1]) or not TITLE.search(title[1]):
            continue
        start, end = max(0, title.start() - 220), min(len(content), title.end() + 160)
        for label in _NAME_FIELD.finditer(content, start, end):
            names = names_in(content, label.end(), min(end, label.end() + 50))
            if names and names[0].start == label.end():
                first, last = min(label.start(), title.start()), max(names[0].end, title.end())
                yield Detection(first, last, "met")
                break


def _alone_at_end(content: str) -> Iterator[Detection]:
    """A name as a line of its own behind the last sentence, without a title."""
    for name in names_in(content, max(0, len(content) - 4 * _END), len(content)):
        line_start = content.rfind("\n", max(0, name.start - 40), name.start) + 1
        trail = _OWN_LINE.match(content, name.end)
        if trail is None or not _BEFORE_NAME.fullmatch(content[line_start : name.start].strip()):
            continue
        words = content[name.start : name.end]
        if not 1 < len(words.split()) < _LONG_NAME or _HEADING_WORD.search(words):
            continue
        lead = content[max(0, line_start - 240) : line_start].rstrip()
        ends = lead[-1:] in '.!?:”"0123456789_'
        if ends and _APPROVED_NEAR.search(lead[-110:]) and not _heads_prose(content, trail.end()):
            yield Detection(name.start, name.end, "partial")


def _heads_prose(content: str, start: int) -> bool:
    """Whether what follows reads on, so that the line is a heading."""
    following = content[start : start + 160].lstrip()
    return len(re.findall(r"\b[a-z]{2,}\b", following.split("\n", 1)[0])) > 8
