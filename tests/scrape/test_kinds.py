"""What a fetched body is and what it is called."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.extract.media import DOCX, HTML, PDF, RTF, TEXT
from assess.scrape.fetch.records import Reply
from assess.scrape.files import EXTENSIONS
from assess.scrape.kinds import document_name, file_name, media_type


def _reply(url: str = "https://www.a.example/x", body: bytes = b"", **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(url, url, "2026-01-01T00:00:00Z", 0.0, 200, named, body=body)


@pytest.mark.parametrize(
    ("body", "said", "kind"),
    [
        (b"%PDF-1.7\n", "text/html", PDF),
        (b"%PDF-1.7\n", "application/octet-stream", PDF),
        (b"\r\n\r\n%PDF-1.7\n", "", PDF),
        (b"<!DOCTYPE html><p>x", "application/pdf", HTML),
        (b"<!DOCTYPE html><p>x", "", HTML),
        (b"Our statement", "text/html; charset=utf-8", HTML),
        (b"Our statement", "Text/HTML", HTML),
        (b"Our statement", "text/plain", TEXT),
        (b"Our statement", "application/pdf", TEXT),
        (b'{"a": 1}', "application/json", "application/json"),
        (b"a { color: red }", "text/css", "text/css"),
        (b"PK\x03\x04.....[Content_Types].xml word/", "application/pdf", DOCX),
        (b"\0\1\2\3" * 9, "text/html", "application/octet-stream"),
        (b"\0\1\2\3" * 9, "application/pdf", "application/octet-stream"),
    ],
)
def test_the_bytes_tell_more_than_the_server(body: bytes, said: str, kind: str) -> None:
    assert media_type(_reply(body=body, content_type=said)) == kind


def _zip() -> bytes:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.txt", "x")
        return file.getvalue()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (_zip(), "application/zip"),
        (b'{"statement": 1}', "application/json"),
        (b'{"statement": 1}', "text/html"),
        (b'[{"statement": 1}]', ""),
        (b"body { color: red }", "text/css"),
        (b"<?xml version='1.0'?><urlset></urlset>", "application/xml"),
        (b"<?xml version='1.0'?><urlset></urlset>", ""),
        (bytes(range(256)), "application/pdf"),
    ],
    ids=range(9),
)
def test_what_is_no_document_is_not_kept(body: bytes, said: str) -> None:
    assert media_type(_reply(body=body, content_type=said)) not in EXTENSIONS


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"%PDF-1.7 ...", PDF), (b"{\\rtf1 x}", RTF), (b"Our statement.", TEXT)],
)
def test_documents_are_told_by_their_bytes(body: bytes, kind: str) -> None:
    assert media_type(_reply(body=body, content_type="application/octet-stream")) == kind


def test_a_page_in_place_of_a_pdf_is_a_page() -> None:
    page = b"<html><head><title>Modern slavery statement</title></head><body><p>x</body></html>"
    reply = _reply("https://a.example/msa.pdf", page, content_type="application/pdf")
    assert media_type(reply) == HTML


@pytest.mark.parametrize(
    ("url", "disposition", "name"),
    [
        ("https://a.example/docs/MSA%202023.pdf?x=1", "", "MSA 2023.pdf"),
        ("https://a.example/docs/", "", "docs"),
        ("https://a.example/", "", "a.example"),
        ("https://a.example/%2e%2e%2fetc%2fpasswd", "", "passwd"),
        ("https://a.example/x", 'attachment; filename="our statement.pdf"', "our statement.pdf"),
        ("https://a.example/x", "inline; filename=s.pdf; size=3", "s.pdf"),
        ("https://a.example/x", "attachment; filename*=UTF-8''caf%C3%A9.pdf", "café.pdf"),
        ("https://a.example/x", "attachment; filename*=utf-8'en'a.pdf", "a.pdf"),
        ("https://a.example/x", 'attachment; filename="C:\\\\temp\\\\s.pdf"', "s.pdf"),
        ("https://a.example/x", 'attachment; filename="../../s.pdf"', "s.pdf"),
        ("https://a.example/x", 'attachment; filename=""', "x"),
        ("https://a.example/x", "attachment", "x"),
        ("https://a.example/x", "attachment; filename=%00%0a", "x"),
        (f"https://a.example/{'y' * 500}.pdf", "", f"{'y' * 146}.pdf"),
    ],
)
def test_files_are_called_by_the_server_or_else_the_address(
    url: str, disposition: str, name: str
) -> None:
    assert file_name(_reply(url, content_disposition=disposition)) == name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "www.a.example.html"),
        ("/legal/modern-slavery/", "www.a.example legal modern-slavery.html"),
        ("/legal/msa.html", "www.a.example legal msa.html"),
        ("/tesco", "www.a.example tesco.html"),
    ],
)
def test_pages_are_called_by_their_site_too(path: str, name: str) -> None:
    assert document_name(_reply(f"https://www.a.example{path}"), HTML) == name


def test_files_are_called_by_their_own_name() -> None:
    assert document_name(_reply("https://www.a.example/d/tesco.pdf"), PDF) == "tesco.pdf"


_URLS = st.one_of(st.text(), st.text().map("https://a.example/".__add__), st.just("http://[::1"))


@given(_URLS, st.text(), st.binary(max_size=100))
def test_any_answer_has_a_kind_and_a_name(url: str, disposition: str, body: bytes) -> None:
    reply = _reply(url, body, content_disposition=disposition)
    kind = media_type(reply)
    for name in (file_name(reply), document_name(reply, kind)):
        assert name.isprintable()
        assert name
        assert "/" not in name
