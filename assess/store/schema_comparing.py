"""Tables and views of comparison: what statements show beside one another."""

from __future__ import annotations

from typing import Final

# What each comparison was last computed from; it is computed anew only where that has changed.
COMPARISONS: Final = (
    """CREATE TABLE comparisons (
        name TEXT PRIMARY KEY,
        inputs TEXT NOT NULL
    ) STRICT""",
)

GROUPS: Final = (
    """CREATE TABLE companies (
        company_number TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        category TEXT NOT NULL,
        status TEXT NOT NULL,
        incorporated_on TEXT
    ) STRICT""",
    """CREATE TABLE company_sic (
        company_number TEXT NOT NULL REFERENCES companies (company_number) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        code TEXT NOT NULL,
        title TEXT NOT NULL,
        division TEXT,
        division_title TEXT,
        section TEXT,
        section_title TEXT,
        PRIMARY KEY (company_number, position)
    ) STRICT""",
    """CREATE TABLE listed_groups (
        id INTEGER PRIMARY KEY,
        group_name TEXT NOT NULL,
        organisation TEXT NOT NULL,
        company_number TEXT NOT NULL,
        UNIQUE (group_name, organisation, company_number)
    ) STRICT""",
    # Of each comparison of groups who is in it; shares and scores have the same first columns.
    """CREATE TABLE group_counts (
        grouping TEXT NOT NULL,
        unit TEXT NOT NULL CHECK (unit IN ('statements', 'organisations')),
        which TEXT NOT NULL CHECK (which IN ('latest', 'all')),
        years TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('all', 'group', 'none', 'unregistered')),
        group_name TEXT NOT NULL,
        statements INTEGER NOT NULL,
        organisations INTEGER NOT NULL,
        with_document INTEGER NOT NULL,
        cannot_assess INTEGER NOT NULL,
        other_kinds INTEGER NOT NULL,
        assessed INTEGER NOT NULL,
        organisations_assessed INTEGER NOT NULL,
        effective REAL NOT NULL,
        too_few INTEGER NOT NULL,
        "rank" INTEGER,
        PRIMARY KEY (grouping, unit, which, years, kind, group_name)
    ) STRICT""",
    """CREATE TABLE group_shares (
        grouping TEXT NOT NULL,
        unit TEXT NOT NULL,
        which TEXT NOT NULL,
        years TEXT NOT NULL,
        kind TEXT NOT NULL,
        group_name TEXT NOT NULL,
        measure TEXT NOT NULL,
        level TEXT NOT NULL,
        number INTEGER NOT NULL,
        "of" INTEGER NOT NULL,
        effective REAL NOT NULL,
        share REAL,
        low REAL,
        high REAL,
        pooled REAL,
        pooled_low REAL,
        pooled_high REAL,
        difference REAL,
        difference_low REAL,
        difference_high REAL,
        effect REAL,
        p_value REAL,
        q_value REAL,
        PRIMARY KEY (grouping, unit, which, years, kind, group_name, measure, level),
        FOREIGN KEY (grouping, unit, which, years, kind, group_name)
            REFERENCES group_counts ON DELETE CASCADE
    ) STRICT""",
    """CREATE TABLE group_scores (
        grouping TEXT NOT NULL,
        unit TEXT NOT NULL,
        which TEXT NOT NULL,
        years TEXT NOT NULL,
        kind TEXT NOT NULL,
        group_name TEXT NOT NULL,
        score TEXT NOT NULL,
        number INTEGER NOT NULL,
        effective REAL NOT NULL,
        lower_quartile REAL,
        median REAL,
        upper_quartile REAL,
        median_low REAL,
        median_high REAL,
        mean REAL,
        pooled_mean REAL,
        pooled_low REAL,
        pooled_high REAL,
        effect REAL,
        effect_low REAL,
        effect_high REAL,
        p_value REAL,
        q_value REAL,
        PRIMARY KEY (grouping, unit, which, years, kind, group_name, score),
        FOREIGN KEY (grouping, unit, which, years, kind, group_name)
            REFERENCES group_counts ON DELETE CASCADE
    ) STRICT""",
)

MINIMAL: Final = (
    "ALTER TABLE assessments ADD COLUMN minimal_parts TEXT NOT NULL DEFAULT '[]'"
    " CHECK (json_valid(minimal_parts))",
    """CREATE TABLE minimal_results (
        id INTEGER PRIMARY KEY,
        document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        statement_id INTEGER REFERENCES statements (id) ON DELETE CASCADE,
        type TEXT,
        type_rule TEXT NOT NULL,
        minimal_index REAL,
        minimal_flag INTEGER,
        reasons TEXT NOT NULL CHECK (json_valid(reasons)),
        UNIQUE (document_sha256, statement_id)
    ) STRICT""",
    """CREATE TABLE minimal_parts (
        result_id INTEGER NOT NULL REFERENCES minimal_results (id) ON DELETE CASCADE,
        part TEXT NOT NULL,
        strength REAL NOT NULL,
        weight REAL NOT NULL,
        words TEXT NOT NULL,
        PRIMARY KEY (result_id, part)
    ) STRICT""",
    """CREATE TABLE divergence (
        grouping TEXT NOT NULL,
        group_name TEXT NOT NULL,
        first_year INTEGER NOT NULL,
        last_year INTEGER NOT NULL,
        organisations INTEGER NOT NULL,
        statements INTEGER NOT NULL,
        form_slope REAL,
        form_low REAL,
        form_high REAL,
        substance_slope REAL,
        substance_low REAL,
        substance_high REAL,
        gap_slope REAL,
        gap_low REAL,
        gap_high REAL,
        p_value REAL,
        q_value REAL,
        verdict TEXT NOT NULL,
        PRIMARY KEY (grouping, group_name)
    ) STRICT""",
)

REUSE: Final = (
    """CREATE TABLE organisation_groups (
        organisation_id INTEGER PRIMARY KEY REFERENCES organisations (id),
        group_id INTEGER NOT NULL,
        because TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE text_pairs (
        first_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        second_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        overlap REAL NOT NULL,
        own_overlap REAL,
        shared_runs INTEGER NOT NULL,
        relation TEXT NOT NULL CHECK (
            relation IN ('same_organisation', 'same_group', 'different', 'unknown')),
        PRIMARY KEY (first_sha256, second_sha256),
        CHECK (first_sha256 < second_sha256)
    ) STRICT""",
    """CREATE TABLE text_clusters (
        document_sha256 TEXT PRIMARY KEY REFERENCES documents (sha256),
        cluster INTEGER NOT NULL,
        is_template INTEGER NOT NULL,
        overlap REAL NOT NULL
    ) STRICT""",
    """CREATE TABLE shared_sentences (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        text TEXT NOT NULL,
        words INTEGER NOT NULL,
        documents INTEGER NOT NULL,
        organisations INTEGER NOT NULL,
        standard INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE sentence_uses (
        sentence_id INTEGER NOT NULL REFERENCES shared_sentences (id) ON DELETE CASCADE,
        document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        PRIMARY KEY (sentence_id, document_sha256, start)
    ) STRICT""",
    "CREATE INDEX sentence_uses_by_document ON sentence_uses (document_sha256)",
    """CREATE TABLE text_reuse (
        document_sha256 TEXT PRIMARY KEY REFERENCES documents (sha256),
        words INTEGER NOT NULL,
        standard_words INTEGER NOT NULL,
        shared_words INTEGER NOT NULL,
        own_share REAL
    ) STRICT""",
)

YEARS: Final = (
    """CREATE TABLE year_pairs (
        id INTEGER PRIMARY KEY,
        earlier_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        later_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        inputs TEXT NOT NULL,
        kept INTEGER NOT NULL,
        reworded INTEGER NOT NULL,
        added INTEGER NOT NULL,
        dropped INTEGER NOT NULL,
        unchanged_share REAL,
        UNIQUE (earlier_sha256, later_sha256)
    ) STRICT""",
    """CREATE TABLE year_pair_organisations (
        pair_id INTEGER NOT NULL REFERENCES year_pairs (id) ON DELETE CASCADE,
        organisation_id INTEGER NOT NULL REFERENCES organisations (id),
        earlier_statement_id INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
        later_statement_id INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
        PRIMARY KEY (organisation_id, earlier_statement_id, later_statement_id)
    ) STRICT""",
    """CREATE TABLE year_sentences (
        pair_id INTEGER NOT NULL REFERENCES year_pairs (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        change TEXT NOT NULL CHECK (change IN ('kept', 'reworded', 'added', 'dropped')),
        likeness REAL,
        earlier_start INTEGER,
        earlier_end INTEGER,
        later_start INTEGER,
        later_end INTEGER,
        PRIMARY KEY (pair_id, position)
    ) STRICT""",
    """CREATE TABLE promises (
        id INTEGER PRIMARY KEY,
        pair_id INTEGER NOT NULL REFERENCES year_pairs (id) ON DELETE CASCADE,
        quote TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        due TEXT,
        outcome TEXT NOT NULL CHECK (outcome IN (
            'reported', 'not_done', 'repeated', 'unclear', 'not_found', 'not_due')),
        later_quote TEXT,
        later_start INTEGER,
        later_end INTEGER,
        likeness REAL,
        UNIQUE (pair_id, start)
    ) STRICT""",
)

DECLARED: Final = (
    """CREATE TABLE declaration_inputs (
        statement_id INTEGER PRIMARY KEY REFERENCES statements (id) ON DELETE CASCADE,
        inputs TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE declaration_checks (
        statement_id INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
        field TEXT NOT NULL,
        answer TEXT NOT NULL,
        document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        result TEXT NOT NULL CHECK (
            result IN ('confirmed', 'not_found', 'contradicted', 'not_checked')),
        quote TEXT,
        start INTEGER,
        "end" INTEGER,
        search TEXT NOT NULL,
        PRIMARY KEY (statement_id, field, answer)
    ) STRICT""",
)

COMPARING: Final = (*COMPARISONS, *GROUPS, *MINIMAL, *REUSE, *YEARS, *DECLARED)

COMPARING_VIEWS: Final = {
    # The organisations whose statement a document is; withdrawn statements are not theirs any more.
    "document_organisations": """
        SELECT DISTINCT links.document_sha256,
            coalesce(organisations.same_as, organisations.id) AS organisation_id
        FROM statement_documents AS links
        JOIN statements ON statements.id = links.statement_id AND withdrawn_at IS NULL
        JOIN statement_organisations AS owners ON owners.statement_id = links.statement_id
        JOIN organisations ON organisations.id = owners.organisation_id
        WHERE links.state = 'accepted'""",
    # Each organisation's statements in their order; document and scores are null where the text
    # is not at hand.
    "organisation_statements": """
        SELECT DISTINCT coalesce(organisations.same_as, organisations.id) AS organisation_id,
            statements.id AS statement_id, statements.summary_url, statements.year,
            statements.end_date, results.document_sha256, results.assessment_id, results.status,
            results.statement_kind, results.compliance, results.substance, results.tier
        FROM statements
        JOIN statement_organisations AS owners ON owners.statement_id = statements.id
        JOIN organisations ON organisations.id = owners.organisation_id
        LEFT JOIN statement_results AS results ON results.statement_id = statements.id
        WHERE statements.withdrawn_at IS NULL""",
    # Of each organisation one statement: the newest that was assessed, else the newest.
    "latest_statements": """
        SELECT organisation_id, statement_id, year, document_sha256, assessment_id FROM (
            SELECT *, row_number() OVER (PARTITION BY organisation_id ORDER BY
                (status IS 'assessed' AND statement_kind IS 'statement') DESC,
                year DESC, end_date DESC, summary_url DESC) AS place
            FROM organisation_statements)
        WHERE place = 1""",
    # Not where the text was judged otherwise since, as after a review: its own parts differ then.
    "current_minimal_results": """
        SELECT results.* FROM minimal_results AS results
        JOIN current_assessments AS judged USING (document_sha256)
        WHERE NOT EXISTS (
            SELECT 1 FROM json_each(judged.minimal_parts) AS own
            WHERE NOT EXISTS (
                SELECT 1 FROM minimal_parts WHERE result_id = results.id
                    AND part = json_extract(own.value, '$.name')
                    AND abs(strength - json_extract(own.value, '$.strength')) < 1e-9))""",
    # How much of a statement stood in the one before.
    "unchanged_texts": """
        SELECT year_pairs.later_sha256 AS document_sha256, links.later_statement_id AS statement_id,
            max(year_pairs.unchanged_share) AS unchanged_share
        FROM year_pairs JOIN year_pair_organisations AS links ON links.pair_id = year_pairs.id
        GROUP BY 1, 2""",
    # Criteria whose value differs from one statement to the next, where one rubric and one model
    # judged both. The link on the home page is not the text's.
    "criteria_changes": """
        SELECT pairs.id AS pair_id, before.criterion, before.value AS earlier_value,
            after.value AS later_value,
            CASE WHEN coalesce(after.present, 0) > coalesce(before.present, 0) THEN 'gained'
                WHEN coalesce(after.present, 0) < coalesce(before.present, 0) THEN 'lost'
                WHEN after.value > before.value THEN 'deeper' ELSE 'shallower' END AS change
        FROM year_pairs AS pairs
        JOIN current_assessments AS first ON first.document_sha256 = pairs.earlier_sha256
        JOIN current_assessments AS second ON second.document_sha256 = pairs.later_sha256
            AND second.rubric = first.rubric AND second.model = first.model
        JOIN findings AS before ON before.assessment_id = first.id
        JOIN findings AS after ON after.assessment_id = second.id
            AND after.criterion = before.criterion
        JOIN criteria ON criteria.rubric = first.rubric AND criteria.id = before.criterion
        WHERE before.value <> after.value AND 'na' NOT IN (before.value, after.value)
            AND criteria.kind IN ('depth', 'indicator', 'legal')
            AND before.criterion <> 'homepage_link'""",
    # Registry years without a statement: between an organisation's first and last, and after it
    # where a complete file of the year was read.
    "missing_years": """
        WITH RECURSIVE own AS (
            SELECT DISTINCT organisation_id, year FROM organisation_statements),
        spans AS (
            SELECT organisation_id, min(year) AS first, max(year) AS last FROM own GROUP BY 1),
        complete AS (
            SELECT DISTINCT statements.year FROM statements
            JOIN registry_files ON registry_files.id = registry_file_id WHERE complete),
        years AS (
            SELECT min(year) AS year FROM own UNION ALL
            SELECT year + 1 FROM years WHERE year < (SELECT max(year) FROM own))
        SELECT spans.organisation_id, years.year,
            iif(years.year IN (SELECT year FROM complete), 'none_found', 'not_known') AS state
        FROM spans JOIN years ON years.year > spans.first
            AND (years.year < spans.last OR years.year IN (SELECT year FROM complete))
        WHERE NOT EXISTS (SELECT 1 FROM own WHERE own.organisation_id = spans.organisation_id
            AND own.year = years.year)""",
    # Guidance: publish within six months of the year end. Months as section 443 of the Companies
    # Act 2006 counts them: to the same day of the sixth month, from a month's last day to the last.
    "statement_timing": """
        SELECT id AS statement_id, year, end_date, date_approved, days, date_approved > iif(
            end_date = date(end_date, 'start of month', '+1 month', '-1 day'), last,
            min(last, date(end_date, '+6 months'))) AS late
        FROM (SELECT *, CAST(julianday(date_approved) - julianday(end_date) AS INTEGER) AS days,
                date(end_date, 'start of month', '+7 months', '-1 day') AS last
            FROM statements WHERE withdrawn_at IS NULL
                AND end_date IS NOT NULL AND date_approved IS NOT NULL)""",
}
