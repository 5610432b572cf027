"""What the how-tos ask of the database can be asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assess.store import open_to_read

PAGES = sorted((Path(__file__).parents[1] / "docs" / "how-to").glob("*.md"))
QUERIES = [
    (page.name, query)
    for page in PAGES
    for query in re.findall(r'^sqlite-utils \S+ "(.*?)"', page.read_text("utf-8"), re.M | re.S)
]


@pytest.mark.parametrize(("page", "query"), QUERIES)
def test_queries_run(corpus_db: Path, page: str, query: str) -> None:
    with open_to_read(corpus_db) as workspace:
        workspace.db.execute(query).fetchall()


def test_there_are_queries() -> None:
    assert len(QUERIES) >= 5


def test_each_job_has_commands() -> None:
    for page in PAGES:
        assert "assess " in "".join(re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.S))
