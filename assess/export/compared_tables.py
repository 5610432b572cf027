"""Tables of what texts show beside one another: reused words, and years."""

from __future__ import annotations

from assess.export.columns import (
    DOCUMENT,
    TO_DOCUMENT,
    Column,
    Reference,
    Table,
    boolean,
    day,
    integer,
    number,
    text,
)


def _document(column: str, description: str) -> tuple[Column, Reference]:
    return (
        text(column, description, required=True),
        Reference((column,), "documents", ("document_sha256",)),
    )


_FIRST, _TO_FIRST = _document("first_sha256", "in documents; the smaller hash")
_SECOND, _TO_SECOND = _document("second_sha256", "in documents")
_EARLIER, _TO_EARLIER = _document("earlier_sha256", "in documents")
_LATER, _TO_LATER = _document(
    "later_sha256", "in documents; the same where one file stands for both years"
)
_NAMED = "its organisation, as in documents, else the document's name"

TEXT_PAIRS = Table(
    "text_pairs",
    "Pairs of like texts",
    "Documents of which one has at least half of the other's runs of eight words. Nothing tells "
    "who wrote first, and organisations that the registry does not link may still be one group.",
    ("first_sha256", "second_sha256"),
    (
        _FIRST,
        text("first", _NAMED, required=True),
        _SECOND,
        text("second", _NAMED, required=True),
        number(
            "overlap",
            "runs that both have, as a share of those of the text that has fewer, 0 to 1",
            of="text_pairs",
            required=True,
        ),
        number(
            "own_overlap",
            "the same without law, definitions and formulae; null where too few others are left",
            of="text_pairs",
        ),
        integer("shared_runs", "number of runs that both have", of="text_pairs", required=True),
        text(
            "relation",
            "of their organisations: same_organisation, same_group, different, or "
            "unknown where one has no registry row",
            of="text_pairs",
            required=True,
            choices=("same_organisation", "same_group", "different", "unknown"),
        ),
    ),
    """
    SELECT first_sha256, coalesce(first_owner.organisation, first.name), second_sha256,
        coalesce(second_owner.organisation, second.name), overlap, own_overlap, shared_runs,
        relation
    FROM text_pairs
    JOIN names AS first ON first.document_sha256 = first_sha256
    JOIN names AS second ON second.document_sha256 = second_sha256
    LEFT JOIN owners AS first_owner ON first_owner.document_sha256 = first_sha256
    LEFT JOIN owners AS second_owner ON second_owner.document_sha256 = second_sha256
    ORDER BY first_sha256, second_sha256""",
    (_TO_FIRST, _TO_SECOND),
)

TEXT_CLUSTERS = Table(
    "text_clusters",
    "Clusters of like texts",
    "Near-copies across organisations.",
    ("document_sha256",),
    (
        DOCUMENT,
        text("organisation", _NAMED, required=True),
        integer("cluster", "1 is the largest", of="text_clusters", required=True),
        boolean(
            "is_template",
            "true for the text that overlaps most with the others; nothing tells which was first",
            required=True,
        ),
        number("overlap", "with that text, 0 to 1", of="text_clusters", required=True),
    ),
    """
    SELECT clusters.document_sha256, coalesce(owners.organisation, names.name), cluster,
        is_template, overlap
    FROM text_clusters AS clusters
    JOIN names ON names.document_sha256 = clusters.document_sha256
    LEFT JOIN owners ON owners.document_sha256 = clusters.document_sha256
    ORDER BY cluster, is_template DESC, clusters.document_sha256""",
    (TO_DOCUMENT,),
)

YEAR_PAIRS = Table(
    "year_pairs",
    "Year on year",
    "Consecutive statements of organisations: how many sentences were kept, reworded, added and "
    "dropped.",
    ("pair_id",),
    (
        integer("pair_id", "key in this database", required=True),
        text(
            "organisation",
            "whose statements they are; of several, the first by name and how many more",
        ),
        integer("earlier_year", "registry year of the earlier statement"),
        integer("later_year", "registry year of the later statement"),
        _EARLIER,
        _LATER,
        integer(
            "kept",
            "sentences that are the same but for dates and numbers",
            of="year_pairs",
            required=True,
        ),
        integer(
            "reworded", "sentences that are in both in other words", of="year_pairs", required=True
        ),
        integer("added", "sentences only in the later one", of="year_pairs", required=True),
        integer("dropped", "sentences only in the earlier one", of="year_pairs", required=True),
        number(
            "unchanged_share",
            "share of the later one's words in kept sentences, 0 to 1",
            of="year_pairs",
            required=True,
        ),
    ),
    """
    SELECT pairs.id,
        CASE count(DISTINCT organisations.id) WHEN 0 THEN NULL WHEN 1 THEN min(organisations.name)
            ELSE min(organisations.name) || ' and ' || (count(DISTINCT organisations.id) - 1)
                || ' more' END,
        min(earlier.year), min(later.year), earlier_sha256, later_sha256, kept, reworded, added,
        dropped, unchanged_share
    FROM year_pairs AS pairs
    LEFT JOIN year_pair_organisations AS links ON links.pair_id = pairs.id
    LEFT JOIN organisations ON organisations.id = links.organisation_id
    LEFT JOIN statements AS earlier ON earlier.id = links.earlier_statement_id
    LEFT JOIN statements AS later ON later.id = links.later_statement_id
    GROUP BY pairs.id ORDER BY pairs.id""",
    (_TO_EARLIER, _TO_LATER),
)

PROMISES = Table(
    "promises",
    "Promises",
    "What the earlier statement announced, and what the later one says of it. What is done is "
    "seldom told in the words in which it was promised: not_found is no proof that nothing was "
    "done.",
    ("pair_id", "start"),
    (
        integer("pair_id", "in year_pairs", of="promises", required=True),
        text("quote", "words of the earlier text", of="promises", required=True),
        integer("start", "first character there", of="promises", required=True),
        integer("end", "one past the last", of="promises", required=True),
        day("due", "the latest day that it names, or null", of="promises"),
        text(
            "outcome",
            "reported, not_done, repeated, unclear, not_found or not_due",
            of="promises",
            required=True,
            choices=("reported", "not_done", "repeated", "unclear", "not_found", "not_due"),
        ),
        text("later_quote", "the nearest sentence of the later text, or null", of="promises"),
        integer("later_start", "first character there", of="promises"),
        integer("later_end", "one past the last", of="promises"),
        number(
            "likeness",
            "share of the promise's words in that sentence, weighted by their rarity, 0 to 1",
            of="promises",
        ),
    ),
    """
    SELECT pair_id, quote, start, "end", due, outcome, later_quote, later_start, later_end,
        likeness
    FROM promises ORDER BY pair_id, start""",
    (Reference(("pair_id",), "year_pairs", ("pair_id",)),),
)

TABLES = (TEXT_PAIRS, TEXT_CLUSTERS, YEAR_PAIRS, PROMISES)
