"""`assess scrape statements`, `sites`, `urls`, `warc`, `status`: documents from the web."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess import log
from assess.cli.options import (
    DEFAULT_DB,
    FIRST_YEAR,
    LAST_YEAR,
    AsJson,
    Contact,
    Database,
    given,
    plural,
    show,
    tell_bad_row,
)
from assess.cli.tables import print_json_rows

if TYPE_CHECKING:
    from assess.scrape.attempts import Door, Mode
    from assess.scrape.collect import CollectReport, Options
    from assess.scrape.match import MatchReport
    from assess.scrape.network import Network
    from assess.scrape.targets import Target
    from assess.store import Workspace

# An hour: longer than anybody needs, and "inf" would wait for ever.
MAX_DELAY = 3_600.0
Delay = Annotated[
    float,
    typer.Option(
        min=0.0,
        max=MAX_DELAY,
        help="Seconds between two requests to a domain, at least; robots.txt may ask more.",
    ),
]
Recheck = Annotated[bool, typer.Option("--recheck", help="Visit again what failed before.")]
Refresh = Annotated[
    bool, typer.Option("--refresh", help="Visit all again; what has not changed is not sent again.")
]
Archive = Annotated[
    bool,
    typer.Option(
        "--archive-fallback", help="Take the Internet Archive's newest capture of dead links."
    ),
]
Private = Annotated[
    bool,
    typer.Option(
        "--allow-private-network",
        help="Visit private addresses and any port too: for your own intranet only.",
    ),
]
Proxy = Annotated[
    bool,
    typer.Option("--environment-proxy", help="Use the proxy that HTTP_PROXY and HTTPS_PROXY name."),
]
Overrides = Annotated[
    Path | None,
    typer.Option(
        "--overrides", help="CSV of wrong links: url, instead.", parser=given, metavar="FILE"
    ),
]
DEFAULT_DELAY = 2.0


def statements(
    year: Annotated[
        list[int] | None,
        typer.Option(
            "--year", min=FIRST_YEAR, max=LAST_YEAR, help="Of this registry year; may be repeated."
        ),
    ] = None,
    sector: Annotated[
        list[str] | None,
        typer.Option("--sector", help="Of a sector whose name begins so; may be repeated."),
    ] = None,
    home_pages: Annotated[
        bool,
        typer.Option("--home-pages", help="Judge the link on each home page too (section 54(7))."),
    ] = False,
    contact: Contact = "",
    delay: Delay = DEFAULT_DELAY,
    recheck: Recheck = False,
    refresh: Refresh = False,
    archive_fallback: Archive = False,
    overrides: Overrides = None,
    allow_private_network: Private = False,
    environment_proxy: Proxy = False,
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Fetch the statements that the registry's rows link to; go on where the last run stopped."""
    from assess.scrape.collect import Options
    from assess.scrape.doors import statement_targets

    _run(
        "statements",
        lambda workspace: statement_targets(workspace.db, year or (), sector or ()),
        Options(_mode(recheck, refresh), archive_fallback, home_pages),
        _network(contact, delay, allow_private_network, environment_proxy),
        overrides,
        db,
        as_json,
    )


def sites(
    file: Annotated[
        Path, typer.Argument(help="CSV: organisation, website.", parser=given, metavar="FILE")
    ],
    contact: Contact = "",
    delay: Delay = DEFAULT_DELAY,
    recheck: Recheck = False,
    refresh: Refresh = False,
    archive_fallback: Archive = False,
    overrides: Overrides = None,
    allow_private_network: Private = False,
    environment_proxy: Proxy = False,
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """From home pages to statements, and whether the home page's link is prominent."""
    from assess.scrape.collect import Options
    from assess.scrape.doors import site_targets
    from assess.scrape.lists import read_sites

    found = site_targets(read_sites(file, tell_bad_row(file)))
    _run(
        "sites",
        lambda _: found,
        Options(_mode(recheck, refresh), archive_fallback),
        _network(contact, delay, allow_private_network, environment_proxy),
        overrides,
        db,
        as_json,
    )


def urls(
    file: Annotated[
        Path,
        typer.Argument(
            help="One address a line, or a CSV with a url column.", parser=given, metavar="FILE"
        ),
    ],
    contact: Contact = "",
    delay: Delay = DEFAULT_DELAY,
    recheck: Recheck = False,
    refresh: Refresh = False,
    archive_fallback: Archive = False,
    overrides: Overrides = None,
    allow_private_network: Private = False,
    environment_proxy: Proxy = False,
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Fetch the statements at addresses, or at the pages that these link to."""
    from assess.scrape.collect import Options
    from assess.scrape.doors import url_targets
    from assess.scrape.lists import read_urls

    found = url_targets(read_urls(file, tell_bad_row(file)))
    _run(
        "urls",
        lambda _: found,
        Options(_mode(recheck, refresh), archive_fallback),
        _network(contact, delay, allow_private_network, environment_proxy),
        overrides,
        db,
        as_json,
    )


def warc(
    file: Annotated[
        Path, typer.Argument(help="WARC file (.warc or .warc.gz).", parser=given, metavar="FILE")
    ],
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Keep the statements of a crawl: of `assess export warc`, or of any crawler."""
    from assess.scrape.match import match_documents
    from assess.scrape.warc_import import import_warc
    from assess.store import open_workspace

    with open_workspace(db) as workspace:
        report = import_warc(workspace, file)
        matched = match_documents(workspace)
    show(
        report,
        f"{file}: {plural(report.answers, 'answer')}: {report.kept:,} kept "
        f"({report.new:,} new documents), {report.passed_over:,} passed over as no statement, "
        f"{report.too_large:,} too large, {report.incomplete:,} cut off\n{matched_line(matched)}",
        as_json=as_json,
    )


def status(
    failed: Annotated[
        bool, typer.Option("--failed", help="List each address whose last visit failed.")
    ] = False,
    home_pages: Annotated[
        bool, typer.Option("--home-pages", help="List how each home page's link was judged.")
    ] = False,
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """What was collected, what failed and why, and what a person can do."""
    from assess.scrape import status as collecting
    from assess.store import open_workspace

    with open_workspace(db, create=False, write=False) as workspace:
        found: Sequence[collecting.Failed | collecting.Count | collecting.Judged]
        lines: Iterable[str]
        if failed and home_pages:
            raise typer.BadParameter("give --failed or --home-pages, not both")
        if home_pages:
            found = judged = collecting.judgements(workspace.db)
            lines = collecting.judgement_lines(judged)
        elif failed:
            found = failures = collecting.failures(workspace.db)
            lines = collecting.failure_lines(failures)
        else:
            found = counts = collecting.summary(workspace.db)
            lines = collecting.summary_lines(counts)
        if as_json:
            print_json_rows(found, ascii_only=True)
            return
        for line in lines:
            typer.echo(line)


def _mode(recheck: bool, refresh: bool) -> Mode:
    if recheck and refresh:
        raise typer.BadParameter("give --recheck or --refresh, not both")
    return "recheck" if recheck else "refresh" if refresh else "missing"


def _network(contact: str, delay: float, allow_private: bool, environment_proxy: bool) -> Network:
    from assess.scrape.network import Network

    if not contact:
        _say("no --contact given: sites cannot tell you if your visits trouble them")
    if allow_private:
        _say("private network addresses and all ports are allowed in this run")
    return Network(contact, delay, allow_private, environment_proxy)


def _run(
    door: Door,
    find_targets: Callable[[Workspace], list[Target]],
    options: Options,
    network: Network,
    overrides: Path | None,
    db: Path,
    as_json: bool,
) -> None:
    from assess.batch import visits_to_findings
    from assess.progress import counting
    from assess.score.rubric import load_rubric
    from assess.scrape.doors import corrected
    from assess.scrape.lists import read_corrections
    from assess.scrape.match import match_documents
    from assess.scrape.run import run_collection
    from assess.store import open_workspace

    corrections = read_corrections(overrides, tell_bad_row(overrides)) if overrides else {}
    with open_workspace(db) as workspace, counting("visit") as progress:
        targets = corrected(find_targets(workspace), corrections)
        report = run_collection(workspace, network, door, targets, options, progress)
        matched = match_documents(workspace)
        visits_to_findings(workspace, load_rubric())
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(report)))
        return
    for line in _lines(report):
        typer.echo(line)
    typer.echo(matched_line(matched))


def matched_line(matched: MatchReport) -> str:
    """How documents stand to the registry."""
    return (
        f"matched to the registry: {plural(matched.accepted, 'document')}, doubtful "
        f"{matched.review:,}, without a row {matched.unmatched:,}"
    )


def _lines(report: CollectReport) -> list[str]:
    known = f" ({report.known:,} of them decided by earlier runs)" if report.known else ""
    noun = "address" if report.targets == 1 else "addresses"
    lines = [
        f"{report.targets:,} {noun}{known}: {report.kept:,} kept, {report.failed:,} "
        f"failed, {report.postponed:,} left for another run; "
        f"{plural(report.documents, 'new document')}"
    ]
    if judged := sum(report.home_pages.values()):
        counts = ", ".join(f"{value} {number:,}" for value, number in report.home_pages.items())
        lines.append(f"link on the home page, of {judged:,} judged: {counts}")
    if report.reasons:
        lines.append("why: " + ", ".join(f"{why} {n:,}" for why, n in report.reasons.items()))
        lines.append("`assess scrape status --failed` lists them with what can be done")
    return lines


def _say(message: str) -> None:
    log.tell(message, level=log.WARNING)
