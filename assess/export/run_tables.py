"""Tables of where all came from: visits, downloads, versions, and what went wrong."""

from __future__ import annotations

from assess.export.columns import TO_DOCUMENT, Table, boolean, integer, text, time

HOMEPAGE_LINKS = Table(
    "homepage_links",
    "Links on home pages",
    "Section 54(7): whether a site's home page has a link to the statement in a prominent place, "
    "as visits saw it. It is what findings of the criterion homepage_link rest on.",
    ("target_id",),
    (
        integer("target_id", "the visit, key in this database", required=True),
        text("document_sha256", "the document to which the link led; empty: none was found"),
        text(
            "value",
            "met, partial or absent",
            of="homepage_links",
            required=True,
            choices=("met", "partial", "absent"),
        ),
        text("reason", "why, in words", of="homepage_links", required=True),
        text(
            "link_text",
            "words of the link, as they stand on the page; empty if there is none",
            of="homepage_links",
        ),
        text("link_url", "where it leads", of="homepage_links"),
        text("place", "header, menu, body or footer", of="homepage_links"),
        text("page_url", "the home page", of="homepage_links", required=True),
        time("visited_at", "UTC", of="homepage_links", required=True),
    ),
    """
    SELECT links.target_id, (SELECT min(document_sha256) FROM target_documents AS found
            WHERE found.target_id = links.target_id),
        value, reason, link_text, link_url, place, page_url, visited_at
    FROM homepage_links AS links ORDER BY links.target_id""",
    (TO_DOCUMENT,),
)

REGISTRY_FILES = Table(
    "registry_files",
    "Registry downloads",
    "One row for each registry download that was read.",
    ("sha256",),
    (
        text("sha256", "hash of the file", of="registry_files", required=True),
        text("name", "its file name", of="registry_files", required=True),
        integer("row_count", "rows in it", of="registry_files", required=True),
        time("read_at", "when it was first read, UTC", of="registry_files", required=True),
        text(
            "url",
            "where it was downloaded from, or null for a file that was given",
            of="registry_files",
        ),
        boolean("complete", "true if it holds all statements of its years", required=True),
    ),
    "SELECT sha256, name, row_count, read_at, url, complete FROM registry_files ORDER BY id",
    registry=True,
)

VERSIONS = Table(
    "versions",
    "Versions",
    "What made the figures: this program, and the extractors, rubrics and classifiers behind the "
    "documents' assessments.",
    ("part", "version"),
    (
        text(
            "part", "what it is", required=True, choices=("assess", "extractor", "rubric", "model")
        ),
        text("version", "its version or key", required=True),
        integer("documents", "documents it was used for; empty for the program itself"),
    ),
    """
    SELECT 'assess', assess_version(), NULL
    UNION ALL SELECT * FROM (SELECT 'extractor', extractor, count(*) FROM texts GROUP BY 2)
    UNION ALL SELECT * FROM (SELECT 'rubric', rubric, count(*) FROM judged GROUP BY 2)
    UNION ALL SELECT * FROM (SELECT 'model', model, count(*) FROM judged GROUP BY 2)
    ORDER BY 1, 2""",
)

ISSUES = Table(
    "issues",
    "Issues",
    "Everything odd that a run met; each cost itself only.",
    ("issue_id",),
    (
        integer("issue_id", "key in this database", required=True),
        text("stage", "the step that met it", required=True),
        text("subject", "the file, row, document or statement, without its folder", required=True),
        text("code", "short name of what was odd", of="issues", required=True),
        text("message", "in words", of="issues", required=True),
        time("noted_at", "when it was first noted, UTC", of="issues", required=True),
    ),
    "SELECT id, stage, without_folder(subject), code, message, noted_at FROM issues ORDER BY id",
)

TABLES = (HOMEPAGE_LINKS, REGISTRY_FILES, VERSIONS, ISSUES)
