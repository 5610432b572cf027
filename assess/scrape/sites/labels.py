"""What words say of the page that they lead to: a link's, its address's, or a heading's."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_plus, urlsplit

# Says it as the law does; other labels need knowledge of the law. With usual slips and Welsh.
_CLEAR = re.compile(
    r"\b(?:modern|anti)\W{0,3}(?:day\W{0,3})?slav(?:e\b|e?r?y)|\bslavery\b"
    r"|\b(?:human|people)\W{0,3}traffick?ing|\bcaethwas\w*|\bmasnachu\s+pobl\b",
    re.I,
)
_STATEMENT_OF_THE_ACT = re.compile(
    r"\bmsa\W{0,3}(?:20)?15\b|\bmsa\W{0,3}(?:transparency\s+)?(?:statement|compliance)"
    r"|\b(?:section|sect|s)\W{0,2}54\b|\bslavery\W+act\b|\btisc\b"
    r"|\btransparency\W+in\W+(?:the\W+|our\W+)?supply\W+chains?"
    r"|\bsupply\W+chains?\W+transparency\b",
    re.I,
)
_NAMES_STATEMENT = re.compile(
    r"\b(?:statements?|disclosures?|declarations?|datganiad\w*|transparency\W+report)\b", re.I
)
_POLICY = re.compile(r"\bpolic(?:y|ies)\b|\bpolisi\b|\bcode\b", re.I)
_NEAR = re.compile(
    r"\b(?:compliance|transparency|supply\W+chains?|human\W+rights|ethical\W+(?:trad|sourc)\w+"
    r"|(?:forced|child)\W+labou?r|responsible\W+(?:sourcing|business)|ethics)\W+(?:\w+\W+)?"
    r"(?:statements?|disclosures?|declarations?|reports?)\b",
    re.I,
)
# Talk about slavery that is not the organisation's statement.
_TALK = re.compile(
    r"\b(?:news|blogs?|press|articles?|stor(?:y|ies)|insights?|podcasts?|webinars?|events?"
    r"|campaign\w*|charit(?:y|ies)|donat\w+|fundrais\w+|museums?|wilberforce|histor(?:y|ic|ical)"
    r"|heritage|abolition\w*|trans\W?atlantic|slave\W+trade|exhibition|helpline|hotline|toolkit"
    r"|guid(?:e|es|ance)|what\W+is|signs\W+of|spot(?:ting)?\W+the|explained|courses?|training"
    r"|e\W?learning|stud(?:y|ies)|interviews?|conference|research|survivors?|victims?"
    r"|awareness|case\W+stud(?:y|ies)|services|advice|solicitors|jobs?|careers?|vacanc\w+|videos?"
    r"|report\W+(?:a|any|an)?\W*(?:concern|modern|suspicion)|opinion|commentary|partner\w*)\b",
    re.I,
)
# Of labels that name a statement or policy too, only these are talk: "Acme Services statement".
_TALK_OF_STATEMENTS = re.compile(
    r"\b(?:news|blogs?|press|articles?|stor(?:y|ies)|podcasts?|webinars?|campaign\w*|museums?"
    r"|wilberforce|respon(?:ds|se)|react(?:s|ion)|calls?\W+for|government|parliament|what\W+is"
    r"|how\W+to|templates?|guid(?:e|ance)\W+(?:to|on)"
    r"|statements?\W+(?:services?|consult\w*|support)|help\W+with|customers?|write|writing)\b",
    re.I,
)
# Pages that stand beside the statement and are not it; vague words in their labels say nothing.
_OTHER_SUBJECT = re.compile(
    r"\b(?:cookies?|privacy|gdpr|data\W+protection|gender\W+pay|pay\W+gap|careers?|jobs?|vacanc\w+"
    r"|tax|bribery|corruption|whistle\W?blow\w*|carbon|environment\w*\W+policy|accessibility"
    r"|returns?|refunds?|delivery|shipping|complaints?|terms|health\W+(?:and|&)\W+safety|login"
    r"|equality|diversity|safeguarding|anti\W?money|quality\W+policy|log\W?in|sign\W?in|basket"
    r"|contact|news|blog|press|articles?|events?|annual\W+report)\b",
    re.I,
)
# Vague words, with how often what is behind them lists the statement, roughly, best first.
_VAGUE: Final = tuple(
    (score, re.compile(rf"\b(?:{words})\b", re.I))
    for score, words in (
        (90, r"human\W+rights|supply\W+chains?|ethical\W+(?:trad\w+|sourc\w+)|suppliers?"),
        (85, r"policies|polic(?:y|ies)\W+(?:and|&)\W+\w+|compliance|polis[iï]au"),
        (80, r"statements|disclosures?|transparency|regulatory|statutory|corporate\W+policies"),
        (70, r"legal|governance|(?:corporate|social|our)\W+responsibilit(?:y|ies)|csr|esg|ethics"
             r"|responsib(?:le|ility)(?:\W+(?:business|sourcing))?|cyfreithiol"),
        (60, r"sustainability|corporate(?:\W+information)?|publications|documents|social\W+impact"),
        (45, r"important\W+information|terms|reports?|modern\W+workplace|site\W?map"),
        (30, r"about(?:\W+us)?|who\W+we\W+are|our\W+(?:company|values|business)|amdanom\W+ni"
             r"|company|investors?"),
    )
)  # fmt: skip
_EMPTY_WORDS = re.compile(
    r"\W*(?:(?:click|read|view|see|find|download|open|get|it|out|here|more|now|the|this|full|our"
    r"|latest|current|previous|copy|link|pdf|doc|document|file|statement|report|learn|archive"
    r"|please|for|of|year|ending|ended|financial|fy|to|and|in|a|online|version|\d[\d,.]*"
    r"|k?m?b|january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\b\W*)*",
    re.I,
)
# Words of labels of statements; any other is a name, or tells a story.
_PLAIN = re.compile(
    r"modern|day|slavery|slave|slavey|modernslavery|human|people|traffick?ing|anti|act|uk|gb|london"
    r"|section|transparency|supply|suppliers?|chains?|statements?|polic(?:y|ies)|disclosures?"
    r"|declarations?|reports?|reporting|and|the|our|we|of|on|for|to|in|at|a|s|group|company|companies"
    r"|corporate|full|latest|current|read|view|see|more|download|here|click|link|version|updated?"
    r"|pdf|year|financial|fy|msa|annual|board|signed|new|tab|opens|window|ltd|limited|plc|llp|inc"
    r"|english|welsh|cymraeg|registry|gov|against|combating|tackling|preventing|prevention|forced"
    r"|child|labou?r|compliance|commitment|approach|position|responsib\w+|rights|ethical|ethics"
    r"|trad(?:e|ing)|sourcing|legal|governance|sustainability|esg|csr|gender|pay|gap|privacy|cookies?"
    r"|terms|tax|strategy|social|information|business|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|caethwas\w+|fodern|datganiad\w*|polisi|\d+|kb|mb",
    re.I,
)
# A label of more words tells a story, or is a card; a statement's title has fewer.
_MAX_LABEL: Final = 14
_SPAN = re.compile(r"(?<!\d)(20[12]\d)(?:\s{0,2}[/_–—-]\s{0,2}(?:20)?([123]\d))?(?!\d)")
_DATED = re.compile(r"(?<!\d)(20[12]\d)(?:[01]\d)(?:[0-3]\d)(?!\d)")
_SHORT_SPAN = re.compile(
    r"\bFY\W{0,2}([12]\d)(?:\s?[/_-]\s?([123]\d))?(?!\d)|(?<![\d/.-])([12]\d)[/](\d\d)(?![\d/])",
    re.I,
)
# Content systems file uploads by year and month, which is no year that the document is about.
_UPLOADED = re.compile(r"/20\d\d/(?:[01]?\d/)?|(?<=/)20\d\d-[01]\d(?:-[0-3]\d)?(?=/)")
_EXTENSION = re.compile(r"\.(?:html?|aspx?|php|pdf|docx?|odt|rtf|jsp|cfm)$", re.I)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GLUED = re.compile(r"(modern|anti|stop|end)[-_ ]?(?:day|the)?(slavery|traffick?)", re.I)


def says_slavery(words: str) -> bool:
    """Whether words clearly speak of modern slavery or human trafficking."""
    return _CLEAR.search(words) is not None


def is_strong(words: str) -> bool:
    """Whether words name the subject, or the Act in words that only those know who know it."""
    return says_slavery(words) or _STATEMENT_OF_THE_ACT.search(words) is not None


def names_statement(words: str) -> bool:
    """Whether words name a statement or disclosure, of whatever."""
    return _NAMES_STATEMENT.search(words) is not None


def names_policy(words: str) -> bool:
    """Whether words name a policy and no statement."""
    return _POLICY.search(words) is not None and not names_statement(words)


def is_near(words: str) -> bool:
    """Whether words name a statement on a subject beside: compliance, human rights, suppliers."""
    return _NEAR.search(words) is not None and not is_talk(words) and not is_other_subject(words)


def is_talk(words: str) -> bool:
    """Whether words speak about slavery as news, a campaign, a museum or a service do.

    A label too long for a title is a story, unless it names a statement.
    """
    if names_statement(words) or _POLICY.search(words):
        return _TALK_OF_STATEMENTS.search(words) is not None
    return _TALK.search(words) is not None or len(words.split()) > _MAX_LABEL


def names_in(words: str) -> tuple[str, ...]:
    """The words of a strong label that other statements' labels do not have, in lower case."""
    found = re.findall(r"[^\W_]+", words)
    return tuple(word.lower() for word in found if not _PLAIN.fullmatch(word))


def is_other_subject(words: str) -> bool:
    """Whether words name another thing that sites publish beside the statement."""
    return _OTHER_SUBJECT.search(words) is not None


def vague_score(words: str) -> int:
    """How well vague words lead to the statement: 0 (not at all) to 90."""
    if len(words.split()) > _MAX_LABEL // 2 or is_other_subject(words):
        return 0
    return next((score for score, pattern in _VAGUE if pattern.search(words)), 0)


def is_empty(words: str) -> bool:
    """Whether words say nothing by themselves: "here", "Download", "2023", "View PDF"."""
    return _EMPTY_WORDS.fullmatch(words) is not None


def url_words(url: str) -> str:
    """The words of an address's path and query: ``/about/ModernSlavery_2023.pdf`` has four."""
    parts = urlsplit(url)
    path = _EXTENSION.sub("", _UPLOADED.sub("/", unquote_plus(parts.path)))
    text = _CAMEL.sub(" ", f"{path} {unquote_plus(parts.query)}")
    return " ".join(re.split(r"[^\w]+|_", _GLUED.sub(r"\1 \2", text))).strip()


def file_words(url: str) -> str:
    """The words of an address's last part."""
    path = urlsplit(url).path.rstrip("/")
    return url_words(f"http://x/{path.rpartition('/')[2]}")


def years(words: str) -> tuple[int, ...]:
    """The years that words name, in order; "2022-23" and "FY22/23" are both, 2022 and 2023.

    The year of the Act (2015) beside its name is no year of a statement.
    """
    text = re.sub(r"\bact,?\W{0,2}(?:of\s+)?2015", " ", words, flags=re.I)
    found = [
        (match.start(), int(year) % 100 + 2000)
        for pattern in (_SPAN, _DATED, _SHORT_SPAN)
        for match in pattern.finditer(text)
        for year in match.groups()
        if year
    ]
    return tuple(dict.fromkeys(year for _, year in sorted(found)))


def url_years(url: str) -> tuple[int, ...]:
    """The years in an address's file name."""
    name = _EXTENSION.sub("", unquote_plus(urlsplit(url).path.rstrip("/").rpartition("/")[2]))
    return years(name.replace("_", "-"))
