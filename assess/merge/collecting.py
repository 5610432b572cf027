"""What a part asked of the network, and what became of its targets."""

from __future__ import annotations

from typing import Final

_SAME_ATTEMPT: Final = """ours.url = theirs.url AND ours.started_at = theirs.started_at
    AND ours.outcome = theirs.outcome AND ours.final_url = theirs.final_url
    AND ours.seconds = theirs.seconds AND ours.status IS theirs.status
    AND ours.headers = theirs.headers AND ours.hops = theirs.hops AND ours.size = theirs.size
    AND ours.sha256 IS theirs.sha256 AND ours.reason IS theirs.reason
    AND ours.detail = theirs.detail AND ours.source = theirs.source"""
_ATTEMPT: Final = """url, final_url, started_at, seconds, status, headers, hops, size, sha256,
    kept_as, outcome, reason, detail, source"""

# Keys of attempts are in order of time. Within a database that is the order of its keys, whatever
# its clock did; across databases only the times tell, each no earlier than those before it.
ATTEMPTS: Final = (
    """CREATE TEMP TABLE new_attempts AS SELECT id FROM part.attempts AS theirs
    WHERE NOT EXISTS (SELECT 1 FROM main.attempts AS ours WHERE SAME)""".replace(
        "SAME", _SAME_ATTEMPT
    ),
    """CREATE TEMP TABLE numbered AS
    SELECT theirs, old, row_number() OVER (ORDER BY at, theirs, old) AS new FROM (
        SELECT 0 AS theirs, id AS old, max(started_at) OVER (ORDER BY id) AS at
        FROM main.attempts
        UNION ALL SELECT * FROM (
            SELECT 1, id AS old, max(started_at) OVER (ORDER BY id) FROM part.attempts)
        WHERE old IN (SELECT id FROM temp.new_attempts))
    WHERE EXISTS (SELECT 1 FROM temp.new_attempts)""",
    "CREATE UNIQUE INDEX temp.numbered_by_old ON numbered (theirs, old)",
    """UPDATE main.collections SET first_attempt = coalesce(
        (SELECT min(new) FROM temp.numbered WHERE NOT theirs AND old >= first_attempt),
        (SELECT max(new) + 1 FROM temp.numbered))
    WHERE EXISTS (SELECT 1 FROM temp.numbered)""",
    # By way of numbers that no row has.
    "UPDATE main.attempts SET id = -new FROM temp.numbered WHERE NOT theirs AND old = id",
    "UPDATE main.attempts SET id = -id WHERE id < 0",
    """INSERT INTO main.attempts (id, ATTEMPT)
    SELECT new, ATTEMPT FROM temp.numbered JOIN part.attempts ON id = old
    WHERE theirs ORDER BY new""".replace("ATTEMPT", _ATTEMPT),
    # A run is the same where command, mode and moment are.
    """UPDATE main.collections AS ours SET finished_at = theirs.finished_at
    FROM part.collections AS theirs
    WHERE ours.door = theirs.door AND ours.mode = theirs.mode
        AND ours.started_at = theirs.started_at AND ours.finished_at IS NULL""",
    """INSERT INTO main.collections (door, mode, first_attempt, started_at, finished_at)
    SELECT door, mode, coalesce(
        (SELECT min(ours.id) FROM part.attempts AS theirs JOIN main.attempts AS ours ON SAME
            WHERE theirs.id = (SELECT min(id) FROM part.attempts WHERE id >= first_attempt)),
        (SELECT coalesce(max(id), 0) + 1 FROM main.attempts)), started_at, finished_at
    FROM part.collections AS runs
    WHERE NOT EXISTS (SELECT 1 FROM main.collections AS ours WHERE ours.door = runs.door
        AND ours.mode = runs.mode AND ours.started_at = runs.started_at)
    ORDER BY runs.id""".replace("SAME", _SAME_ATTEMPT),
    """INSERT INTO main.robots (origin, fetched_at, status, verdict, detail, body)
    SELECT origin, fetched_at, status, verdict, detail, body FROM part.robots
    WHERE true ORDER BY origin
    ON CONFLICT (origin) DO UPDATE SET fetched_at = excluded.fetched_at,
        status = excluded.status, verdict = excluded.verdict, detail = excluded.detail,
        body = excluded.body
    WHERE (excluded.fetched_at, excluded.verdict, excluded.body, excluded.detail)
        > (fetched_at, verdict, body, detail)""",
)

_RANK: Final = """(OF.outcome <> 'postponed', OF.decided_at, OF.outcome, coalesce(OF.reason, ''),
    OF.detail)"""

# Of a target what was decided last; what was only put off never goes before that.
TARGETS: Final = (
    """CREATE TEMP TABLE merged_targets AS
    SELECT theirs.id AS their_id, ours.id AS our_id, theirs.url, theirs.organisation,
        CASE WHEN ours.id IS NULL THEN 'new' WHEN THEIRS > OURS THEN 'theirs'
            WHEN THEIRS < OURS THEN 'ours' ELSE 'same' END AS state
    FROM part.targets AS theirs LEFT JOIN main.targets AS ours
        USING (door, url, organisation)""".replace(
        "THEIRS", _RANK.replace("OF.", "theirs.")
    ).replace("OURS", _RANK.replace("OF.", "ours.")),
    """CREATE TEMP TABLE merged_runs AS SELECT theirs.id AS their_id, min(ours.id) AS our_id
    FROM part.collections AS theirs JOIN main.collections AS ours USING (door, mode, started_at)
    GROUP BY theirs.id""",
    """INSERT INTO main.targets
        (door, url, organisation, outcome, reason, detail, decided_at, collection_id)
    SELECT door, theirs.url, theirs.organisation, outcome, reason, detail, decided_at, runs.our_id
    FROM temp.merged_targets AS merged JOIN part.targets AS theirs ON theirs.id = merged.their_id
    JOIN temp.merged_runs AS runs ON runs.their_id = collection_id
    WHERE state = 'new' ORDER BY theirs.id""",
    """UPDATE main.targets AS kept SET outcome = theirs.outcome, reason = theirs.reason,
        detail = theirs.detail, decided_at = theirs.decided_at, collection_id = runs.our_id
    FROM temp.merged_targets AS merged JOIN part.targets AS theirs ON theirs.id = merged.their_id
    JOIN temp.merged_runs AS runs ON runs.their_id = theirs.collection_id
    WHERE merged.our_id = kept.id AND state = 'theirs'""",
    """DELETE FROM main.target_documents WHERE (target_id, document_sha256) IN (
        SELECT our_id, document_sha256 FROM temp.merged_targets
        JOIN part.target_documents ON target_id = their_id WHERE state = 'theirs')""",
    """INSERT OR IGNORE INTO main.target_documents
        (target_id, document_sha256, how, url, link_text)
    SELECT ours.id, found.document_sha256, how, found.url, link_text
    FROM part.targets AS theirs JOIN main.targets AS ours USING (door, url, organisation)
    JOIN part.target_documents AS found ON found.target_id = theirs.id ORDER BY found.rowid""",
    """INSERT INTO main.homepage_links (target_id, value, reason, link_text, link_url, place,
        page_url, page_sha256, visited_at)
    SELECT ours.id, value, home.reason, link_text, link_url, place, page_url, page_sha256,
        visited_at
    FROM part.homepage_links AS home JOIN part.targets AS theirs ON theirs.id = target_id
    JOIN main.targets AS ours USING (door, url, organisation) WHERE true ORDER BY home.target_id
    ON CONFLICT (target_id) DO UPDATE SET value = excluded.value, reason = excluded.reason,
        link_text = excluded.link_text, link_url = excluded.link_url, place = excluded.place,
        page_url = excluded.page_url, page_sha256 = excluded.page_sha256,
        visited_at = excluded.visited_at
    WHERE (excluded.visited_at, excluded.page_sha256, excluded.value, excluded.link_url)
        > (visited_at, page_sha256, value, link_url)""",
)
