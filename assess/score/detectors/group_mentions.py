"""Where a text speaks of a group of companies, a parent or a subsidiary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from assess.score.detectors.base import Detection, Spans, find_within, windows
from assess.score.patterns import word_cues

# "Working Group", "Steering Group": people who meet, not companies.
_PEOPLE: Final = (
    "Working Steering Strategy Language Sourcing Focus Project Advisory Management Task Governance"
    " User Action Leadership Slavery Rights Interest Delivery Network Stakeholder"
    " Prevention Response Champions Oversight Implementation Coordination Review Compliance Ethics"
)
_NOT_PEOPLE: Final = "".join(f"(?<!{word}\\s)" for word in _PEOPLE.split())
_NOT_PEOPLE_LOWER: Final = "".join(
    f"(?<!{word.lower()}\\s)"
    for word in (
        *_PEOPLE.split(),
        "peer",
        "pressure",
        "industry",
        "small",
        "diverse",
        "trade",
        "lobby",
        "buying",
        "purchasing",
        "user",
    )
)
# Every expression about a group holds one of these.
_GROUP_CUE = word_cues(
    r"[Gg]roup|(?:[A-Z]{3,12})?GROUP|[Ss]ubsidiar|[Pp]arent|[Hh]olding|[Oo]wned|[Dd]ivision|[Pp]art\sof|[Pp]artner\sis"
    r"|[Ss]ister|[Aa]ssociate|[Aa]ffiliat|[Ee]ntities|[Rr]elated|[Ff]amily\sof|incorporating"
)
_GROUP = word_cues(
    r"\b(?:[Tt]he|[Oo]ur|[Aa]cross|[Oo]f|[Aa])\s(?:[A-Z][\w&’'-]*\s){0,3}"
    rf"{_NOT_PEOPLE}Group\b(?!\s+(?:of|Tax))"
    rf"|\b[A-Z][\w&’'-]+\s{_NOT_PEOPLE}Group\b|\b[A-Z]{{3,}}\s?GROUP\b(?!\s(?:PLC|LIMITED|LTD))"
    r"|\b(?:our|the|[A-Z]\w+)\sgroup['’]s?\s(?:slavery|modern|business|compan|operations|supply)"
    r"|\b[Oo]ur\s(?:\w+\s)?group\b|\bgroup\s(?:of\s)?(?:compan|entit|undertakings|business)\w+"
    r"|\b(?:our|its|these|UK|all|owned|[A-Z]\w+['’]s)\s(?:\w+[\s-]){0,3}subsidiar(?:y|ies)\b"
    r"|\bsubsidiar(?:y|ies)\sof\b|\ba\s(?:\w+[\s,-]){0,3}subsidiary\b"
    r"|\bsubsidiary\s(?:compan|undertaking|business)\w+|\bwholly[\s-]owned\b"
    r"|\b(?:our|ultimate|its|the|whose)\s(?:\w+\s)?(?:parent|holding)\s"
    r"(?:company|undertaking|group|organi[sz]ation)"
    r"|\bowned\sby\s[A-Z]|\b(?:a|our)\sdivisions?\sof\b"
    r"|\b(?:two|three|four|five|our)\s(?:\w+\s){0,2}divisions\b|\boperating\sgroups\b"
    r"|\bpart\sof\s(?:the\s)?(?:[A-Z][\w&.’'-]*\s){1,5}"
    r"(?:[Gg]roup|plc|PLC|Inc|family|Ltd|Limited|S\.?A)"
    r"|\bpart\sof\sa\s(?:\w+\s){0,3}(?:group|multinational)"
    r"|\b(?:(?:is|are|as)\s(?:an?|one\sof)|,\san?)\s(?:[\w’'.&-]+,?\s){1,6}"
    rf"{_NOT_PEOPLE_LOWER}group\b(?!\s(?:of\s(?:people|work|supp|expert|over|more|\d|leading|senior"
    r"|staff|colleagues|volunteers|banks)|which\smeets|that\smeets|meeting|led|chaired|set\sup))"
    r"|\b[Gg]roup[\s-]wide\b"
    r"|\b(?:sister|associated?|affiliated?|[Gg]roup|parent|holding)\s[Cc]ompan(?:y|ies)\b"
    r"|\bdivision\sof\s(?:the\s)?[A-Z]|\b(?:[a-z]+\s)?(?:general|managing)\spartner\sis\b"
    r"|\b(?:and|with|including)\s(?:its|our|their)\s(?:\w+\s){0,2}(?:affiliates|subsidiar(?:y|ies))\b"
    r"|\bmember\sof\s(?:the\s)?(?:[A-Z][\w&.’'-]*\s){1,5}[Gg]roup\b"
    r"|\b(?!The\b|Our\b|This\b|Each\b|A\b|An\b|Its\b)[A-Z][\w&.’'()-]+\s(?:\([A-Z]\w+\)\s)?"
    rf"{_NOT_PEOPLE}{_NOT_PEOPLE_LOWER}group\b"
    r"|\b[A-Z]\w+-owned\b|\b[A-Z]\w+\sowned\b"
    r"|\b(?:and|with|including|for|of)\s(?:its|our|their)\s(?:\w+\s){0,5}subsidiaries\b"
    r"|\b(?:Ltd|Limited|LLP|plc|PLC|Inc|applicable|relevant|various|several|number\sof|operating)\.?,?\s"
    r"(?:and\s)?(?:U\.?K\.?\s|operating\s)?subsidiaries\b"
    r"|\b(?:with|by|to|from)\sits\s(?:ultimate\s)?parent\b"
    r"|\b(?:across|within|throughout|companies\sin|sites\sin|entities\sin)\s(?:the|our)\s(?:\w+\s){0,2}"
    rf"{_NOT_PEOPLE_LOWER}group\b"
    r"|\bGroup\s(?:Managing|Chief|Finance|Commercial|Operations|HR|Legal|Human|Procurement|Executive|CEO)\b"
    r"|\b(?:\d+|two|three|four|five|six|seven|following|main|operating|business)\s(?:\w+\s){0,2}divisions\b"
    r"|\bparent-company\b|\b(?:affiliated|controlled|related)\sentities\b"
    r"|\brelated\sbod(?:y|ies)\scorporate\b|\b[Ff]amily\sof\s[Cc]ompanies\b"
    r"|\b(?:Limited|Ltd|LLP|plc|PLC|Inc)\.?\sincorporating\s[A-Z]"
)
_OWN_FORM = re.compile(
    r",?\s{1,3}(?:\([A-Z][\w ]{1,20}\)\s)?(?:plc|limited|ltd|llp|inc|llc|s\.?a|ag|se|corp\w*)\b",
    re.IGNORECASE,
)
OTHERS_GROUP = re.compile(r"supplier|vendor|third part|customer|client", re.IGNORECASE)


@lru_cache(maxsize=4)
def mentions_of_group(content: str) -> tuple[Detection, ...]:
    """A group, a parent or a subsidiary in the text's own words; ``Alder Group Limited`` alone
    names one company."""
    return tuple(_find_mentions(content))


@lru_cache(maxsize=4)
def words_about_groups(content: str) -> Spans:
    """Where words about groups stand."""
    return windows(content, _GROUP_CUE, 160, 90)


def _find_mentions(content: str) -> Iterator[Detection]:
    for match in find_within(_GROUP, content, words_about_groups(content)):
        around = content[max(0, match.start() - 60) : match.end() + 30]
        if not OTHERS_GROUP.search(around) and not (
            match.group().lower().endswith("group") and _OWN_FORM.match(content, match.end())
        ):
            yield Detection(match.start(), match.end())
