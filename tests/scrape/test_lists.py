"""Lists that a user gives."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.errors import InputError
from assess.scrape.lists import Site, as_url, read_corrections, read_sites, read_urls

A, B = "https://a.example/x", "https://b.example"

T = TypeVar("T")
Bad = list[tuple[int, str]]


def _read(read: Callable[..., T], folder: Path, data: bytes | str) -> tuple[T, Bad]:
    path = folder / "list.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    bad: Bad = []
    return read(path, lambda number, why: bad.append((number, why))), bad


@pytest.mark.parametrize(
    "data",
    [
        f"{A}\n{B}\n",
        f"{A}\r\n{B}",
        f"# ours\n\n{A}\n  {B}  \n{A}\n",
        f"<{A}>\n'{B}'\n",
        f"{A}\r{B}\r",
        f"url\n{A}\n{B}\n",
        f"Organisation;URL\nAcme;{A}\n;{B}\n",
        f"name\tLink\nAcme\t{A}\nBe\t{B}\n",
        f'name,"Statement-URL"\n"Acme, Ltd",{A}\n"Two\nlines",{B}\n',
        f"\n\nurl,name\n{A},Acme\n,,\n{B},Be\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_addresses_come_from_lines_or_a_column(tmp_path: Path, data: str, encoding: str) -> None:
    assert _read(read_urls, tmp_path, data.encode(encoding)) == ([A, B], [])


def test_bare_hosts_are_addresses_too(tmp_path: Path) -> None:
    found, bad = _read(read_urls, tmp_path, "a.example\nwww.b.example/x y\nc.example:80/z\n")
    assert found == ["https://a.example", "https://c.example:80/z"]
    assert bad == [(2, "no web address: 'www.b.example/x y'")]


def test_a_line_that_is_no_address_costs_itself(tmp_path: Path) -> None:
    found, bad = _read(read_urls, tmp_path, f"{A}\nn/a\nftp://x.example\n\0\nme@b.example\n{B}\n")
    assert found == [A, B]
    assert [number for number, _ in bad] == [2, 3, 5]


@pytest.mark.parametrize("data", ["", "\n\n", "# nothing\n", "url\n", "url\nn/a\n", "name\nAcme\n"])
def test_a_list_without_addresses_is_the_user_s_error(tmp_path: Path, data: str) -> None:
    with pytest.raises(InputError, match=r"list\.csv"):
        _read(read_urls, tmp_path, data)


@pytest.mark.parametrize("data", [b"\0\xff\xfe\x80" * 99, b"\xff\xfeu\0r", b'"' * 9_999, b"\x81\n"])
def test_garbage_is_the_user_s_error(tmp_path: Path, data: bytes) -> None:
    for read in (read_urls, read_sites):
        with pytest.raises(InputError):
            _read(read, tmp_path, data)


def test_a_folder_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a file"):
        read_urls(tmp_path, lambda _number, _why: None)


@pytest.mark.parametrize(
    "header", ["organisation,website", "Company,Home page", "NAME,URL", "Organization,Site"]
)
def test_sites_have_an_organisation_and_a_website(tmp_path: Path, header: str) -> None:
    data = f"{header}\nCafé  Ltd,www.a.example\nBe plc,{B}\nCafé Ltd,www.a.example\nCe,none\nDe\n"
    found, bad = _read(read_sites, tmp_path, data.encode("cp1252"))
    assert found == [Site("Café Ltd", "https://www.a.example"), Site("Be plc", B)]
    assert bad == [(5, "no website: 'none'"), (6, "no website: ''")]


@pytest.mark.parametrize("data", ["website\na.example\n", "organisation\nAcme\n"])
def test_sites_without_a_column_are_the_user_s_error(tmp_path: Path, data: str) -> None:
    with pytest.raises(InputError, match="has no column"):
        _read(read_sites, tmp_path, data)


def test_corrections_are_pairs_of_addresses(tmp_path: Path) -> None:
    found, bad = _read(read_corrections, tmp_path, f"url,instead\n{A},b.example\n{B},\nx,{A}\n")
    assert found == {A: B}
    assert bad == [(3, "not two web addresses"), (4, "not two web addresses")]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("  HTTP://a.example ", "HTTP://a.example"),
        ("bücher.example", "https://bücher.example"),
        ("localhost", None),
        ("not applicable", None),
        ("n/a", None),
        ("e.g.", None),
        ("me@a.example", None),
        ("//a.example", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("a.example" + "x" * 10_000, None),
        ("31.12.2023", None),
        ("1.5", None),
        ("10.0.0.1", "https://10.0.0.1"),
    ],
)
def test_what_counts_as_an_address(written: str, url: str | None) -> None:
    assert as_url(written) == url


@given(st.text())
def test_any_cell_is_an_address_or_none(written: str) -> None:
    url = as_url(written)
    assert url is None or url.lower().startswith(("http://", "https://"))


def test_a_hundred_thousand_rows_take_no_time_to_speak_of(tmp_path: Path) -> None:
    lines = [f"Company {n},www.company-{n}.example/a-page" for n in range(100_000)]
    begun = time.perf_counter()
    found, _ = _read(read_sites, tmp_path, "organisation,website\n" + "\n".join(lines))
    assert len(found) == 100_000
    assert time.perf_counter() - begun < 5.0  # 0.5 s alone
