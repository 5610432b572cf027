"""Registry rows of a part: of two copies of a statement the one updated last, as in reading files.

`COPIES` and `KNOWN_YEARS` stand for one database each: `of` says which.
"""

from __future__ import annotations

from typing import Final

_COLUMNS: Final = (
    "year", "statement_url", "group_submission", "parent_name", "start_date", "end_date",
    "approving_person", "date_approved", "turnover", "last_updated", "pdf_url",
)  # fmt: skip
_LIST: Final = ", ".join(_COLUMNS)
_THEIRS: Final = ", ".join(f"theirs.{column}" for column in _COLUMNS)
_SET: Final = ", ".join(f"{column} = theirs.{column}" for column in _COLUMNS)
_FILLED: Final = " + ".join(f"(own.{column} IS NOT NULL)" for column in _COLUMNS)
_OWN: Final = ", ".join(f"own.{column}" for column in _COLUMNS)


def of(schema: str, template: str) -> str:
    """A query of one database, ``main`` or ``part``."""
    return template.replace("SCHEMA.", f"{schema}.")


# A statement's content as text, and its rank: the later update wins; of one day, the fuller copy;
# then that of the file that was read last.
_COPIES: Final = """
    SELECT own.id, own.summary_url, coalesce(own.last_updated, '') AS updated,
        FILLED + (SELECT count(*) FROM SCHEMA.declarations WHERE statement_id = own.id) AS filled,
        files.read_at, files.sha256,
        json_array(OWN,
            (SELECT json_group_array(identity) FROM (
                SELECT identity FROM SCHEMA.statement_organisations JOIN SCHEMA.organisations
                    ON organisations.id = organisation_id
                WHERE statement_id = own.id ORDER BY identity)),
            (SELECT json_group_array(sector) FROM (
                SELECT sector FROM SCHEMA.statement_sectors
                WHERE statement_id = own.id ORDER BY sector)),
            (SELECT json_group_object(field, value) FROM (
                SELECT field, value FROM SCHEMA.declarations
                WHERE statement_id = own.id ORDER BY field))) AS content
    FROM SCHEMA.statements AS own
    JOIN SCHEMA.registry_files AS files ON files.id = own.registry_file_id""".replace(
    "FILLED", _FILLED
).replace("OWN", _OWN)

# When a complete file of a year was last read that changed anything in it.
_KNOWN_YEARS: Final = """
    SELECT year, max(read_at || ' ' || sha256) AS known_at
    FROM SCHEMA.statement_changes JOIN SCHEMA.statements ON statements.id = statement_id
    JOIN SCHEMA.registry_files ON registry_files.id = statement_changes.registry_file_id
    WHERE complete GROUP BY year"""

# When the newest statement that names an organisation was updated.
_AGES: Final = """
    SELECT identity, name, name_key, address, sector_type, company_number,
        max(coalesce(last_updated, '') || ' ' || coalesce(year, '') || ' '
            || coalesce(summary_url, '')) AS age
    FROM SCHEMA.organisations
    LEFT JOIN SCHEMA.statement_organisations ON organisation_id = organisations.id
    LEFT JOIN SCHEMA.statements ON statements.id = statement_id
    GROUP BY organisations.id"""

STATEMENTS: Final = (
    """INSERT INTO main.registry_files
        (sha256, name, row_count, extra_columns, read_at, url, content_md5, complete)
    SELECT sha256, name, row_count, extra_columns, read_at, url, content_md5, complete
    FROM part.registry_files WHERE true ORDER BY id
    ON CONFLICT (sha256) DO UPDATE SET
        name = iif((excluded.read_at, excluded.name) < (read_at, name), excluded.name, name),
        read_at = min(read_at, excluded.read_at),
        url = coalesce(min(url, excluded.url), url, excluded.url),
        content_md5 = coalesce(
            min(content_md5, excluded.content_md5), content_md5, excluded.content_md5),
        complete = max(complete, excluded.complete)""",
    # Of each statement of the part: whether it is new, the same as ours, or whose copy wins.
    """CREATE TEMP TABLE merged_statements AS
    SELECT theirs.summary_url, ours.id AS our_id, theirs.id AS their_id,
        CASE WHEN ours.id IS NULL THEN 'new'
            WHEN ours.content = theirs.content THEN iif(
                (theirs.read_at, theirs.sha256) < (ours.read_at, ours.sha256), 'earlier', 'same')
            WHEN (theirs.updated, theirs.filled, theirs.read_at, theirs.sha256)
                > (ours.updated, ours.filled, ours.read_at, ours.sha256) THEN 'theirs'
            ELSE 'ours' END AS state
    FROM (THEIRS) AS theirs LEFT JOIN (OURS) AS ours USING (summary_url)""".replace(
        "THEIRS", of("part", _COPIES)
    ).replace("OURS", of("main", _COPIES)),
    "CREATE INDEX temp.merged_statements_by_ours ON merged_statements (our_id)",
    # Before any statement changes: names are as the newest statement has them.
    """CREATE TEMP TABLE merged_organisations AS
    SELECT theirs.* FROM (THEIRS) AS theirs LEFT JOIN (OURS) AS ours USING (identity)
    WHERE ours.identity IS NULL OR
        (theirs.age, theirs.name, coalesce(theirs.address, ''), coalesce(theirs.sector_type, ''))
        > (ours.age, ours.name, coalesce(ours.address, ''), coalesce(ours.sector_type, ''))
    """.replace("THEIRS", of("part", _AGES)).replace("OURS", of("main", _AGES)),
    """INSERT INTO main.organisations
        (identity, name, name_key, company_number, address, sector_type)
    SELECT identity, merged.name, merged.name_key, merged.company_number, merged.address,
        merged.sector_type
    FROM temp.merged_organisations AS merged JOIN part.organisations AS theirs USING (identity)
    WHERE true ORDER BY theirs.id
    ON CONFLICT (identity) DO UPDATE SET name = excluded.name, name_key = excluded.name_key,
        address = excluded.address, sector_type = excluded.sector_type""",
    """INSERT OR IGNORE INTO main.organisation_names (organisation_id, name, name_key)
    SELECT ours.id, names.name, names.name_key FROM part.organisation_names AS names
    JOIN part.organisations AS theirs ON theirs.id = names.organisation_id
    JOIN main.organisations AS ours ON ours.identity = theirs.identity
    ORDER BY names.rowid""",
    # Whether a statement is withdrawn tells who read a complete file of its year last; where that
    # is the same, it is there.
    """CREATE TEMP TABLE merged_presence AS
    SELECT ours.id,
        CASE WHEN coalesce(their_years.known_at, '') > coalesce(our_years.known_at, '')
                THEN theirs.withdrawn_at
            WHEN coalesce(their_years.known_at, '') < coalesce(our_years.known_at, '')
                THEN ours.withdrawn_at
            ELSE min(ours.withdrawn_at, theirs.withdrawn_at) END AS withdrawn_at
    FROM main.statements AS ours JOIN part.statements AS theirs USING (summary_url)
    LEFT JOIN (OURS) AS our_years ON our_years.year = ours.year
    LEFT JOIN (THEIRS) AS their_years ON their_years.year = theirs.year
    WHERE ours.withdrawn_at IS NOT NULL OR theirs.withdrawn_at IS NOT NULL""".replace(
        "OURS", of("main", _KNOWN_YEARS)
    ).replace("THEIRS", of("part", _KNOWN_YEARS)),
    """INSERT INTO main.statements (summary_url, LIST, registry_file_id, withdrawn_at)
    SELECT theirs.summary_url, THEIRS, ours.id, theirs.withdrawn_at
    FROM temp.merged_statements AS merged JOIN part.statements AS theirs ON theirs.id = their_id
    JOIN part.registry_files AS file ON file.id = theirs.registry_file_id
    JOIN main.registry_files AS ours ON ours.sha256 = file.sha256
    WHERE state = 'new' ORDER BY their_id""".replace("LIST", _LIST).replace("THEIRS", _THEIRS),
    """UPDATE main.statements AS kept SET SET_ALL
    FROM temp.merged_statements AS merged JOIN part.statements AS theirs ON theirs.id = their_id
    WHERE kept.id = our_id AND state = 'theirs'""".replace("SET_ALL", _SET),
    """UPDATE main.statements AS kept SET registry_file_id = ours.id
    FROM temp.merged_statements AS merged JOIN part.statements AS theirs ON theirs.id = their_id
    JOIN part.registry_files AS file ON file.id = theirs.registry_file_id
    JOIN main.registry_files AS ours ON ours.sha256 = file.sha256
    WHERE kept.id = our_id AND state IN ('theirs', 'earlier')""",
    """UPDATE main.statements AS kept SET withdrawn_at = merged.withdrawn_at
    FROM temp.merged_presence AS merged WHERE merged.id = kept.id""",
    """DELETE FROM main.statement_organisations WHERE statement_id IN (
        SELECT our_id FROM temp.merged_statements WHERE state = 'theirs')""",
    """DELETE FROM main.statement_sectors WHERE statement_id IN (
        SELECT our_id FROM temp.merged_statements WHERE state = 'theirs')""",
    """DELETE FROM main.declarations WHERE statement_id IN (
        SELECT our_id FROM temp.merged_statements WHERE state = 'theirs')""",
    """INSERT INTO main.statement_organisations (statement_id, organisation_id)
    SELECT kept.id, ours.id FROM temp.merged_statements AS merged
    JOIN main.statements AS kept USING (summary_url)
    JOIN part.statement_organisations AS links ON links.statement_id = their_id
    JOIN part.organisations AS theirs ON theirs.id = links.organisation_id
    JOIN main.organisations AS ours ON ours.identity = theirs.identity
    WHERE state IN ('new', 'theirs') ORDER BY links.rowid""",
    """INSERT INTO main.statement_sectors (statement_id, sector)
    SELECT kept.id, sector FROM temp.merged_statements AS merged
    JOIN main.statements AS kept USING (summary_url)
    JOIN part.statement_sectors AS theirs ON theirs.statement_id = their_id
    WHERE state IN ('new', 'theirs') ORDER BY theirs.rowid""",
    """INSERT INTO main.declarations (statement_id, field, value)
    SELECT kept.id, field, value FROM temp.merged_statements AS merged
    JOIN main.statements AS kept USING (summary_url)
    JOIN part.declarations AS theirs ON theirs.statement_id = their_id
    WHERE state IN ('new', 'theirs') ORDER BY theirs.rowid""",
    """INSERT OR IGNORE INTO main.issues (stage, subject, code, message, noted_at)
    SELECT 'registry', summary_url, 'copies_differ',
        'its copies in the merged databases differ; the one updated last is kept', :now
    FROM temp.merged_statements WHERE state IN ('ours', 'theirs')""",
)

# All changes anew, in the order in which files were read: the newest rows are the last file's.
CHANGES: Final = (
    """CREATE TEMP TABLE merged_changes AS
    SELECT statement_id, registry_file_id AS file, change FROM main.statement_changes
    UNION SELECT kept.id, ours.id, change FROM part.statement_changes AS theirs
    JOIN part.statements ON statements.id = theirs.statement_id
    JOIN main.statements AS kept USING (summary_url)
    JOIN part.registry_files AS files ON files.id = theirs.registry_file_id
    JOIN main.registry_files AS ours ON ours.sha256 = files.sha256""",
    "DELETE FROM main.statement_changes",
    """INSERT INTO main.statement_changes (statement_id, registry_file_id, change)
    SELECT statement_id, file, change FROM (
        SELECT *, row_number() OVER (PARTITION BY statement_id, file ORDER BY
            change = 'returned' DESC, change = 'withdrawn' DESC, change = 'updated' DESC) AS place
        FROM temp.merged_changes)
    JOIN main.registry_files ON registry_files.id = file
    JOIN main.statements ON statements.id = statement_id
    WHERE place = 1 ORDER BY read_at, sha256, summary_url""",
)

_COMPANIES: Final = """
    SELECT company_number, json_array(name, category, status, incorporated_on, (
        SELECT json_group_array(json_array(
            position, code, title, division, division_title, section, section_title))
        FROM (SELECT * FROM SCHEMA.company_sic AS sic
            WHERE sic.company_number = companies.company_number ORDER BY position))) AS content
    FROM SCHEMA.companies"""

COMPANIES: Final = (
    """CREATE TEMP TABLE merged_companies AS
    SELECT company_number, CASE WHEN ours.content IS NULL THEN 'new'
        WHEN theirs.content > ours.content THEN 'theirs'
        WHEN theirs.content < ours.content THEN 'ours' ELSE 'same' END AS state
    FROM (THEIRS) AS theirs LEFT JOIN (OURS) AS ours USING (company_number)""".replace(
        "THEIRS", of("part", _COMPANIES)
    ).replace("OURS", of("main", _COMPANIES)),
    """INSERT OR IGNORE INTO main.issues (stage, subject, code, message, noted_at)
    SELECT 'companies', company_number, 'copies_differ',
        'its rows in the merged databases differ; read the newest file of companies again', :now
    FROM temp.merged_companies WHERE state IN ('ours', 'theirs')""",
    """DELETE FROM main.companies WHERE company_number IN (
        SELECT company_number FROM temp.merged_companies WHERE state = 'theirs')""",
    """INSERT INTO main.companies (company_number, name, category, status, incorporated_on)
    SELECT company_number, name, category, status, incorporated_on
    FROM temp.merged_companies JOIN part.companies USING (company_number)
    WHERE state IN ('new', 'theirs') ORDER BY company_number""",
    """INSERT INTO main.company_sic (company_number, position, code, title, division,
        division_title, section, section_title)
    SELECT company_number, position, code, title, division, division_title, section, section_title
    FROM temp.merged_companies JOIN part.company_sic USING (company_number)
    WHERE state IN ('new', 'theirs') ORDER BY company_number, position""",
    """INSERT OR IGNORE INTO main.listed_groups (group_name, organisation, company_number)
    SELECT group_name, organisation, company_number FROM part.listed_groups ORDER BY id""",
)
