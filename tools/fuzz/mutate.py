"""Seeded mutations of documents: of their bytes, and of what is inside PDF and DOCX."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import PurePath
from random import Random
from typing import Final

Mutation = Callable[[bytes, Random], bytes]

_EXTREMES: Final = (
    b"0", b"-1", b"1", b"255", b"65536", b"2147483647", b"-2147483648", b"4294967296", b"1e39",
    b"99999999999999999999", b"0.0000001", b"-0", b"nan", b"", b"3",
)  # fmt: skip
_TOKENS: Final = {
    ".pdf": (
        b"obj", b"endobj", b"stream\n", b"endstream", b"<<", b">>", b"[", b"]", b"0 R", b"/Kids",
        b"/Type/Page", b"/Length 0", b"/Filter/FlateDecode", b"/Filter/LZWDecode", b"/Prev 0",
        b"/Filter/ASCII85Decode", b"/Resources<<>>", b"BT", b"ET", b"q", b"Q", b"Tj", b"Do",
        b"/Rotate 90", b"/MediaBox[0 0 0 0]", b"trailer", b"xref", b"startxref", b"%%EOF",
        b"/Encrypt<<>>", b"/AcroForm<</Fields[]>>", b"/Annots[]", b"/Predictor 12",
    ),
    ".html": (
        b"<div>", b"</div>", b"<table>", b"<td>", b"<tr>", b"<!--", b"-->", b"<script>", b"<svg>",
        b"&#0;", b"&#x110000;", b"&nbsp;", b"<template>", b"<nav>", b"<li>", b"<br>", b"<![CDATA[",
        b"<plaintext>", b"<meta charset=utf-16>", b"<meta charset=idna>", b"<base href='x'>", b"\0",
    ),
    ".docx": (
        b"<w:p/>", b"<w:t>", b"</w:t>", b"<w:tbl>", b"</w:tr>", b"<w:br/>", b"<w:sdt>", b"&amp;",
        b"<w:numId w:val='-1'/>", b"<!DOCTYPE a>", b"<w:del>", b"<w:txbxContent>", b"&#55296;",
    ),
    ".md": (
        b"#", b"> ", b"- ", b"1. ", b"|", b"|-|-|", b"```", b"[a](", b"![", b"<!--", b"**", b"---",
        b"&#55296;", b"\n=\n", b"    ", b"<div>\n",
    ),
    ".txt": (
        b"\f", b"\r", b"\n\n", b"\xe2\x80\xa2 ", b"\xff", b"\0", b"\xef\xbf\xbe", b" | ", b"-\n",
        b"\xe2\x80\xa8", b"\xcc\x81", b"Ltd. ", b"1.1 ",
    ),
}  # fmt: skip
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_OBJECT = re.compile(rb"\d+ 0 obj(.{0,4000}?)endobj", re.S)
_STREAM = re.compile(rb"(<<[^>]{0,2000}?FlateDecode.{0,2000}?>>)\s*stream\r?\n(.*?)endstream", re.S)
# A mutation may make a document larger, but not so large that the machine works for nothing.
_MAX_SIZE: Final = 3_000_000


def mutate(data: bytes, name: str, random: Random) -> bytes:
    """Return ``data`` after one to four mutations that suit its kind."""
    kind = PurePath(name).suffix.lower()
    special: dict[str, list[Mutation]] = {
        ".pdf": [_swap_objects, _restream, _restream, _numbers],
        ".docx": [_repack, _repack, _repack, _repack],
    }
    return mutate_bytes(data, _TOKENS.get(kind, _TOKENS[".txt"]), random, special.get(kind, ()))


def mutate_bytes(
    data: bytes, tokens: Sequence[bytes], random: Random, special: Sequence[Mutation] = ()
) -> bytes:
    """Return ``data`` after one to four mutations, of which the special ones are likelier."""
    general: list[Mutation] = [
        _flip,
        _splice,
        _cut,
        _repeat,
        _numbers,
        lambda d, r: _token(d, r, tokens),
    ]
    for _ in range(random.randint(1, 4)):
        data = random.choice(general + 2 * list(special))(data, random)[:_MAX_SIZE]
    return data


def _place(data: bytes, random: Random) -> int:
    return random.randrange(len(data) + 1)


def _flip(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 4, 40)) if data else 0):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _splice(data: bytes, random: Random) -> bytes:
    """Move or copy a piece to another place."""
    start = _place(data, random)
    piece = data[start : start + random.choice((8, 200, 5000))]
    rest = data if random.random() < 0.5 else data[:start] + data[start + len(piece) :]
    target = _place(rest, random)
    return rest[:target] + piece + rest[target:]


def _cut(data: bytes, random: Random) -> bytes:
    start = _place(data, random)
    return (
        data[:start]
        if random.random() < 0.3
        else data[:start] + data[start + random.choice((1, 50, 3000)) :]
    )


def _repeat(data: bytes, random: Random) -> bytes:
    start = _place(data, random)
    piece = data[start : start + random.choice((1, 3, 12, 300))]
    return data[:start] + piece * random.choice((2, 50, 3000)) + data[start:]


def _token(data: bytes, random: Random, tokens: Sequence[bytes]) -> bytes:
    for _ in range(random.choice((1, 5))):
        place = _place(data, random)
        data = data[:place] + random.choice(tokens) * random.choice((1, 1, 500)) + data[place:]
    return data


def _numbers(data: bytes, random: Random) -> bytes:
    """Put extremes in the place of a few numbers."""
    found = [match.span() for match in _NUMBER.finditer(data)]
    for start, end in sorted(
        random.sample(found, min(len(found), random.choice((1, 6)))), reverse=True
    ):
        data = data[:start] + random.choice(_EXTREMES) + data[end:]
    return data


def _swap_objects(data: bytes, random: Random) -> bytes:
    found = [match.span(1) for match in _OBJECT.finditer(data)]
    if len(found) < 2:
        return data
    (a, b), (c, d) = sorted(random.sample(found, 2))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _restream(data: bytes, random: Random) -> bytes:
    """Mutate the content of a compressed stream and pack it again."""
    found = list(_STREAM.finditer(data))
    if not found:
        return data
    match = random.choice(found)
    ascii85 = b"ASCII85Decode" in match[1]
    try:
        packed = base64.a85decode(match[2].strip().removesuffix(b"~>")) if ascii85 else match[2]
        content = zlib.decompressobj().decompress(packed, _MAX_SIZE)
    except (ValueError, zlib.error):
        return data
    change = random.choice([_flip, _splice, _repeat, _numbers, _numbers, _cut])
    body = zlib.compress(change(content, random)[:_MAX_SIZE])
    body = base64.a85encode(body) + b"~>" if ascii85 else body
    entries = re.sub(rb"/Length \d+(?! \d+ R)", b"/Length %d" % len(body), match[1])
    return (
        data[: match.start()]
        + entries
        + b"\nstream\n"
        + body
        + b"\nendstream"
        + data[match.end() :]
    )


def _repack(data: bytes, random: Random) -> bytes:
    """Mutate one part of an archive and pack it again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ):
        return data
    if not parts:
        return data
    name = (
        "word/document.xml"
        if "word/document.xml" in parts and random.random() < 0.7
        else random.choice(sorted(parts))
    )
    change = random.choice(
        [
            _splice,
            _repeat,
            _numbers,
            _flip,
            _cut,
            lambda d, r: _token(d, r, _TOKENS[".docx"]),
            _elements,
        ]
    )
    parts[name] = change(parts[name], random)[:_MAX_SIZE]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, body in parts.items():
            # Without a date of its own a part gets the clock's, and the bytes differ between runs.
            packed.writestr(zipfile.ZipInfo(part), body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _elements(data: bytes, random: Random) -> bytes:
    """Repeat, nest or drop whole elements, so that the XML stays well formed."""
    found = [
        match.span() for match in re.finditer(rb"<w:(p|r|tbl|tr|tc)[ >].*?</w:\1>", data, re.S)
    ]
    if not found:
        return data
    (start, end), (target, _) = random.choice(found), random.choice(found)
    piece = data[start:end] * random.choice((1, 2, 300))
    return (
        data[:start] + data[end:]
        if random.random() < 0.2
        else data[:target] + piece + data[target:]
    )
