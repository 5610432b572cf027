"""A benchmark in sentences, the same on a terminal, on the page and in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from assess.compare.peers import (
    Benchmark,
    Change,
    Gap,
    KeptDocument,
    PeerGroup,
    PeerQuote,
    PersonSaid,
    Seen,
    Standing,
)
from assess.compare.stats import Share
from assess.records import Value
from assess.report.data import DocumentLink
from assess.report.words import (
    KINDS,
    NOT_FOUND,
    STATUSES,
    VALUES,
    count,
    cut,
    listed,
    percent,
    share_words,
)

ORDER: Final = (
    "What the law asks comes first and is marked LAW. The other gaps follow in the order of what "
    "most peers and the best of them have: the mean of two shares, that of all peers who have it "
    "and that of the leading quarter, the peers with the highest substance."
)
ADVICE: Final = (
    "What to write is never invented here. The advice is made of the questions that the rubric "
    "asks, and the examples are other organisations' own words, about their own business. Say only "
    "what was done; where nothing was done yet, do it first, or say so. Copied words prove nothing "
    "and are recognised as copied."
)
WANTED: Final = {
    "met": "meet it",
    "true": "have it",
    "1": "mention it, at least in general",
    "2": "are specific on it",
    "3": "are specific on it, with results",
}
CHANGES: Final = {
    "gained": "Gained",
    "deeper": "Deeper",
    "shallower": "Shallower",
    "lost": "Not found any more",
    "unchanged": "Unchanged",
    "not_comparable": "Not applicable in one of the two",
}
NOT_ENOUGH: Final = "stated, but not enough for this"
# An unfound item and one that was seen but does not count.
_NOTHING: Final = ("absent", "0", "false")
_CONTRIBUTES: Final = ("partial", "1", "2")


def noun(found: Benchmark) -> str:
    """What is benchmarked is called."""
    return "draft" if found.kind == "draft" else "statement"


def title(found: Benchmark) -> str:
    """E.g. ``draft.docx`` or ``Name, 2022``."""
    return cut(found.name) if found.year is None else f"{cut(found.name)}, {found.year}"


def group_words(group: PeerGroup) -> str:
    """The peers' sectors, years and turnover."""
    parts = ["; ".join(map(cut, group.sectors))]
    if group.years:
        parts.append(f"registry year {listed([str(year) for year in group.years])}")
    if group.turnover:
        parts.append(f"turnover {cut(group.turnover)}")
    return ", ".join(parts)


def against(found: Benchmark) -> str:
    """Who the peers are."""
    return (
        f"{count(found.peers, 'statement')}, the latest assessed of "
        f"{count(found.organisations, 'organisation')}, in: {group_words(found.group)}"
    )


def notices(found: Benchmark) -> Iterator[str]:
    """What a reader must know before the figures."""
    what = noun(found)
    if found.proposal:
        yield (
            f"Not law: compliance here counts what a proposal would ask: {found.proposal}. What is "
            "only proposed is marked BILL, and its absence is not unlawful."
        )
    if not found.peers:
        yield "There are no peers to compare with: the gaps stand in the order of the rubric."
    elif found.too_few:
        yield (
            f"Too few to compare: {count(found.peers, 'peer')}, fewer than {found.minimum}. Take "
            "the places below as a hint at most; the gaps and the examples hold all the same."
        )
    if found.other_rubrics:
        judged = sum(found.other_rubrics.values())
        yield (
            f"{count(judged, 'document')} of the database were judged by another rubric only "
            f"({listed(list(found.other_rubrics))}) and are no peers; score them with this one: "
            "assess score."
        )
    if not found.same_model:
        yield (
            f"The {what} and some peers were judged by different classifiers; score the database "
            "again (assess score) before relying on small differences."
        )
    if not found.reuse_known:
        yield (
            "No peer is quoted: reused text has not been computed, so that own words cannot be "
            "told from templates. Run assess compare reuse, then this again."
        )
    if found.statement_kind != "statement":
        kind = KINDS.get(found.statement_kind, found.statement_kind)
        yield f"The {what} reads like {kind}; read its figures with care."
    if found.left_out:
        yield (
            f"Left out of the peers as its own: {count(found.left_out, 'statement')} of the same "
            "organisation, or with the very same text."
        )


def sentences(found: Benchmark) -> Iterator[str]:
    """What the figures say."""
    what = noun(found)
    by_id = {standing.id: standing for standing in found.standings}
    for id_, told in (
        ("compliance", f"On {_asked(found)} and a text can show, the {what} reaches"),
        ("substance", f"For substance (what is described as done) the {what} reaches"),
    ):
        if (standing := by_id.get(id_)) and standing.value is not None:
            tier = f", tier “{cut(found.tier)}”" if id_ == "substance" and found.tier else ""
            yield f"{told} {standing.value:.0f} of 100{tier}.{_place(standing)}"
    yield _law(found.gaps)
    areas = [one for one in found.standings if one.kind == "area" and one.percentile is not None]
    if len(areas) > 1:
        low = min(areas, key=lambda one: one.percentile or 0.0)
        high = max(areas, key=lambda one: one.percentile or 0.0)
        yield (
            f"Of the {len(areas)} areas it stands lowest among its peers in “{low.title}” "
            f"({place_words(low)}) and highest in “{high.title}” ({place_words(high)})."
        )
    beyond = [gap for gap in found.gaps if gap.authority not in ("LAW", "BILL")]
    if beyond and found.peers:
        first = beyond[0]
        yield (
            f"{count(len(beyond), 'gap')} beyond the law. First comes “{first.title}”: "
            f"{share_words(first.peers, 'peers')} {WANTED[first.wanted]}, and "
            f"{_of(first.leading)} that lead."
        )


def _asked(found: Benchmark) -> str:
    return "what the law asks, and a proposal would ask," if found.proposal else "what the law asks"


def _place(standing: Standing) -> str:
    if standing.percentile is None or standing.peer_median is None:
        return ""
    return (
        f" Half of its peers reach {standing.peer_median:.0f} or more; its place among them is "
        f"{place_words(standing)}."
    )


def place_words(standing: Standing) -> str:
    """E.g. ``percentile 14, 95% interval 9–21``."""
    if standing.percentile is None or standing.interval is None:
        return "no place"
    return (
        f"percentile {standing.percentile:.0f}, 95% interval "
        f"{standing.interval.low:.0f}–{standing.interval.high:.0f}"
    )


def _law(gaps: Sequence[Gap]) -> str:
    lacking = [gap for gap in gaps if gap.authority == "LAW"]
    if not lacking:
        return "Every item of the law that was judged was found in the text."
    told = [
        f"“{gap.title}” ({'in part' if gap.value == 'partial' else NOT_FOUND})" for gap in lacking
    ]
    items = "item is" if len(lacking) == 1 else "items are"
    return f"Of what the law asks, {len(lacking)} {items} not or not fully found: {listed(told)}."


def _of(share: Share) -> str:
    return f"{share.count:,} of the {share.of:,}"


def value_words(value: Value) -> str:
    """A value in lower case words."""
    told = VALUES.get(str(value).lower(), str(value))
    return told[0].lower() + told[1:]


def have_words(gap: Gap) -> str:
    """What the text has of a gap; what was seen but does not count is not called missing."""
    if str(gap.value).lower() in _NOTHING and gap.seen:
        return "seen, not counted"
    return value_words(gap.value)


def seen_words(gap: Gap, seen: Seen) -> str:
    """What a quote of the subject is worth for this gap."""
    if seen.status == "implemented" and str(gap.value).lower() not in _CONTRIBUTES:
        return NOT_ENOUGH
    return STATUSES.get(seen.status, seen.status)


def peers_words(gap: Gap) -> str:
    """How many peers, and how many of the leading quarter, reach what is wanted."""
    if not gap.peers.of:
        return "no peers to count"
    return (
        f"{share_words(gap.peers, 'peers')} {WANTED[gap.wanted]}; "
        f"of the leading quarter {gap.leading.count:,} of {gap.leading.of:,}"
    )


def short_share(share: Share) -> str:
    """E.g. ``86%``, or a dash where there is nobody to count."""
    return "–" if share.value is None else percent(share.value)


def person_words(person: PersonSaid) -> str:
    """E.g. ``corrected by NAME on DATE: reason``."""
    did = "corrected" if person.corrected else "confirmed"
    why = f": {cut(person.reason)}" if person.reason else ""
    return f"{did} by {cut(person.reviewer)} on {person.day}{why}"


def change_words(change: Change) -> str:
    """From one value to the other."""
    return f"{value_words(change.before)} → {value_words(change.after)}"


def linked(kept: KeptDocument) -> DocumentLink:
    """A kept document as pages link to it."""
    return DocumentLink(kept.name, kept.kept_as, kept.media_type)


def quote_words(quote: PeerQuote) -> str:
    """What else a reader must know of a peer's words, to follow its page: ``, planned``."""
    told = [
        "" if quote.status == "implemented" else STATUSES.get(quote.status, quote.status),
        "confirmed by a person" if quote.confirmed else "",
    ]
    return "".join(f", {one}" for one in told if one)


def method(found: Benchmark) -> Iterator[str]:
    """How the figures were made, and what they do not say."""
    yield (
        "Peers: of each organisation the latest statement that was assessed, if it is in the "
        "sector. A statement of several organisations is one peer, as it is one text."
    )
    yield (
        "Percentile: the share of peers below, ties counted half. Its 95% interval is Wilson's for "
        "that share: how far chance in which statements were collected could move it. It is wide "
        "where peers are few."
    )
    yield (
        "Compliance is compared on the items that a text can show. The link on the home page "
        "(section 54(7)) is left out on both sides: for a draft nobody has visited the home page."
    )
    yield (
        "An area's value (0–100) is in equal parts its depth (0 to 3) and the share of its "
        "indicators that were found. What is described as done counts, and plans only where plans "
        "are asked for; conditions, denials and vague assurances are shown, not counted."
    )
    yield (
        f"Examples are quoted from peers that reach what is asked, the highest in substance first "
        f"({count(found.leading, 'peer')} in the leading quarter), each from another organisation "
        "or group, as far as the registry tells. Each was compared with the kept text to the "
        "letter; sentences that several organisations have, and texts that are mostly others', "
        "are left out. Line breaks are shown as blanks; […] marks what was cut."
    )
    yield (
        "Judgements are made by rules and a classifier and can be wrong in single cases: read the "
        "quote. “Not found in the text” is about words only; that they are missing is no proof of "
        "a breach, and that they are there is no proof of action."
    )
    if found.kind == "draft":
        yield "The draft was read on this machine; nothing of it was sent or stored anywhere else."
