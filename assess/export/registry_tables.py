"""Tables of what came in: organisations, statements and documents."""

from __future__ import annotations

from assess.export.columns import (
    DOCUMENT,
    TO_DOCUMENT,
    TO_ORGANISATION,
    TO_STATEMENT,
    WHOSE,
    Table,
    boolean,
    day,
    integer,
    number,
    text,
    time,
)

ORGANISATIONS = Table(
    "organisations",
    "Organisations",
    "One row for each organisation of the registry. Rows of the registry that are the same "
    "organisation are one here.",
    ("organisation_id",),
    (
        integer("organisation_id", "key in this database", required=True),
        text("name", "as the registry last wrote it", of="organisations", required=True),
        text("company_number", "eight characters, or null", of="organisations"),
        text("address", "as written", of="organisations"),
        text("sector_type", "Private or Public", of="organisations"),
        integer("statements", "registered statements that cover it", required=True),
        integer(
            "group_id",
            "the smallest id of the group of organisations that belong together, as far as the "
            "registry tells; empty where it stands alone or nothing was compared",
        ),
        text("group_because", "what links it to its group"),
    ),
    """
    SELECT organisations.id, organisations.name, organisations.company_number,
        organisations.address, organisations.sector_type,
        (SELECT count(DISTINCT statements.id) FROM organisations AS same
            JOIN statement_organisations AS owners ON owners.organisation_id = same.id
            JOIN statements ON statements.id = owners.statement_id AND withdrawn_at IS NULL
            WHERE same.id = organisations.id OR same.same_as = organisations.id),
        groups.group_id, groups.because
    FROM organisations
    LEFT JOIN organisation_groups AS groups ON groups.organisation_id = organisations.id
    WHERE organisations.same_as IS NULL
    ORDER BY organisations.id""",
    registry=True,
)

STATEMENTS = Table(
    "statements",
    "Statements",
    "One row for each registry submission; a group statement is one row, however many "
    "organisations it covers (statement_organisations lists them). The first part is what the "
    "organisation declared; scores are those of the document that is its text. Documents without "
    "a registry row are in documents only.",
    ("statement_id",),
    (
        integer("statement_id", "key in this database", required=True),
        text("summary_url", "the registry's page of it", of="statements", required=True),
        integer("year", "registry year", of="statements", required=True),
        text("organisation", "whose it is; of several, the first by name and how many more"),
        integer("organisations", "how many organisations it covers", required=True),
        text("sectors", "the registry's sectors of it, separated by semicolons"),
        text("statement_url", "where the organisation says its statement is", of="statements"),
        boolean("group_submission", "true if it covers several organisations, as declared"),
        text("parent_name", "the group's parent, if given", of="statements"),
        day("start_date", "period covered, from", of="statements"),
        day("end_date", "period covered, to", of="statements"),
        text("approving_person", "who signed it off, as declared", of="statements"),
        day("date_approved", "when the board approved it, as declared", of="statements"),
        integer("days_to_approval", "days from the end of the period to the approval"),
        boolean("late", "approved more than six months after the year end (guidance)"),
        text("turnover", "turnover band, as declared", of="statements"),
        day("last_updated", "date of the submission's last change", of="statements"),
        text("pdf_url", "the registry's archived copy", of="statements"),
        time(
            "withdrawn_at",
            "when it was first missing from a complete download of its year, UTC; null while it "
            "is there",
            of="statements",
        ),
        text("document_sha256", "the document that is its text; empty: not at hand"),
        text(
            "match_method",
            "how the document was found to be this statement's",
            choices=("url", "company_number", "name_exact", "name_fuzzy", "reviewed"),
        ),
        number("match_quality", "0 to 1: how good the match is"),
        text(
            "status",
            "whether the document could be judged; empty: not judged, or no document",
            choices=("assessed", "cannot_assess"),
        ),
        text("reason", "why it cannot be assessed", of="assessments"),
        text(
            "statement_kind",
            "statement, policy or other; only a statement is judged as one",
            choices=("statement", "policy", "other"),
        ),
        number(
            "compliance",
            "0 to 100, legal items of LAW, and of BILL where the rubric has them (then it is no "
            "compliance with the law)",
            of="assessments",
        ),
        number("substance", "0 to 100", of="assessments"),
        text("tier", "name of the substance band", of="assessments"),
        number("text_minimal_index", "minimal-compliance index of the text alone, 0 to 1"),
        boolean("text_minimal_flag", "true if that index reaches the rubric's threshold"),
        text("text_minimal_reasons", "its reasons in words, separated by semicolons"),
        number(
            "minimal_index",
            "the index with what shows beside other texts and the registry's row, 0 to 1; empty "
            "where nothing was compared",
        ),
        boolean("minimal_flag", "true if that index reaches the rubric's threshold"),
        text("minimal_reasons", "its reasons in words, separated by semicolons"),
        text(
            "type",
            "kind of statement; empty where nothing was compared",
            choices=("silent", "ritual", "policy_led", "practising", "leading"),
        ),
        text("type_rule", "the rule that gave it, in words", of="minimal_results"),
    ),
    """
    SELECT statements.id, statements.summary_url, statements.year, names.label,
        coalesce(names.organisations, 0),
        (SELECT group_concat(sector, '; ') FROM (SELECT sector FROM statement_sectors
            WHERE statement_id = statements.id ORDER BY sector)),
        statements.statement_url, statements.group_submission, statements.parent_name,
        statements.start_date, statements.end_date, statements.approving_person,
        statements.date_approved, timing.days, timing.late, statements.turnover,
        statements.last_updated, statements.pdf_url, statements.withdrawn_at,
        results.document_sha256, results.match_method, results.match_quality, results.status,
        results.reason, results.statement_kind, results.compliance, results.substance,
        results.tier, results.minimal_index, results.minimal_flag,
        (SELECT group_concat(value, '; ') FROM json_each(results.minimal_reasons)),
        whole.minimal_index, whole.minimal_flag,
        (SELECT group_concat(value, '; ') FROM json_each(whole.reasons)),
        whole.type, whole.type_rule
    FROM statements
    LEFT JOIN statement_names AS names ON names.statement_id = statements.id
    LEFT JOIN statement_timing AS timing ON timing.statement_id = statements.id
    LEFT JOIN own_results AS results ON results.statement_id = statements.id
    LEFT JOIN current_minimal_results AS whole ON whole.statement_id = statements.id
        AND whole.document_sha256 = results.document_sha256
    ORDER BY statements.id""",
    (TO_DOCUMENT,),
    registry=True,
)

STATEMENT_ORGANISATIONS = Table(
    "statement_organisations",
    "Organisations of statements",
    "Which organisations a statement covers.",
    ("statement_id", "organisation_id"),
    (
        integer("statement_id", "in statements", of="statement_organisations", required=True),
        integer("organisation_id", "in organisations", of="statement_organisations", required=True),
        text("organisation", "its name", required=True),
        integer("year", "registry year of the statement", required=True),
    ),
    """
    SELECT DISTINCT owners.statement_id, whole.id, whole.name, statements.year
    FROM statement_organisations AS owners
    JOIN statements ON statements.id = owners.statement_id
    JOIN organisations AS named ON named.id = owners.organisation_id
    JOIN organisations AS whole ON whole.id = coalesce(named.same_as, named.id)
    ORDER BY 1, 2""",
    (TO_STATEMENT, TO_ORGANISATION),
    registry=True,
)

STATEMENT_SECTORS = Table(
    "statement_sectors",
    "Sectors of statements",
    "The registry sectors of a statement. It may have several and then counts in each.",
    ("statement_id", "sector"),
    (
        integer("statement_id", "in statements", of="statement_sectors", required=True),
        text("sector", "the registry's label", of="statement_sectors", required=True),
    ),
    "SELECT statement_id, sector FROM statement_sectors ORDER BY 1, 2",
    (TO_STATEMENT,),
    registry=True,
)

DOCUMENTS = Table(
    "documents",
    "Documents",
    "One row for each kept document, with what was read of it and how it was judged; also those "
    "without a registry row. Local folders are not told: source is a web address, or empty.",
    ("document_sha256",),
    (
        DOCUMENT,
        text("name", "its file name where it came from", required=True),
        text("source", "its address, where it came from the web"),
        text("media_type", "what the bytes are", of="documents", required=True),
        integer("size", "bytes", of="documents", required=True),
        integer("statements", "registered statements whose text it is", required=True),
        *WHOSE,
        text(
            "text_status",
            "whether its text could be read; empty: not yet read",
            choices=("read", "cannot_assess"),
        ),
        text("text_reason", "why it could not be read, such as needs_ocr"),
        text("language", "ISO 639-1, or und", of="texts"),
        integer("words", "number of words", of="texts"),
        text("flags", "quality flags of the text, separated by semicolons"),
        text(
            "status",
            "whether it could be judged; empty: not judged",
            choices=("assessed", "cannot_assess"),
        ),
        text("reason", "why it cannot be assessed", of="assessments"),
        text(
            "statement_kind",
            "statement, policy or other",
            of="assessments",
            choices=("statement", "policy", "other"),
        ),
        number("compliance", "0 to 100, as in statements"),
        number("substance", "0 to 100", of="assessments"),
        text("tier", "name of the substance band", of="assessments"),
        number(
            "particulars_per_100_words",
            "numbers, dates, places, partners and roles named",
            of="assessments",
        ),
        number(
            "vague_share",
            "0 to 1: share of sentences that are aims, beliefs or assurances",
            of="assessments",
        ),
        number(
            "own_share",
            "share of the words outside standard passages that are not shared; "
            "null for a short text",
            of="text_reuse",
        ),
        text("extractor", "version of the extractor", of="texts"),
        text("rubric", "key of the rubric", of="assessments"),
        text("model", "key of the classifier", of="assessments"),
    ),
    """
    SELECT documents.sha256, names.name, names.source, documents.media_type, documents.size,
        coalesce(owners.statements, 0), owners.organisation, owners.year, texts.status,
        texts.reason, texts.language, texts.words,
        (SELECT group_concat(value, '; ') FROM json_each(texts.flags)),
        judged.status, judged.reason, judged.statement_kind, judged.compliance, judged.substance,
        judged.tier, judged.particulars_per_100_words, judged.vague_share, text_reuse.own_share,
        texts.extractor, judged.rubric, judged.model
    FROM documents
    JOIN names ON names.document_sha256 = documents.sha256
    LEFT JOIN owners ON owners.document_sha256 = documents.sha256
    LEFT JOIN texts ON texts.document_sha256 = documents.sha256
    LEFT JOIN judged ON judged.document_sha256 = documents.sha256
    LEFT JOIN text_reuse ON text_reuse.document_sha256 = documents.sha256
    ORDER BY documents.sha256""",
)

MISSING_YEARS = Table(
    "missing_years",
    "Years without a statement",
    "Registry years for which no statement of an organisation was found. That none was found does "
    "not mean that there is none.",
    ("organisation_id", "year"),
    (
        integer("organisation_id", "in organisations", required=True),
        text("organisation", "its name", required=True),
        integer("year", "registry year", required=True),
        text(
            "state",
            "none_found, or not_known where no complete file of the year was read",
            required=True,
            choices=("none_found", "not_known"),
        ),
    ),
    """
    SELECT organisation_id, name, year, state
    FROM missing_years JOIN organisations ON organisations.id = organisation_id
    ORDER BY 1, 3""",
    (TO_ORGANISATION,),
    registry=True,
)

TABLES = (
    ORGANISATIONS,
    STATEMENTS,
    STATEMENT_ORGANISATIONS,
    STATEMENT_SECTORS,
    DOCUMENTS,
    MISSING_YEARS,
)
