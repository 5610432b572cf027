"""Tables of what was judged, and of what persons said of it."""

from __future__ import annotations

from assess.export.columns import (
    DOCUMENT,
    REVIEW,
    TO_DOCUMENT,
    TO_STATEMENT,
    WHOSE,
    Reference,
    Table,
    boolean,
    integer,
    number,
    text,
    time,
)

_CRITERION = text("criterion", "id of the criterion", required=True)
_AUTHORITIES = ("LAW", "BILL", "GUIDANCE", "BENCHMARK")

CRITERIA = Table(
    "criteria",
    "Criteria",
    "The criteria of each rubric behind the assessments, with what each asks and where it comes "
    "from. Only LAW is the law as it stands.",
    ("rubric", "criterion"),
    (
        text("rubric", "the rubric's key", of="criteria", required=True),
        _CRITERION,
        integer("position", "its place in the rubric", of="criteria", required=True),
        text("title", "short name", of="criteria", required=True),
        text("question", "what is asked", of="criteria", required=True),
        text(
            "kind",
            "legal, flag, depth or indicator",
            of="criteria",
            required=True,
            choices=("legal", "flag", "depth", "indicator"),
        ),
        text(
            "authority",
            "LAW, BILL (proposed, not law), GUIDANCE or BENCHMARK",
            of="criteria",
            required=True,
            choices=_AUTHORITIES,
        ),
        text("source", "where the criterion comes from", of="criteria", required=True),
    ),
    """
    SELECT rubric, id, position, title, question, kind, authority, source FROM criteria
    WHERE rubric IN (SELECT rubric FROM judged) ORDER BY rubric, position, id""",
)

FINDINGS = Table(
    "findings",
    "Findings",
    "The judgement of each criterion of each document, by its newest assessment. A value of "
    "absent, 0 or false says that nothing of it was found in the text, not that nothing was done.",
    ("document_sha256", "criterion"),
    (
        DOCUMENT,
        *WHOSE,
        integer("statement_id", "that statement, in statements"),
        text("rubric", "key of the rubric", of="assessments", required=True),
        _CRITERION,
        text("title", "short name", of="criteria", required=True),
        text("kind", "legal, flag, depth or indicator", of="criteria", required=True),
        text(
            "authority",
            "LAW, BILL (proposed, not law), GUIDANCE or BENCHMARK",
            of="criteria",
            required=True,
        ),
        text(
            "value",
            "met, partial, absent, na; 0 to 3; true, false: what counts, corrected "
            "where a person corrected it",
            required=True,
            choices=("met", "partial", "absent", "na", "0", "1", "2", "3", "true", "false"),
        ),
        boolean("present", "true if met, at least 1, or true; false if not; null for na"),
        number("confidence", "0 to 1", of="findings", required=True),
        text(
            "found_value",
            "what rules and classifier found, where a person's review decided the value; else null",
            of="findings",
        ),
        text(
            "review",
            "what a person did with it; empty: nobody looked",
            choices=("confirmed", "corrected"),
        ),
        *REVIEW,
    ),
    """
    SELECT judged.document_sha256, owners.organisation, owners.year, owners.statement_id,
        judged.rubric, findings.criterion, criteria.title, criteria.kind, criteria.authority,
        findings.value, findings.present, findings.confidence, findings.found_value,
        CASE WHEN findings.review_id IS NULL THEN NULL
            WHEN coalesce(findings.found_value, findings.value) = findings.value THEN 'confirmed'
            ELSE 'corrected' END,
        reviews.reviewer, reviews.reviewed_at, reviews.reason
    FROM judged
    JOIN findings ON findings.assessment_id = judged.id
    JOIN criteria ON criteria.rubric = judged.rubric AND criteria.id = findings.criterion
    LEFT JOIN owners ON owners.document_sha256 = judged.document_sha256
    LEFT JOIN reviews ON reviews.id = findings.review_id
    ORDER BY judged.document_sha256, criteria.position, findings.criterion""",
    (
        TO_DOCUMENT,
        TO_STATEMENT,
        Reference(("rubric", "criterion"), "criteria", ("rubric", "criterion")),
    ),
)

EVIDENCE = Table(
    "evidence",
    "Evidence",
    "The quotes that findings rest on (status implemented), and quotes that were seen but do not "
    "count as done (the other statuses). What a person rejected as evidence is not here but in "
    "reviews. The words are those of the organisations that published the statements.",
    ("evidence_id",),
    (
        integer("evidence_id", "key in this database", required=True),
        DOCUMENT,
        *WHOSE,
        _CRITERION,
        text("quote", "equals the text between start and end", of="evidence", required=True),
        integer("page", "page it begins on", of="evidence", required=True),
        integer("start", "first character in texts.content", of="evidence", required=True),
        integer("end", "one past the last", of="evidence", required=True),
        text(
            "status",
            "what the words say: done, planned, under a condition, denied or lacking, or vague",
            required=True,
            choices=("implemented", "planned", "conditional", "negated", "vague"),
        ),
        text(
            "method",
            "what found it: rule:<name>, or model:<criterion> for the learned part of a criterion",
            of="evidence",
            required=True,
        ),
        *REVIEW,
    ),
    """
    SELECT evidence.id, judged.document_sha256, owners.organisation, owners.year,
        findings.criterion, evidence.quote, evidence.page, evidence.start, evidence."end",
        evidence.status, evidence.method, reviews.reviewer, reviews.reviewed_at, reviews.reason
    FROM judged
    JOIN findings ON findings.assessment_id = judged.id
    JOIN evidence ON evidence.finding_id = findings.id AND evidence.status <> 'rejected'
    LEFT JOIN owners ON owners.document_sha256 = judged.document_sha256
    LEFT JOIN reviews ON reviews.id = evidence.review_id
    ORDER BY judged.document_sha256, findings.id, evidence.start, evidence.id""",
    (
        TO_DOCUMENT,
        Reference(("document_sha256", "criterion"), "findings", ("document_sha256", "criterion")),
    ),
)

REVIEWS = Table(
    "reviews",
    "Reviews",
    "What persons say of findings and sentences; the last one on the same words counts and is "
    "here.",
    ("review_id",),
    (
        integer("review_id", "key in this database", required=True),
        DOCUMENT,
        *WHOSE,
        text(
            "criterion", "id of the criterion reviewed, or null where it is a label", of="reviews"
        ),
        text(
            "label",
            "label of the classifier reviewed, or null: exactly one of the two is set",
            of="reviews",
        ),
        integer(
            "start",
            "first character of the words reviewed; null: the document as a whole",
            of="reviews",
        ),
        integer("end", "one past the last", of="reviews"),
        text("quote", "the words from start to end", of="reviews"),
        text(
            "verdict",
            "of a quote: confirmed (is evidence), rejected (is none), changed (is "
            "evidence, of another value); of a document: the value found is right, wrong, or "
            "another one holds",
            of="reviews",
            required=True,
            choices=("confirmed", "rejected", "changed"),
        ),
        text(
            "value",
            "JSON: what holds, of the criterion in this document, of the label in this "
            "sentence (0 or 1); null where the reviewer does not say",
            of="reviews",
        ),
        text("reviewer", "name of the person", of="reviews", required=True),
        time("reviewed_at", "when, UTC", of="reviews", required=True),
        text("reason", "why; may be empty where the verdict is confirmed", of="reviews"),
    ),
    """
    SELECT reviews.id, reviews.document_sha256, owners.organisation, owners.year,
        reviews.criterion, reviews.label, reviews.start, reviews."end", reviews.quote,
        reviews.verdict, reviews.value, reviews.reviewer, reviews.reviewed_at, reviews.reason
    FROM current_reviews AS reviews
    LEFT JOIN owners ON owners.document_sha256 = reviews.document_sha256
    ORDER BY reviews.id""",
    (TO_DOCUMENT,),
)

DECLARATION_CHECKS = Table(
    "declaration_checks",
    "Declared against evidenced",
    "Each answer in the registry (self-declared) beside the text. What is not found in the text "
    "may still be true.",
    ("statement_id", "field", "answer"),
    (
        integer("statement_id", "in statements", of="declaration_inputs", required=True),
        text("organisation", "whose statement it is", required=True),
        integer("year", "registry year", required=True),
        text("field", "column of the registry's file", of="declaration_checks", required=True),
        text(
            "answer",
            "the answer; of several in one cell, one",
            of="declaration_checks",
            required=True,
        ),
        text(
            "result",
            "confirmed, not_found, contradicted or not_checked",
            of="declaration_checks",
            required=True,
            choices=("confirmed", "not_found", "contradicted", "not_checked"),
        ),
        text("document_sha256", "the text, in documents", of="declaration_checks", required=True),
        text("quote", "the words that confirm or contradict, or null", of="declaration_checks"),
        integer("start", "first character in texts.content, or null", of="declaration_checks"),
        integer("end", "one past the last", of="declaration_checks"),
        text(
            "search",
            "what was looked for, or why it cannot be checked",
            of="declaration_checks",
            required=True,
        ),
    ),
    """
    SELECT checks.statement_id, names.label, statements.year, checks.field, checks.answer,
        checks.result, checks.document_sha256, checks.quote, checks.start, checks."end",
        checks.search
    FROM declaration_checks AS checks
    JOIN statements ON statements.id = checks.statement_id
    JOIN statement_names AS names ON names.statement_id = checks.statement_id
    ORDER BY checks.statement_id, checks.field, checks.answer""",
    (TO_STATEMENT, TO_DOCUMENT),
    registry=True,
)

TABLES = (CRITERIA, FINDINGS, EVIDENCE, REVIEWS, DECLARATION_CHECKS)
