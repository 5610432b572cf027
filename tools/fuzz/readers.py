"""Targets: files that a user gives, each read as its command reads it."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from assess.errors import UnreadableDocument
from assess.extract import extract
from assess.resources import corpus_folder, models_folder
from tools.fuzz.invariants import broken
from tools.fuzz.target import BrokenPromiseError, Target

_CSV: Final = (
    b",", b";", b"\t", b'"', b'""', b"\r\n", b"\n", b"\r", b"\xef\xbb\xbf", b"\xff\xfe", b"\0",
    b"=1+1", b"\xe2\x80\xae", b"12345678", b"SC123456", b"2024", b"31/02/2024",
    b"https://a.example/",
    b"http://[::1]/", b"Yes", b"\x1a", b"\xc3\x28", b",,,,",
)  # fmt: skip
_YAML: Final = (
    b"- ", b": ", b"&a ", b"*a", b"<<: *a", b"!!python/object/apply:os.system [id]", b"!!binary x",
    b"!!timestamp 9999-99-99", b"---\n", b"{", b"}", b"[", b"]", b"|\n", b">-\n", b"'", b'"', b"\t",
    b"extends: uk-s54\n", b"null", b"1e999", b".nan", b"0x", b"2024-02-30", b"? ", b"#", b"%TAG",
)  # fmt: skip
_JSON: Final = (
    b"{", b"}", b"[", b"]", b'"', b"null", b"NaN", b"1e999", b"-1", b"true", b"\\ud800",
    b"[" * 5000,     b",", b":", b'"\\u0000"', b"99999999999999999999",
)  # fmt: skip
_WARC: Final = (
    b"WARC/1.0\r\n", b"\r\n\r\n", b"Content-Length: 0\r\n", b"Content-Length: -1\r\n",
    b"WARC-Type: response\r\n", b"HTTP/1.1 200 OK\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n", b"Content-Encoding: br\r\n", b"ffffffff\r\n", b"\x1f\x8b\x08\0",
    b"WARC-Target-URI: http://[/\r\n", b"Content-Type: text/html; charset=x\r\n",
)  # fmt: skip
_TOML: Final = (
    b"[limits]\n", b"db = ", b"jobs = -1\n", b"delay = inf\n", b"delay = nan\n", b'"', b"'''",
    b"\\u",     b"[[a]]\n", b"a.b.c = 1\n", b"minimum = 1e9\n", b"1979-05-27T07:32:00Z",
    b"0x", b"[" * 3000,
)  # fmt: skip


def _one_file(name: str, read: Callable[[Path], object]) -> Callable[[bytes, Path], str]:
    """A case that is a file, given to a reader."""

    def one(data: bytes, folder: Path) -> str:
        path = folder / name
        path.write_bytes(data)
        read(path)
        return "read"

    return one


def _in_workspace(
    name: str, read: Callable[[object, Path], object]
) -> Callable[[bytes, Path], str]:
    """A case that is a file, read into a new workspace that must be sound afterwards."""

    def one(data: bytes, folder: Path) -> str:
        from assess.store import open_workspace

        path, db = folder / name, folder / "fuzz.db"
        path.write_bytes(data)
        db.write_bytes(_registered())
        with open_workspace(db) as workspace:
            read(workspace, path)
            if workspace.db.execute("PRAGMA foreign_key_check").fetchall():
                raise BrokenPromiseError("a foreign key leads nowhere")
        return "read"

    return one


@cache
def _registered() -> bytes:
    """A workspace that has read the corpus' registry file."""
    import tempfile

    from assess.scrape.registry_store import import_registry
    from assess.store import open_workspace

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "seed.db")
        with open_workspace(path) as workspace:
            import_registry(workspace, corpus_folder() / "registry.csv")
            workspace.db.execute("PRAGMA journal_mode = DELETE")
        return path.read_bytes()


def _registry_seeds() -> Sequence[bytes]:
    lines = (corpus_folder() / "registry.csv").read_bytes().splitlines(keepends=True)
    return [b"".join(lines[:4]), b"".join([lines[0], *lines[20:30]]), b"".join(lines)]


def _registry(workspace: object, path: Path) -> None:
    from assess.scrape.registry_store import import_registry

    again = [import_registry(workspace, path) for _ in range(2)]  # type: ignore[arg-type]
    if again[1].new or again[1].updated:
        raise BrokenPromiseError(f"a second import changes what the first wrote: {again[1]}")


def _lists(path: Path) -> None:
    """Each kind of list; a refusal by one does not keep the others from reading."""
    from assess.errors import InputError
    from assess.scrape import lists

    refused = Counter[str]()
    for read in (
        lists.read_urls, lists.read_sites, lists.read_corrections, lists.read_organisations,
        lambda path, bad: lists.read_groups(path, None, bad),
        lambda path, bad: lists.read_groups(path, "FTSE", bad),
    ):  # fmt: skip
        try:
            read(path, lambda _line, _why: None)
        except InputError as error:
            refused[str(error)] += 1
    if refused.total() == 6:
        raise InputError("; ".join(refused))


def _list_seeds() -> Sequence[bytes]:
    return [
        b"https://a.example/statement.pdf\n# later\nhttps://b.example/slavery\n",
        b'organisation,website\nA Limited,https://a.example/\n"B, C plc",b.example\n',
        b"url;instead\nhttps://a.example/x;https://a.example/y\n",
        b"group,organisation,company_number\nFTSE,A Limited,01234567\nFTSE,B plc,\n",
    ]


def _companies(workspace: object, path: Path) -> None:
    from assess.scrape.companies import import_companies

    import_companies(workspace, path)  # type: ignore[arg-type]


def _company_seeds() -> Sequence[bytes]:
    head = "CompanyName,CompanyNumber,CompanyCategory,CompanyStatus,IncorporationDate," + ",".join(
        f"SICCode.SicText_{place}" for place in range(1, 5)
    )
    row = '"A, LIMITED","01234567","Private Limited Company","Active","01/02/1999","{}","","",""'
    text = f"{head}\r\n" + "\r\n".join(row.format(s) for s in ("10110 - Meat", "None", "99999"))
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("BasicCompanyData.csv"), text)
    return [text.encode(), buffer.getvalue()]


def _table(path: Path) -> None:
    from assess.score.aims import read_sentences

    read_sentences(path)


def _gold(path: Path) -> None:
    from assess.score.gold import check_values, read_gold
    from assess.score.rubric import load_rubric

    folder = path.parent / "criteria"
    folder.mkdir()
    path.rename(folder / "gold.jsonl")
    check_values(read_gold(path.parent), load_rubric(), path)


def _agreement(path: Path) -> None:
    from assess.score.gold import readers_agreement

    folder = path.parent / "criteria"
    folder.mkdir()
    path.rename(folder / "agreement.json")
    readers_agreement(path.parent)


def _rubric(path: Path) -> None:
    from assess.score.rubric import load_rubric

    load_rubric(path)


def _rubric_seeds() -> Sequence[bytes]:
    from importlib import resources

    own = b"id: own\nversion: '1'\ntitle: Own\nnotice: none\nextends: uk-s54\n"
    folder = resources.files("assess.score").joinpath("rubrics")
    whole = [one.read_bytes() for one in folder.iterdir() if one.name.endswith(".yaml")]
    rules = b"criteria:\n- id: policies\n  weight: 2\n  rules:\n  - name: x\n    any: [policy]\n"
    return [own, own + rules, *whole]


def _model(path: Path) -> None:
    """A folder of the shipped model in which one file is the case; which, its first byte says."""
    from assess.score.model import load_encoder, load_model, model_key

    data, folder = path.read_bytes(), path.parent / "model"
    folder.mkdir()
    names = _model_files()
    for name in names:
        (folder / name).symlink_to((models_folder() / name).resolve())
    changed = folder / names[data[0] % len(names) if data else 0]
    changed.unlink()
    changed.write_bytes(data[1:])
    for read in (load_encoder, load_model, model_key):
        read(folder)


@cache
def _model_files() -> tuple[str, ...]:
    kinds = (".json", ".npz")
    return tuple(sorted(p.name for p in models_folder().iterdir() if p.suffix in kinds))


def _model_seeds() -> Sequence[bytes]:
    return [
        bytes([place]) + (models_folder() / name).read_bytes()
        for place, name in enumerate(_model_files())
    ]


def _arrays(path: Path) -> None:
    """The ``.npz`` reader by itself: behind checksums it would hardly ever be reached."""
    from assess.score.encoder_files import read_encoders
    from assess.score.model_files import read_arrays

    shapes = {"trees": (3, 4), "weights": (2,)}
    read_encoders({"encoder.json": path.read_bytes()[:2000], "encoder.npz": b""}, path.parent)
    read_arrays(path.read_bytes(), path, shapes)


def _array_seeds() -> Sequence[bytes]:
    import io

    import numpy as np

    found = []
    for save in (np.savez, np.savez_compressed):
        buffer = io.BytesIO()
        save(buffer, trees=np.ones((3, 4), np.float32), weights=np.ones(2, np.float16))
        found.append(buffer.getvalue())
    return [*found, b'{"format": "assess-encoder-1", "networks": {}}']


def _html(path: Path) -> None:
    text = extract(path.read_bytes(), path.name)
    if why := broken(text):
        raise BrokenPromiseError(why)
    from assess.scrape.clues import html_head, html_text
    from assess.scrape.fetch.records import Reply
    from assess.scrape.seek import look
    from assess.scrape.visits import Visit

    data, url = path.read_bytes(), "https://a.example/modern-slavery"
    html_head(data)
    html_text(data)
    look(Visit(Reply(url, url, "", 0.0, 200, body=data), kind="text/html"))


def _html_one(data: bytes, folder: Path) -> str:
    try:
        return _one_file("case.html", _html)(data, folder)
    except UnreadableDocument as error:
        return error.reason


def _html_seeds() -> Sequence[bytes]:
    return [path.read_bytes() for path in sorted((corpus_folder() / "documents").glob("*.html"))]


def _warc(workspace: object, path: Path) -> None:
    from assess.scrape.warc_import import import_warc

    import_warc(workspace, path)  # type: ignore[arg-type]


def _warc_seeds() -> Sequence[bytes]:
    html = _html_seeds()[0]
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/modern-slavery\r\n"
        b"WARC-Date: 2024-05-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    ) % (len(answer), answer)
    arc = b"filedesc://a 0.0.0.0 20240501100000 text/plain 10\n1 0 x\n\n\n"
    return [record, record * 2, gzip.compress(record, mtime=0), arc]


def _config(path: Path) -> None:
    import typer

    from assess.cli import app
    from assess.cli.config import defaults, read_config

    found = read_config(path)
    defaults(typer.main.get_command(app), found.settings)


def _lines(path: Path) -> None:
    from assess.scrape.files import iter_documents

    for document, data in iter_documents([path]):
        if document.size != len(data):
            raise BrokenPromiseError("the size is not the bytes'")


def _line_seeds() -> Sequence[bytes]:
    rows = [{"id": place, "text": "We act against slavery. " * 9} for place in range(3)]
    return ["".join(json.dumps(row) + "\n" for row in rows).encode()]


def _gold_seeds() -> Sequence[bytes]:
    row = {"id": "a", "split": "dev", "text": "We act.", "policies": 1, "substance": 2.5}
    return [json.dumps({**row, "evidence": {"policies": ["We act."]}}).encode() + b"\n"]


READERS: Final = (
    Target("registry", _registry_seeds, _in_workspace("case.csv", _registry), _CSV, weight=3),
    Target("lists", _list_seeds, _one_file("case.csv", _lists), _CSV),
    Target("companies", _company_seeds, _in_workspace("case.csv", _companies), _CSV),
    Target(
        "sentences",
        lambda: [b'statement_id,sentence,risk\n1,We act.,0\n1,"We, too\nact.",1\n'],
        _one_file("case.csv", _table),
        _CSV,
    ),
    Target("gold", _gold_seeds, _one_file("case.jsonl", _gold), _JSON),
    Target(
        "agreement",
        lambda: [b'{"policies": {"agreement": 0.9}, "risk": {"agreement": 1}}'],
        _one_file("case.json", _agreement),
        _JSON,
    ),
    Target("jsonl", _line_seeds, _one_file("case.jsonl", _lines), _JSON),
    Target("rubric", _rubric_seeds, _one_file("case.yaml", _rubric), _YAML, weight=3),
    Target("model", _model_seeds, _one_file("case", _model), _JSON),
    Target("arrays", _array_seeds, _one_file("case.npz", _arrays), _JSON),
    Target("html", _html_seeds, _html_one, (), weight=3),
    Target("warc", _warc_seeds, _in_workspace("case.warc", _warc), _WARC, weight=2),
    Target(
        "config",
        lambda: [b'db = "x.db"\njobs = 2\ndelay = 1.5\n[limits]\ndocument_seconds = 20\n'],
        _one_file("assess.toml", _config),
        _TOML,
    ),
)
