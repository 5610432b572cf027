"""The same command twice at once, and reading while another writes or where nothing can be written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer
from typer.testing import CliRunner, Result

from assess.cli import app
from assess.errors import AssessError
from assess.files import alone_in
from assess.resources import corpus_folder
from assess.store import open_workspace
from tests.copies import copied

RUN = CliRunner()
CORPUS = corpus_folder()

# Commands that write to the database; {out} is a new name, {list} a list of addresses.
WRITING = (
    "run --registry {corpus}/registry.csv --report {out}",
    "scrape registry {corpus}/registry.csv",
    "scrape files {corpus}/documents",
    "scrape decide 0 1 --accept",
    "scrape statements",
    "scrape sites {list}",
    "scrape urls {list}",
    "scrape warc {list}",
    "scrape companies {list}",
    "scrape groups {list} --name supply",
    "extract",
    "score",
    "compare sectors",
    "compare reuse",
    "compare years",
    "compare declared",
    "report sectors -o {out}.html",
    "report national -o {out}.html",
    "review --reviewer Ann",
    "merge {other}",
    "export warc {out}",
)
# What only reads, and what else takes a database but not as one to write to.
READING = (
    "scrape status",
    "scrape matches",
    "scrape changes",
    "missing {list} --year 2024",
    "compare coverage",
    "report sectors --no-compare -o {out}.html",
    "report national --no-compare -o {out}.html",
    "report organisation -o {out}.html {organisation}",
    "benchmark {organisation} -o {out}.html",
    "review --list",
    "export csv -o {out}",
    "export xlsx -o {out}.xlsx",
    "export jsonl -o {out}",
    "export parquet -o {out}",
    "export datapackage -o {out}",
    "export wikirate -o {out}",
    "export texts -o {out}",
    "doctor --check {db}",
)
OTHER = {"explore"}
