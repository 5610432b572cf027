"""Documents of a part, their texts, and what was found in them.

Of two texts of a document the one by the newer extractor wins, then one that could be read, with
fewer unread scans, then the longer. What was found in a text that lost does not come along: its
quotes would not be there.
"""

from __future__ import annotations

from typing import Final

from assess.merge.registry import of

DOCUMENTS: Final = (
    """INSERT INTO main.documents (sha256, media_type, size, kept_as)
    SELECT sha256, media_type, size, kept_as FROM part.documents WHERE true ORDER BY rowid
    ON CONFLICT (sha256) DO UPDATE SET media_type = excluded.media_type, kept_as = excluded.kept_as
        WHERE (excluded.media_type, excluded.kept_as) < (media_type, kept_as)""",
    """INSERT INTO main.document_sources (document_sha256, source, name, read_at)
    SELECT document_sha256, source, name, read_at FROM part.document_sources
    WHERE true ORDER BY rowid
    ON CONFLICT (document_sha256, source) DO UPDATE SET
        name = min(name, excluded.name), read_at = min(read_at, excluded.read_at)""",
    # A person's decision goes before what was matched; of two, the no: a wrong match is worse than
    # a missing one. What nobody decided is matched anew when all parts are in.
    """CREATE TEMP TABLE merged_matches AS
    SELECT kept.id AS statement_id, kept.summary_url, links.document_sha256, links.method,
        links.quality, links.state, links.matched_on,
        links.method = 'reviewed' OR links.state = 'rejected' AS decided
    FROM part.statement_documents AS links
    JOIN part.statements AS theirs ON theirs.id = links.statement_id
    JOIN main.statements AS kept ON kept.summary_url = theirs.summary_url""",
    """INSERT OR IGNORE INTO main.issues (stage, subject, code, message, noted_at)
    SELECT 'match', document_sha256 || ' ' || summary_url, 'decisions_differ',
        'persons decided both ways in the merged databases; taken as rejected', :now
    FROM temp.merged_matches AS theirs JOIN main.statement_documents AS ours
        USING (statement_id, document_sha256)
    WHERE decided AND theirs.state <> ours.state
        AND (ours.method = 'reviewed' OR ours.state = 'rejected')""",
    """INSERT INTO main.statement_documents
        (statement_id, document_sha256, method, quality, state, matched_on)
    SELECT statement_id, document_sha256, method, quality, state, matched_on
    FROM temp.merged_matches WHERE true ORDER BY statement_id, document_sha256
    ON CONFLICT (statement_id, document_sha256) DO UPDATE SET method = excluded.method,
        quality = excluded.quality, state = excluded.state, matched_on = excluded.matched_on
        WHERE (excluded.method = 'reviewed' OR excluded.state = 'rejected')
            AND (excluded.state = 'rejected' OR NOT (method = 'reviewed' OR state = 'rejected'))""",
    """DELETE FROM main.statement_documents WHERE NOT (method = 'reviewed' OR state = 'rejected')
    AND document_sha256 IN (SELECT document_sha256 FROM main.statement_documents
        WHERE method = 'reviewed' AND state = 'accepted')""",
)

TEXTS: Final = (
    """CREATE TEMP TABLE merged_texts AS
    SELECT theirs.document_sha256 AS sha256, theirs.extractor AS their_extractor,
        ours.extractor AS our_extractor,
        CASE WHEN ours.id IS NULL THEN 'new'
            WHEN (ours.extractor, ours.content, ours.flags, coalesce(ours.reason, ''),
                    ours.language) = (theirs.extractor, theirs.content, theirs.flags,
                    coalesce(theirs.reason, ''), theirs.language) THEN 'same'
            WHEN (extractor_rank(theirs.extractor), theirs.status, -unread_scans(theirs.flags,
                    theirs.reason), theirs.words, theirs.content, theirs.flags, theirs.language)
                > (extractor_rank(ours.extractor), ours.status, -unread_scans(ours.flags,
                    ours.reason), ours.words, ours.content, ours.flags, ours.language) THEN 'theirs'
            ELSE 'ours' END AS state
    FROM part.texts AS theirs LEFT JOIN main.texts AS ours USING (document_sha256)""",
    "CREATE UNIQUE INDEX temp.merged_texts_by_hash ON merged_texts (sha256)",
    """INSERT OR IGNORE INTO main.issues (stage, subject, code, message, noted_at)
    SELECT 'extract', sha256, 'texts_differ',
        'it was read differently in the merged databases; the newer or fuller text is kept', :now
    FROM temp.merged_texts WHERE state IN ('ours', 'theirs')""",
    """DELETE FROM main.assessments WHERE (document_sha256, extractor) IN (
        SELECT sha256, their_extractor FROM temp.merged_texts WHERE state = 'theirs')""",
    """DELETE FROM main.texts WHERE document_sha256 IN (
        SELECT sha256 FROM temp.merged_texts WHERE state = 'theirs')""",
    """INSERT INTO main.texts
        (document_sha256, extractor, status, reason, content, language, words, flags)
    SELECT document_sha256, extractor, status, reason, content, language, words, flags
    FROM part.texts JOIN temp.merged_texts ON sha256 = document_sha256
    WHERE state IN ('new', 'theirs') ORDER BY id""",
    """INSERT INTO main.pages (text_id, number, start, "end", method, confidence)
    SELECT kept.id, number, start, "end", method, confidence
    FROM temp.merged_texts JOIN part.texts AS theirs ON theirs.document_sha256 = sha256
    JOIN main.texts AS kept ON kept.document_sha256 = sha256
    JOIN part.pages ON text_id = theirs.id
    WHERE state IN ('new', 'theirs') ORDER BY theirs.id, number""",
    """INSERT INTO main.parts (text_id, start, "end", kind, title, language, confidence, judged)
    SELECT kept.id, start, "end", kind, title, parts.language, confidence, judged
    FROM temp.merged_texts JOIN part.texts AS theirs ON theirs.document_sha256 = sha256
    JOIN main.texts AS kept ON kept.document_sha256 = sha256
    JOIN part.parts ON text_id = theirs.id
    WHERE state IN ('new', 'theirs') ORDER BY theirs.id, start, kind""",
    """INSERT OR IGNORE INTO main.criteria
        (rubric, id, position, title, question, kind, authority, source)
    SELECT rubric, id, position, title, question, kind, authority, source FROM part.criteria
    ORDER BY rowid""",
)

_SAME_REVIEW: Final = """ours.document_sha256 = theirs.document_sha256
    AND ours.criterion IS theirs.criterion AND ours.label IS theirs.label
    AND ours.start IS theirs.start AND ours."end" IS theirs."end" AND ours.quote IS theirs.quote
    AND ours.verdict = theirs.verdict AND ours.value IS theirs.value
    AND ours.reviewer = theirs.reviewer AND ours.reviewed_at = theirs.reviewed_at
    AND ours.reason = theirs.reason"""

# Every review stays; which one counts tells its time.
REVIEWS: Final = (
    """INSERT INTO main.reviews (document_sha256, criterion, label, start, "end", quote, verdict,
        value, reviewer, reviewed_at, reason)
    SELECT document_sha256, criterion, label, start, "end", quote, verdict, value, reviewer,
        reviewed_at, reason
    FROM part.reviews AS theirs
    WHERE NOT EXISTS (SELECT 1 FROM main.reviews AS ours WHERE SAME)
    ORDER BY id""".replace("SAME", _SAME_REVIEW),
    """CREATE TEMP TABLE merged_reviews AS
    SELECT theirs.id AS their_id, max(ours.id) AS our_id
    FROM part.reviews AS theirs JOIN main.reviews AS ours ON SAME
    GROUP BY theirs.id""".replace("SAME", _SAME_REVIEW),
    "CREATE UNIQUE INDEX temp.merged_reviews_by_theirs ON merged_reviews (their_id)",
)

# What an assessment took into account and found, without keys; the home page is left out, as what
# visits say of it is brought to the findings when all parts are in.
_CONTENT: Final = """
    SELECT own.id, document_sha256, extractor, rubric, model, TAKEN AS taken, json_array(
        status, reason, statement_kind, substance, tier, minimal_index, minimal_flag,
        minimal_reasons, particulars_per_100_words, vague_share, minimal_parts,
        (SELECT json_group_array(json_array(
                criterion, value, confidence, found_value, reviewer, reviewed_at))
            FROM (SELECT findings.*, reviewer, reviewed_at FROM SCHEMA.findings
                LEFT JOIN SCHEMA.reviews ON reviews.id = review_id WHERE assessment_id = own.id
                AND findings.criterion <> 'homepage_link' ORDER BY findings.criterion)),
        (SELECT json_group_array(json_array(criterion, quote, page, start, "end", status, method,
                reasons, reviewer, reviewed_at))
            FROM (SELECT findings.criterion, evidence.*, reviewer, reviewed_at FROM SCHEMA.findings
                JOIN SCHEMA.evidence ON finding_id = findings.id
                LEFT JOIN SCHEMA.reviews ON reviews.id = evidence.review_id
                WHERE assessment_id = own.id ORDER BY findings.criterion, evidence.id))) AS content
    FROM SCHEMA.assessments AS own"""
_MAPPED: Final = """(SELECT coalesce(group_concat(our_id), '') FROM (
        SELECT our_id FROM json_each('[' || own.reviews || ']')
        JOIN temp.merged_reviews ON their_id = value ORDER BY our_id))"""
# The assessments of a text in their order: of several rubrics the last one counts.
_ORDER: Final = """(SELECT group_concat(rubric || ' ' || model) FROM (
        SELECT rubric, model FROM SCHEMA.assessments
        WHERE document_sha256 = sha256 AND extractor = their_extractor ORDER BY id))"""
_COLUMNS: Final = """document_sha256, extractor, rubric, model, status, reason, statement_kind,
    compliance, substance, tier, minimal_index, minimal_flag, minimal_reasons,
    particulars_per_100_words, vague_share, minimal_parts"""

ASSESSMENTS: Final = (
    """CREATE TEMP TABLE merged_orders AS
    SELECT sha256 FROM temp.merged_texts WHERE state = 'same'
    AND OURS IS NOT NULL AND THEIRS IS NOT NULL AND OURS <> THEIRS""".replace(
        "OURS", of("main", _ORDER)
    ).replace("THEIRS", of("part", _ORDER)),
    """CREATE TEMP TABLE merged_assessments AS
    SELECT theirs.id AS their_id, theirs.taken, ours.id AS our_id,
        CASE WHEN ours.id IS NULL THEN 'new'
            WHEN (json_array_length('[' || theirs.taken || ']'), theirs.content)
                > (json_array_length('[' || ours.taken || ']'), ours.content)
                THEN 'theirs' ELSE 'ours' END AS state
    FROM (THEIRS) AS theirs
    LEFT JOIN (OURS) AS ours USING (document_sha256, extractor, rubric, model)
    LEFT JOIN temp.merged_texts AS texts ON texts.sha256 = theirs.document_sha256
    WHERE NOT (texts.state IS 'ours' AND theirs.extractor = texts.our_extractor)""".replace(
        "THEIRS", of("part", _CONTENT).replace("TAKEN", _MAPPED)
    ).replace("OURS", of("main", _CONTENT).replace("TAKEN", "own.reviews")),
    """DELETE FROM main.assessments WHERE id IN (
        SELECT our_id FROM temp.merged_assessments WHERE state = 'theirs')""",
    """INSERT INTO main.assessments (COLUMNS, reviews)
    SELECT COLUMNS, taken FROM temp.merged_assessments
    JOIN part.assessments AS theirs ON theirs.id = their_id
    WHERE state IN ('new', 'theirs') ORDER BY their_id""".replace("COLUMNS", _COLUMNS),
    """INSERT INTO main.findings
        (assessment_id, criterion, value, present, confidence, found_value, review_id)
    SELECT ours.id, criterion, value, present, confidence, found_value, our_review.our_id
    FROM temp.merged_assessments AS merged
    JOIN part.assessments AS theirs ON theirs.id = merged.their_id
    JOIN main.assessments AS ours USING (document_sha256, extractor, rubric, model)
    JOIN part.findings ON findings.assessment_id = theirs.id
    LEFT JOIN temp.merged_reviews AS our_review ON our_review.their_id = review_id
    WHERE merged.state IN ('new', 'theirs') ORDER BY findings.id""",
    """INSERT INTO main.evidence
        (finding_id, quote, page, start, "end", status, method, reasons, review_id)
    SELECT kept.id, quote, page, start, "end", evidence.status, method, reasons, our_review.our_id
    FROM temp.merged_assessments AS merged
    JOIN part.assessments AS theirs ON theirs.id = merged.their_id
    JOIN main.assessments AS ours USING (document_sha256, extractor, rubric, model)
    JOIN part.findings ON findings.assessment_id = theirs.id
    JOIN main.findings AS kept ON kept.assessment_id = ours.id
        AND kept.criterion = findings.criterion
    JOIN part.evidence ON evidence.finding_id = findings.id
    LEFT JOIN temp.merged_reviews AS our_review ON our_review.their_id = evidence.review_id
    WHERE merged.state IN ('new', 'theirs') ORDER BY evidence.id""",
    # Where the parts judged a text by several rubrics in another order, the order of the rubrics'
    # keys: whichever part came first.
    """CREATE TEMP TABLE renumbered AS
    SELECT id AS old, (SELECT max(id) FROM main.assessments)
        + row_number() OVER (ORDER BY sha256, rubric, model) AS new
    FROM temp.merged_orders JOIN main.assessments ON document_sha256 = sha256""",
    "CREATE UNIQUE INDEX temp.renumbered_by_old ON renumbered (old)",
    """UPDATE main.findings SET assessment_id = new FROM temp.renumbered
    WHERE old = assessment_id""",
    "UPDATE main.assessments SET id = new FROM temp.renumbered WHERE old = id",
)

# Of a document those of the part whose text won; others stay. Lost originals are told by the merge.
ISSUES: Final = (
    """CREATE TEMP TABLE won_subjects AS
    SELECT 'extract' AS stage, sha256 AS subject, state FROM temp.merged_texts
    UNION ALL SELECT 'score', sha256, state FROM temp.merged_texts
    UNION ALL SELECT 'collect', trim(organisation || ' ' || url), state FROM temp.merged_targets""",
    "CREATE INDEX temp.won_subjects_by_subject ON won_subjects (subject, stage)",
    """DELETE FROM main.issues WHERE code NOT IN ('texts_differ', 'original_lost') AND EXISTS (
        SELECT 1 FROM temp.won_subjects AS won
        WHERE won.stage = issues.stage AND won.subject = issues.subject AND state = 'theirs')""",
    """INSERT INTO main.issues (stage, subject, code, message, noted_at)
    SELECT stage, subject, code, message, noted_at FROM part.issues AS theirs
    WHERE code <> 'original_lost' AND NOT EXISTS (
        SELECT 1 FROM temp.won_subjects AS won
        WHERE won.stage = theirs.stage AND won.subject = theirs.subject AND state = 'ours')
    ORDER BY id
    ON CONFLICT (stage, subject, code) DO UPDATE SET message = min(message, excluded.message),
        noted_at = min(noted_at, excluded.noted_at)""",
)
