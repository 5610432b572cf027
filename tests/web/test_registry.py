"""The web that stands in for a registry's hosts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from urllib.parse import quote, urlsplit

from assess.scrape.fetch.reasons import REASONS
from tests.extract.makers import SHARED, needs_shared
from tests.web.asking import get
from tests.web.local import LocalWeb
from tests.web.registry import REASONS_OF, registry_web

_ROWS = """StatementYear,OrganisationName,StatementURL,PDFURL
2022,ALDERMOOR LIMITED,https://www.aldermoor.example/,
2022,BRACKENFOLD LIMITED,http://brackenfold.example/A b.pdf?v=2,https://copies.example/b 1.pdf
2022,BRACKENFOLD TWO LIMITED,http://brackenfold.example/A b.pdf?v=2,https://copies.example/b 1.pdf
2022,CORVANE LIMITED,,https://copies.example/c.pdf
"""


def test_each_address_has_its_answer(tmp_path: Path) -> None:
    path = tmp_path / "registry.csv"
    path.write_text(_ROWS)
    web = registry_web(path, seed=1)
    assert web.kinds == {
        "https://www.aldermoor.example/": "home_page",
        "http://brackenfold.example/A b.pdf?v=2": "pdf",
    }
    with LocalWeb(web) as local:
        home = get(local, "https://www.aldermoor.example/").text
        assert "Aldermoor" in home.title()
        assert "Modern slavery statement" in home
        own = get(local, "http://brackenfold.example/A%20b.pdf?v=2").content
        copy = get(local, "https://copies.example/b%201.pdf").content
        assert own.startswith(b"%PDF-")
        assert copy.startswith(b"%PDF-")
        assert own != copy
        assert get(local, "https://copies.example/c.pdf").status_code == 200


@needs_shared
def test_real_file() -> None:
    path = SHARED / "registry" / "StatementSummaries2022-food-sector.csv"
    web = registry_web(path)
    assert web == registry_web(path)
    assert len(web.kinds) == 226
    counts = Counter(web.kinds.values())
    assert counts["pdf"] + counts["page"] + counts["home_page"] > 150
    assert set(counts) <= set(REASONS_OF)
    assert len(counts) > 10
    kept = {url for url, kind in web.kinds.items() if REASONS_OF[kind] == ("",)}
    with LocalWeb(web) as local:
        for url in kept:
            assert get(local, quote(url, safe=":/?&=%#")).status_code == 200, urlsplit(url).path


def test_reasons_are_ours() -> None:
    assert {reason for reasons in REASONS_OF.values() for reason in reasons} <= {*REASONS, ""}
