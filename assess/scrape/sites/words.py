"""What the words of links, addresses and titles say."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

_SUBJECT: Final = (
    r"modern(?:[\s-]*day)?[\s-]*slavery|anti[\s-]*slavery|slavery\s*(?:&|and)\s*(?:human\s*)?"
    r"traffick\w*|human\s*traffick\w*|slavery\s+(?:act|statement|policy|disclosure|transparency)"
    r"|caethwasiaeth\s+fodern|(?:section|s\.?)\s*54\s+statement|msa\s+(?:2015\s+)?statement"
)
SUBJECT = re.compile(_SUBJECT, re.I)
"""Says modern slavery, in any of its usual wordings, Welsh among them."""
# Addresses run words together.
_SUBJECT_IN_URL = re.compile(
    rf"{_SUBJECT}|modernslavery|modernday\s*slavery|antislavery|slavery\s*(?:and\s*)?(?:human\s*)?"
    r"traffick|slavery|humantraffick|\bmsa\b|\bmss\b",
    re.I,
)
_STATEMENT = re.compile(r"statement|disclosure|transparency|report|datganiad|\bact\b", re.I)
_POLICY = re.compile(r"policy|code\s+of\s+conduct", re.I)
# About slavery, and no organisation's own account of what it does.
_OTHER_MATTER = re.compile(
    r"\bnews\b|\bblogs?\b|\barticles?\b|\binsights?\b|\bpress\b|\bevents?\b|\bwebinars?\b|\bpodcasts?\b"
    r"|campaign|charit|helpline|hotline|museum|histor|transatlantic|\btraining\b|\bcourses?\b"
    r"|\bvictims?\b|\bsurvivors?\b|\bguide\b|\bguidance\b|toolkit|conference|\breport\s+(?:a\s+)?"
    r"(?:concern|modern|slavery)|what\s+is\s+modern|questionnaire|template|\bservices?\b",
    re.I,
)
# Words of a link that only make sense with those around it.
_POINTS = re.compile(
    r"\W*(?:(?:please\s+)?(?:click|read|view|see|download|open|find)?\s*(?:here|more|our|the|this|it|"
    r"full|latest|current|statement|report|document|pdf|page|policy|link|for|and|read|view|see|open|"
    r"download|out|now|\d{4}(?:[/-]\d{2,4})?|\W)*)",
    re.I,
)
_VAGUE: Final = (
    (4, re.compile(r"(?:legal|regulatory|statutory|compliance|corporate|our|other)\s+"
                   r"(?:statements?|disclosures?|documents?|information|notices?)|\bstatements\b"
                   r"|transparency", re.I)),
    (3, re.compile(r"\bpolic(?:y|ies)\b|complian|human\s+rights|ethic|governance|"
                   r"supply[\s-]*chain|responsib|\bcsr\b|\besg\b", re.I)),
    (2, re.compile(r"sustainab|\blegal\b|suppliers?\b|\breports?\b|publications?|downloads?\b|"
                   r"documents?\b|corporate|\bvalues\b|our\s+commitments?|social\s+(?:impact|value)",
                   re.I)),
    (1, re.compile(r"about|company|who\s+we\s+are|investors?|impact|terms", re.I)),
)  # fmt: skip
# "Policies" lead to a statement; these are each a document of their own.
_OWN_DOCUMENT = re.compile(
    r"privacy|cookie|gender|pay\s+gap|\btax\b|bribery|accessib|refund|returns?\b|delivery|"
    r"complaints?|data\s+protection|gdpr|whistle|environmental\s+policy|quality\s+policy|health\s+"
    r"(?:&|and)\s+safety|equal|careers?|jobs?\b|vacanc|login|sign\s+in|basket|contact",
    re.I,
)
_YEARS = re.compile(r"(?<!\d)(20[12]\d)(?:\s*[-–/_ ]\s*(?:20)?([12]\d))?(?!\d)")
_FY = re.compile(r"\bfy\s*[-_']?\s*(?:20)?([12]\d)(?:\s*[-–/_]\s*(?:20)?([12]\d))?\b", re.I)
_SEPARATORS = re.compile(r"[\s_+./-]+|%20")


def says_slavery(words: str) -> bool:
    """Whether words clearly say modern slavery."""
    return SUBJECT.search(words) is not None


def says_statement(words: str) -> bool:
    """Whether words say statement, or what it may be called."""
    return _STATEMENT.search(words) is not None


def says_policy(words: str) -> bool:
    """Whether words say policy and not statement."""
    return _POLICY.search(words) is not None and not says_statement(words)


def about_other_matter(words: str) -> bool:
    """Whether words are about slavery as a subject: news, campaigns, courses, help for victims."""
    return _OTHER_MATTER.search(words) is not None


def only_points(words: str) -> bool:
    """Whether words say nothing by themselves ("read more", "download 2022 statement")."""
    return not says_slavery(words) and _POINTS.fullmatch(words) is not None


def vagueness(words: str) -> int:
    """How likely a page that is called so lists the statement: 0 (not) to 4."""
    if _OWN_DOCUMENT.search(words):
        return 0
    return next((points for points, pattern in _VAGUE if pattern.search(words)), 0)


def url_words(url: str) -> str:
    """The words of an address's path and query."""
    parts = urlsplit(url)
    return _SEPARATORS.sub(" ", unquote(f"{parts.path} {parts.query}")).strip()


def url_says_slavery(url: str) -> bool:
    """Whether an address's own words say modern slavery."""
    return _SUBJECT_IN_URL.search(url_words(url)) is not None


def years(words: str) -> tuple[int, ...]:
    """Years that words name; of "2021-22" the second."""
    found = [int(match[2] or match[1][2:]) + 2000 for match in _YEARS.finditer(words)]
    found += [int(match[2] or match[1]) + 2000 for match in _FY.finditer(words)]
    return tuple(dict.fromkeys(found))
