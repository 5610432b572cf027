"""Writes a benchmark to a file, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assess.compare.peers import Benchmark
from assess.files import writing
from assess.report import html

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

# By this mark spreadsheets know that a table is UTF-8.
_UTF8_MARK = "\ufeff"


def write_benchmark(found: Benchmark, rubric: Rubric, output: Path, documents: Path) -> None:
    """Write a page (``.html``), Markdown (``.md``) or a table (``.csv``), by the file's ending.

    Args:
        documents: The workspace's folder of kept documents, which quotes link to.

    Raises:
        InputError: ``output`` cannot be written.
    """
    kept_at = html.kept_at(documents.absolute(), output.absolute().parent)
    text = _made(found, rubric, output.suffix.lower(), kept_at)
    with writing(output) as handle:
        handle.write(text)


def _made(found: Benchmark, rubric: Rubric, form: str, kept_at: str) -> str:
    link = html.kept_link(kept_at)
    if form == ".csv":
        from assess.report.benchmark.sheet import sheet

        return _UTF8_MARK + sheet(found, link)
    if form == ".md":
        from assess.report.benchmark.markdown import markdown

        return markdown(found, rubric, link)
    from assess.report.benchmark.page import render

    return render(found, rubric, link)
