"""Which entities of a group the statement covers: guidance asks to name each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assess.score.detectors.base import Detection, before, find_within, spaced, strongest
from assess.score.detectors.companies import Company, companies
from assess.score.detectors.group_mentions import (
    OTHERS_GROUP,
    mentions_of_group,
    words_about_groups,
)
from assess.score.patterns import word_cues
from assess.score.rules import Reading

# The statement's maker belongs to somebody else's group (it is not that group's parent).
_CHILD = word_cues(
    r"\bsubsidiary\sof\b|\ba\s(?:trading\s)?division\sof\b|\bowned\sby\b"
    r"|\bpart\sof\s(?:the\s|a\s)?(?:[\w&.’'-]+\s){1,5}(?:group|plc|inc|family|ltd|limited|s\.?a)\b"
    r"|\b(?:our|its|whose|ultimate|UK)\s(?:\w+\s)?parent\b|\bsister\scompan",
    flags=re.IGNORECASE,
)
_LOCAL = re.compile(r"\b(?:uk|gb|great britain|ireland|europe|european|london|england|scotland)\b")
# A company that is itself the head of a group.
_HEAD = re.compile(r"\b(?:group|holdings?)$")

_UNNAMED = word_cues(
    spaced(
        # "and all of its subsidiaries"
        r"\b(?:and|&|with|including|together with|for|of|or|to|each of|all) "
        r"(?:(?:all|any|certain|each|both) )?(?:of )?(?:its|their|our|other|the|all) "
        r"(?:[\w&-]++ ){0,4}?(?:subsidiar(?:y|ies)\b(?: (?:compan|undertaking|business|organi)\w+)?"
        r"|group (?:compan|entit|undertaking)\w+|affiliates\b|related bod(?:y|ies) corporate"
        r"|(?:affiliated|related|controlled|associated?) (?:compan|entit|undertaking|business)\w+)"
        # "Alder plc and applicable UK subsidiaries", "and other relevant group companies"
        r"|\b(?:and|&|with|including|or) (?:(?:other|any|all|certain) )?(?:applicable|relevant"
        r"|associated?|affiliated|other|eligible|certain|qualifying) (?:[\w&.-]++ ){0,3}?"
        r"(?:subsidiar(?:y|ies)|group (?:compan|entit|undertaking)\w+|affiliates"
        r"|(?:affiliated|related) (?:compan|entit)\w+)"
        # "our Group's modern slavery statement"
        r"|\b(?:our|the|\w+) (?:[\w&-]++ ){0,4}?[Gg]roup['’]?s?['’]? (?:[Mm]odern )?"
        r"(?:[Ss]lavery|[Ss]tatement)"
        # "all companies within the Group"
        r"|\ball (?:[\w&-]++ ){0,4}?"
        r"(?:companies|entities|organi[sz]ations|businesses|subsidiaries) "
        r"(?:and \w+ )?(?:with)?in (?:the|our) (?:\w+ ){0,3}[Gg]roup"
        # "this statement covers all relevant entities", "the steps the Alder Group has taken"
        r"|\b(?:covers?|applies to|on behalf of|statement (?:of|for|by)|(?:made|issued"
        r"|published) by"
        r"|steps(?: (?:that|which|taken by))?) (?:(?:all|relevant|eligible|the) ){0,3}"
        r"(?:[A-Z][\w&’'-]* ){0,4}(?:Group\b(?!\s(?:plc|PLC|Limited|Ltd|LLC))"
        r"|(?:UK )?(?:legal )?(?:entities|subsidiaries|[Gg]roup (?:[Cc]ompanies|[Ee]ntities)))"
        r"|\b(?:relevant|eligible|all|other) (?:\w+ ){0,3}?"
        r"(?:group companies|UK (?:\w+ )?entities)"
    )
)
_COVER = re.compile(
    r"statement|cover|brings?\stogether|appl(?:y|ies)|behalf|publish|issued|made\sby|following|below|compris|consist"
    r"|made\sup|includ|incorporat|subsidiar|namely|entit(?:y|ies)|compan(?:y|ies)|refer"
    r"|trad(?:es|ing)|group|in\sthis",
    re.IGNORECASE,
)
_BOARDS = re.compile(r"boards?\s+(?:of|members)|approved|registered|signed", re.IGNORECASE)
_EACH_BOARD = re.compile(r"\bboards\b|\beach\s+of\b|\bboth\b", re.IGNORECASE)
# Companies that became one, or belong to somebody else.
_JOINED_OR_OTHERS = re.compile(
    r"merger|merged|acqui|formed\b|formerly|rebrand|suppliers?\b|customers?\b|clients?\b|audited\b"
    r"|members?\s+of\b|copyright|©",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(
    r"[\s,]{1,3}(?:and|or|&|together\swith)\s(?:all\s|each\s|any\s)?(?:of\s)?(?:others?\b|(?:their|its|other|affiliated)\s"
    r"(?:[\w-]+\s){0,4}?(?:subsidiar|affiliat|group\scompan|compan))",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,;&•‣\n–-]|\b(?:and|or)\b", re.IGNORECASE)
_MEMBER: Final = r"(?:the\s)?[A-Z][\w&’'-]+(?:\s(?:[A-Z&(][\w&’')-]*|of)){0,5}"
_NAMES = re.compile(rf"{_MEMBER}(?:,\s|\sand\s|\s&\s){_MEMBER}")
_COMPRISES = re.compile(
    r"\b(?:[Gg]roup|GROUP|[Ll]imited|plc|Plc|PLC|UK)\b[^.;\n]{0,40}?\b(?:compris(?:es|ing|ed)"
    r"(?:\sof)?|consists?\sof|consisting\sof|made\sup\sof|incorporat(?:es|ing))\s"
    rf"(?:\w+\s(?:\w+\s)?companies\W{{1,3}})?{_NAMES.pattern}"
)
_ENTITIES = re.compile(
    r"\b(?:entities|companies|subsidiaries|undertakings|organi[sz]ations)\W(?:[\w-]+\W){0,4}$",
    re.IGNORECASE,
)
_COVER_VERB = re.compile(
    r"\b(?:statement|cover\w*|appl(?:y|ies)|behalf|made\s+by|issued|published|steps)\b",
    re.IGNORECASE,
)
_LISTED = word_cues(
    spaced(
        r"(?:listed|named|set out|identified|specified|detailed) (?:\w+ ){0,3}?"
        r"(?:appendix|annexe?|schedule|below|above|at the end)"
    ),
    flags=re.IGNORECASE,
)
# Between two names of a list: separators, what the list calls them, their short forms.
_BETWEEN = re.compile(
    r"(?:[\s,;:&.•‣*–-]|\b(?:[a-z-]+\s){1,3}(?:company|subsidiary|arm|business|undertaking|entity"
    r"|affiliate|parent|partnership|charity|partner|consultancy|provider|specialist|manufacturer|retailer"
    r"|distributor|operator|insurer|bank)\b|\b(?:and|or|for|the|both|its|their|of|by|as|well|on|behalf|UK|wholly|owned"
    r"|subsidiar(?:y|ies)|parent|company|boards?|directors|date)\b|\([^)]{1,60}\)"
    r"|[“\"‘'][^”\"’']{1,40}[”\"’'])*",
    re.IGNORECASE,
)
# Between "subsidiaries" and their names.
_THEN = re.compile(
    r"(?:\W|\b(?:being|namely|including|include|to|but|not|limited|which|are|is|the|companies|i\.e"
    r"|listed|below)\b){1,40}",
    re.IGNORECASE,
)
_MAKES_BEFORE = re.compile(
    spaced(
        r"(?:\b(?:made|published|issued|prepared|produced|given|provided|submitted) "
        r"(?:by|on behalf of|for)|\bstatement (?:of|by|for|covers|applies to|relates to|comprises)"
        r"|\bbehalf of|\bactivities of|\bconstitutes|\bsteps(?: (?:that|which|taken by))?"
        r"|\bactions (?:of|taken by)) (?:the )?$"
    ),
    re.IGNORECASE,
)
_MAKES_BEHIND = re.compile(
    r"(?:['’]s)?\W{1,4}(?:\(\W?[^)]{1,40}\)\W{1,3})?(?:UK\s)?(?:anti.slavery"
    r"|modern\s(?:day\s)?slavery|slavery\sand|statement|(?:has|have)\s(?:now\s)?(?:taken|undertaken)"
    r"|(?:(?:herein|hereby)\s)?(?:makes|publishes|issues|presents|declares)\b[^.;]{0,30}?\bstatement"
    r"|is\s(?:making|publishing|taking|required)|has\s(?:issued|published|prepared|produced|made))",
    re.IGNORECASE,
)
_WITH_OTHERS = re.compile(
    r"[^.;]{0,40}?(?:\b(?:and|or|including|together)\b|&|,\s(?:its|their)\b)[^.;]{0,40}?"
    r"(?:subsidiar|group\scompan|affiliat|associate[ds]?\b)"
    r"|\W{1,3}(?:is|being|as)\s(?:the|an?)\s(?:\w+\s)?(?:parent|holding)",
    re.IGNORECASE,
)
_PARENT_BEFORE = re.compile(
    r"\b(?:parent|holding\s+company|owned|owner|(?:subsidiary|part|division|member|branch)\s+of"
    r"|acquisition|acquired|merger)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
_IS_CHILD = re.compile(
    r"\s?(?:\([^)]{1,40}\))?,?\s(?:(?:is|are|which is|being)\s)?(?:itself\s)?"
    r"(?:an?\s|part\s|one\s)(?:[\w-]+,?\s){0,4}?"
    r"(?:subsidiary|division|member|branch|arm|of)\b[^.;]{0,20}?\b(?:of|in|within)\s",
    re.IGNORECASE,
)
_COVERS_GROUP = re.compile(
    r"^(?:covers?|appl|on\s+behalf|statement|made|issued|published|steps|all\s)"
    r"|(?:statement|slavery)$",
    re.IGNORECASE,
)
_COVERING_LEAD = re.compile(
    r"\b(?:statement|disclosure)\b|\bbehalf\b|\bsteps\b|\bcollectively|[“\"‘']\s?(?:the\s)?group",
    re.IGNORECASE,
)
# "Alder & Son Ltd ("the Group")": one company under that short name.
_DEFINED: Final = re.compile(
    r"\s{0,2}\(\W{0,2}(?:together\s)?(?:the\s)?\W{0,2}group\W{0,2}\)", re.IGNORECASE
)
_GAP: Final = 60  # characters between two names of one list
_CUE: Final = 260  # characters before a list in which its cue stands
_OPENING: Final = 2_500
_CLOSING: Final = 1_200


def detect_group_mentioned(reading: Reading) -> tuple[Detection, ...]:
    """Whether a group, parent or subsidiary of the organisation's own is mentioned."""
    content = reading.text.content
    return strongest([*mentions_of_group(content), *_lists(content, companies(content), True)])


def detect_group_entities(reading: Reading) -> tuple[Detection, ...]:
    """Met: the covered entities are named; partial: a group or its subsidiaries, not named."""
    content = reading.text.content
    named = companies(content)
    spans = words_about_groups(content)
    unnamed = [
        Detection(m.start(), m.end(), "partial") for m in find_within(_UNNAMED, content, spans)
    ]
    lists = list(_lists(content, named, bool(unnamed)))
    mentions = mentions_of_group(content)
    if not mentions:
        return strongest(lists)
    found = [*unnamed, *lists, *_made_up_of(content), *_named_behind(content, unnamed, named)]
    found += [*_named_one(content, named), *_child_by_name(content)]
    found += [*_subsidiaries_named(content, named), *_filing(content, named, unnamed)]
    if not any(_says_coverage(content, phrase) for phrase in unnamed):
        found += _child_says(content)
    if not unnamed and all(_is_office(content, mention) for mention in mentions):
        found += _speaker(content, named)
    return strongest(found or [Detection(d.start, d.end, "partial") for d in mentions[:1]])


def _lists(content: str, named: Sequence[Company], unnamed: bool) -> Iterator[Detection]:
    """Two or more companies named in a row where the statement says whom it covers."""
    runs: list[list[Company]] = []
    for company in named:
        if runs and _in_list(content, runs[-1][-1], company):
            runs[-1].append(company)
        else:
            runs.append([company])
    runs = [run for run in runs if _distinct(run) > 1]
    # "Alder Limited, Birch Limited and their subsidiaries"
    short = {run[-1].key for run in runs if _AND_OTHERS.match(content, run[-1].end)}
    for run in runs:
        if run[-1].key not in short and _covers(content, run[0].start, unnamed):
            yield Detection(run[0].start, run[-1].end, "met")
    for match in _LISTED.finditer(content):
        lead = before(content, match.start(), 140)
        entities = _ENTITIES.search(lead)
        if entities and _COVER_VERB.search(lead):
            start = match.start() - len(lead) + entities.start()
            yield Detection(start, match.end(), "met")


def _in_list(content: str, last: Company, company: Company) -> bool:
    between = content[last.end : company.start]
    if len(between) > _GAP or between.count("\n") > 3:
        return False
    if not between.strip() and last.key.split()[-2:] == company.key.split()[-2:]:
        return False  # a footer's company, once more
    return (
        _SEPARATOR.search(between) is not None
        and _BETWEEN.fullmatch(between) is not None
        and not between.strip().endswith("(")
    )


def _distinct(run: Sequence[Company]) -> int:
    """How many different companies are named; what was read in front of a name makes no other."""
    keys = {company.key for company in run}
    return sum(not any(key != other and key.endswith(other) for other in keys) for key in keys)


def _covers(content: str, start: int, unnamed: bool) -> bool:
    lead = content[max(0, start - _CUE) : start]
    near = lead[-70:]
    if _JOINED_OR_OTHERS.search(near):
        return False
    if unnamed and _BOARDS.search(near) and not _EACH_BOARD.search(near):
        return False
    return _COVER.search(lead) is not None or start < _OPENING


def _made_up_of(content: str) -> Iterator[Detection]:
    for match in _COMPRISES.finditer(content):
        yield Detection(match.start(), match.end(), "met")


def _named_behind(
    content: str, unnamed: list[Detection], named: Sequence[Company]
) -> Iterator[Detection]:
    """``its subsidiaries, Alpha Limited and Beta Limited``: the phrase goes on to name them."""
    starts = {company.start for company in named}
    for phrase in unnamed:
        words = content[phrase.start : phrase.end].lower()
        then = _THEN.match(content, phrase.end)
        if then is None or "subsidiar" not in words or words.startswith(("of", "for", "or", "to")):
            continue
        listing = any(mark in then.group() for mark in ":,")
        listed = _NAMES.match(content, then.end()) if listing else None
        if listed:
            yield Detection(phrase.start, listed.end(), "met")
        elif not starts.isdisjoint(range(then.end() - 1, then.end() + 5)):
            yield Detection(phrase.start, then.end(), "met")


_ONE_NAMED = re.compile(
    r"\b(?:subsidiary|parent|associate|affiliate|arm|(?:parent|holding|sister|group|trading|operating)"
    r"\scompany)(?:\scompany|\sundertaking)?\W{0,3}(?:called\s|named\s|namely\s|is\s|being\s)?$"
)
_COVERS_BOTH = re.compile(
    r"[^.;]{0,120}?\b(?:covers?|applies\sto|made\s(?:for|by|on\sbehalf\sof)|speaks\sfor|is\sfor)"
    r"\s(?:both|all\s(?:two|three|four|five|of\s(?:them|these))|each\sof\s(?:them|these)|them\s(?:both|all))",
    re.IGNORECASE,
)
# "This statement is made by Alder (UK), a division of ...": the child by name, without a form.
_CHILD_MAKES = re.compile(
    r"\b(?:statement|disclosure)\b[^.;]{0,60}?\b(?:by|of|for|behalf\sof|covers)\s(?:the\s)?"
    r"[A-Z][\w&.’'()-]*(?:\s[A-Z&(][\w&.’'()-]*){0,5}\s?[,(–-]\s?(?:\([^)]{1,30}\),?\s)?"
    r"(?:which\sis\s|itself\s)?(?:an?|the|part|wholly|owned|member)\s?(?:[\w-]+\s){0,4}?"
    r"(?:subsidiary|division|member|part|company|branch|arm|owned|business)\b[^.;]{0,10}?\b(?:of|in|within|by)\s"
)


# "controls the following subsidiary companies: Alder Limited", "its subsidiaries are as follows"
_SUBSIDIARIES: Final = re.compile(
    r"[Ss]ubsidiar(?:ies|y\s(?:[Cc]ompan|[Uu]ndertaking|[Bb]usiness)\w+)\b"
    r"|(?:UK|[Gg]roup|[Oo]perating|[Rr]eporting|[Cc]overed|[Rr]elevant|[Tt]rading|[Ll]egal)\s"
    r"(?:[Cc]ompanies|[Ee]ntities)\b"
)
_FOLLOWING: Final = re.compile(
    r"(?:[^.;:\n]{0,60}?(?:\bas\sfollows\b|\bbeing\b|\bnamely\b|:))?"
    r"(?:[\s,:;•●▪*–—-]|\b(?:being|namely|include|including|which|that|are|as|follows|is|the|i\.e"
    r"|listed|below|and|trading)\b){1,30}",
    re.IGNORECASE,
)


def _subsidiaries_named(content: str, named: Sequence[Company]) -> Iterator[Detection]:
    """``the following subsidiary companies: Alpha Limited, registered in England, ...``."""
    for company in named:
        lead = content[max(0, company.start - _CUE // 2) : company.start]
        for cue in _SUBSIDIARIES.finditer(lead):
            near = lead[: cue.start()]
            if _JOINED_OR_OTHERS.search(near) or "owned by" in near:
                continue
            if _FOLLOWING.fullmatch(lead, cue.end()):
                yield Detection(company.start - len(lead) + cue.start(), company.end, "met")


# "Alder is part of Birch plc", "ABC is a subsidiary company of the Birch Group": the child by name.
_CHILD_SAYS: Final = word_cues(
    r"(?<![\w.])(?!(?:We|It|This|The|Our|They|That|Which|Each|There|Group|Company)\b)"
    r"[A-Z][\w&.’'®()-]*(?:\s[A-Z&(][\w&.’'®()-]*){0,5}®?(?<!Company)\s?(?:\([^)]{1,40}\))?,?\s"
    r"(?:the\s[^.;,]{3,60},\s)?(?:is|operates\sas|trades\sas|being)\s(?:itself\s|now\s|also\s|ultimately\s)?"
    r"(?:(?:an?\s|the\s)?(?:[\w-]+,?\s){0,3}?(?:subsidiary|division|branch|arm|member)"
    r"(?:\s(?:company|undertaking|business))?\sof|(?:\w+[\s-]){0,2}owned\sby|part\sof)\s"
    r"(?:the\s|an?\s)?(?:\w+\s){0,2}?[A-Z]",
)


def _child_says(content: str) -> Iterator[Detection]:
    for match in find_within(_CHILD_SAYS, content, words_about_groups(content)):
        if not OTHERS_GROUP.search(content, max(0, match.start() - 40), match.end()):
            yield Detection(match.start(), match.end() - 1, "met")


# A "Group HR Director" shows that there is a group, not that the statement is for it.
_OFFICE: Final = re.compile(
    r"Group[\s-](?:(?:[A-Z][a-z]+|&|and)\s){0,3}(?:Directors?|Managers?|Auditors?|Head|Counsel|Chair\w*"
    r"|Chief|CEO|CFO|COO|Secretary|Officers?|Executives?|Procurement|HR|Legal|Compliance|Risk|Finance"
    r"|Purchasing|Learning|Internal\sAudit|Staff)\b"
)
# The organisation by a name without a legal form, as the one that speaks.
_SPEAKER: Final = re.compile(
    r"(?<![\w.])(?!(?:The|This|We|Our|It|UK|Modern|Anti|Board|Company|Group|Annual|In|As|At)\b)"
    r"[A-Z][\w&.-]+(?:\s[A-Z&][\w&.-]*){0,3}(?:['’]s)?\s"
    r"(?:(?:Modern|MODERN|Anti)[\s-]S|(?:is|are)\s(?:fully\s)?committed|commits|recogni[sz]es|acknowledges"
    r"|actions|has\staken|(?:does\snot|will\snot)\stolerate|supports)"
)


def _is_office(content: str, mention: Detection) -> bool:
    return _OFFICE.search(content, mention.start, mention.end + 40) is not None


def _speaker(content: str, named: Sequence[Company]) -> Iterator[Detection]:
    """The organisation that speaks, by name, where no group is what it speaks for."""
    for company in named:
        if company.start < _OPENING or company.end > len(content) - _CLOSING:
            yield Detection(company.start, company.end, "met")
            return
    if found := _SPEAKER.search(content, 0, _OPENING):
        yield Detection(found.start(), found.end(), "met")


def _named_one(content: str, named: Sequence[Company]) -> Iterator[Detection]:
    """``it also speaks for our subsidiary, Alpha Limited``; ``this statement covers both``."""
    for company in named:
        lead = content[max(0, company.start - 40) : company.start]
        cue = content[max(0, company.start - 160) : company.start]
        if _COVERS_BOTH.match(content, company.end) or (
            _ONE_NAMED.search(lead)
            and re.search(r"\b(?:speaks?|covers?|behalf)\b", cue, re.IGNORECASE)
        ):
            yield Detection(company.start, company.end, "met")


def _child_by_name(content: str) -> Iterator[Detection]:
    for match in _CHILD_MAKES.finditer(content):
        yield Detection(match.start(), match.end(), "met")


def _only_one(content: str, named: Sequence[Company]) -> Iterator[Detection]:
    """The only company that the whole text names: it makes the statement."""
    keys = {company.key for company in named}
    longest = max(keys, key=len, default="")
    own = min(keys, key=len, default="").split(" ", 1)[0]
    mentions = [
        content[max(0, d.start - 30) : d.end].casefold() for d in mentions_of_group(content)
    ]
    if _HEAD.search(longest) or not all(key in longest for key in keys):
        return
    if any(
        own in mention or "our " in mention or "subsidiaries" in mention for mention in mentions
    ):
        return
    for company in named:
        if company.start < _OPENING or company.end > len(content) - _CLOSING:
            yield Detection(company.start, company.end, "met")
            return


def _filing(
    content: str, named: Sequence[Company], unnamed: list[Detection]
) -> Iterator[Detection]:
    """One company that makes the statement, where a parent or its group is mentioned beside."""
    if not unnamed:
        yield from _only_one(content, named)
    child = any(find_within(_CHILD, content, words_about_groups(content)))
    grouped = {company.key for company in named if _WITH_OTHERS.match(content, company.end)}
    covering = any(_says_coverage(content, phrase) for phrase in unnamed)
    for company in named:
        edge = company.start < _OPENING or company.end > len(content) - _CLOSING
        lead = content[max(0, company.start - 70) : company.start]
        if (
            not edge
            or any(company.key.endswith(key) for key in grouped)
            or _PARENT_BEFORE.search(lead)
        ):
            continue
        head = _HEAD.search(company.key) is not None
        makes = _MAKES_BEFORE.search(lead) or _MAKES_BEHIND.match(content, company.end)
        local = _LOCAL.search(company.key) and not head and not _BOARDS.search(lead)
        alone = child or not unnamed
        if (
            (_IS_CHILD.match(content, company.end) and not covering)
            or (makes and not covering and not (head and unnamed))
            or (alone and (local or (makes and not head)))
            or (child and not unnamed and not head)
            or _DEFINED.match(content, company.end)
        ):
            yield Detection(company.start, company.end, "met")


def _says_coverage(content: str, phrase: Detection) -> bool:
    """Whether the phrase about a group says whom the statement is for."""
    words = content[phrase.start : phrase.end]
    lead = before(content, phrase.start, 140)
    return _COVERS_GROUP.search(words) is not None or _COVERING_LEAD.search(lead) is not None
