"""Writes the whole of ``corpus/``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from tools.corpus import html, pdf, plain, registry, truth, word
from tools.corpus.sources import HERE, Organisation, Source, load_organisations, load_sources

PAGES = {"wordpress", "static", "webflow", "council"}


def build(target: Path) -> dict[str, int]:
    """Write documents, registry, truth and README below ``target``.

    Files in ``target/documents`` that no source makes are removed. Returns the number of
    documents by file ending.
    """
    organisations = load_organisations()
    sources = load_sources(organisations)
    documents = target / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    files = documents_of(sources, organisations)
    for path in documents.iterdir():
        if path.name not in files:
            path.unlink()
    for name, data in files.items():
        (documents / name).write_bytes(data)
    (target / "registry.csv").write_bytes(registry.to_csv(sources, organisations))
    (target / "truth.jsonl").write_bytes(truth.to_jsonl(sources).encode())
    (target / "README.md").write_bytes(readme(sources, organisations).encode())
    return dict(sorted(Counter(Path(name).suffix for name in files).items()))


def documents_of(
    sources: Sequence[Source], organisations: dict[str, Organisation]
) -> dict[str, bytes]:
    """Return ``{file name: bytes}`` of every document."""
    files = {
        source.file: document(source, organisations)
        for source in sources
        if source.format != "jsonl"
    }
    lines = plain.json_lines(source for source in sources if source.format == "jsonl")
    return files | {"more.jsonl": lines.encode()}


def document(source: Source, organisations: dict[str, Organisation]) -> bytes:
    """Return the bytes of one document in its source's format."""
    match source.format:
        case "pdf":
            return pdf.one_column(source)
        case "pdf2":
            return pdf.two_columns(source)
        case "scan":
            return pdf.scanned(source)
        case "docx":
            return word.write(source)
        case "md":
            return plain.markdown(source).encode()
        case "txt":
            return plain.text(source).encode()
        case page if page in PAGES and source.org is not None:
            return html.write(source, organisations[source.org]).encode()
        case other:
            raise ValueError(f"{source.id}: no writer for the format {other!r}")


def readme(sources: Sequence[Source], organisations: dict[str, Organisation]) -> str:
    """Return ``corpus/README.md`` with its counts and its table of planted cases."""
    loader = FileSystemLoader(HERE / "templates")
    environment = Environment(  # noqa: S701 - Markdown, not HTML
        loader=loader, keep_trailing_newline=True, trim_blocks=True
    )
    statements = [s for s in sources if s.meta.get("kind", "statement") == "statement"]
    return environment.get_template("README.md.j2").render(
        sources=sources,
        statements=len(statements),
        organisations=len(organisations),
        substance=sorted(Counter(s.meta["substance"] for s in statements).items()),
    )
