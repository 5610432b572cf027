"""`assess forget`: an organisation, or a person's name, taken out of a workspace for good."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess import log
from assess.cli.options import DEFAULT_DB, AsJson, Database, plural

if TYPE_CHECKING:
    from assess.forget.organisation import Gone, Wanted
    from assess.forget.person import Redacted
    from assess.store import Workspace

_WHAT = "give one of --organisation, --company-number and --person"
# A name in more documents, and in more than half of all, may be no name.
_MANY = 4


def forget(
    organisation: Annotated[
        str, typer.Option("--organisation", help="Name of an organisation.", metavar="NAME")
    ] = "",
    number: Annotated[
        str,
        typer.Option(
            "--company-number", help="An organisation's company number.", metavar="NUMBER"
        ),
    ] = "",
    person: Annotated[
        str,
        typer.Option("--person", help="A person's name as it stands in texts.", metavar="NAME"),
    ] = "",
    keep_originals: Annotated[
        bool,
        typer.Option(
            "--keep-originals", help="Of --person: keep documents that hold the name as they are."
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes/--dry-run", help="Do it; else only count.")] = False,
    db: Database = DEFAULT_DB,
    as_json: AsJson = False,
) -> None:
    """Delete an organisation and all that is its alone, or block a person's name out of all texts.

    Without --yes nothing is changed: it says what would be. What was forgotten is remembered by
    hash, so that later imports leave it out.
    """
    if sum(map(bool, (organisation.strip(), number.strip(), person.strip()))) != 1:
        raise typer.BadParameter(_WHAT)
    from assess.forget.organisation import Wanted
    from assess.store import open_workspace

    with open_workspace(db, create=False) as workspace:
        finished = _finish_earlier(workspace) if yes else False
        told: Gone | Redacted
        if person.strip():
            told = _person(workspace, person, keep=keep_originals, yes=yes)
        else:
            wanted = Wanted(organisation.strip(), number.strip())
            told = _organisation(workspace, wanted, yes=yes, finished=finished)
    _show(told, db, yes=yes, as_json=as_json)


def _finish_earlier(workspace: Workspace) -> bool:
    """Finish a run that was killed; whether there was one."""
    from assess.forget.traces import finish, unfinished

    if not unfinished(workspace):
        return False
    finish(workspace)
    log.tell("finished what an earlier run had begun")
    return True


def _person(workspace: Workspace, name: str, *, keep: bool, yes: bool) -> Redacted:
    from assess.forget.apply import in_transaction
    from assess.forget.person import forget_person

    return in_transaction(
        workspace, lambda: forget_person(workspace, name, keep_originals=keep), keep=yes
    )


def _organisation(workspace: Workspace, wanted: Wanted, *, yes: bool, finished: bool) -> Gone:
    from assess.errors import InputError
    from assess.forget.apply import in_transaction
    from assess.forget.organisation import Gone, already_forgotten, forget_organisation

    try:
        return in_transaction(workspace, lambda: forget_organisation(workspace, wanted), keep=yes)
    except InputError:
        if already_forgotten(workspace, wanted):
            if not finished:
                log.tell("was forgotten before; there is nothing of it")
            return Gone()
        raise


def _show(told: Gone | Redacted, db: Path, *, yes: bool, as_json: bool) -> None:
    from assess.forget.organisation import Gone
    from assess.forget.traces import copies_beside

    copies = copies_beside(db)
    if as_json:
        found = {one.name: getattr(told, one.name) for one in fields(told)}
        typer.echo(json.dumps({**found, "done": yes, "copies_not_touched": copies}))
        return
    for line in _gone_lines(told) if isinstance(told, Gone) else _redacted_lines(told):
        typer.echo(line)
    if copies:
        typer.echo(f"copies beside the database still hold it: {', '.join(copies)}")
    if yes:
        typer.echo("done; reports and exports that were written before are not touched")
    else:
        typer.echo("nothing was changed; add --yes to do it")


def _gone_lines(gone: Gone) -> list[str]:
    lines = [f"{table}: {plural(number, 'row')}" for table, number in _counted(gone.rows)]
    lines.append(f"kept originals and pages: {plural(gone.files, 'file')}")
    if gone.shared_statements:
        lines.append(
            f"{plural(gone.shared_statements, 'statement')} of several organisations: stay, "
            "without this one; their texts may name it (--person blocks any name out)"
        )
    return lines


def _redacted_lines(told: Redacted) -> list[str]:
    lines = [f"{table}: in {plural(number, 'value')}" for table, number in _counted(told.values)]
    lines.append(f"originals that hold the name and go: {plural(told.files, 'file')}")
    if told.files + told.kept_files > max(_MANY, told.documents // 2):
        lines.append(
            f"that is most of {plural(told.documents, 'document')}: make sure that it is the name "
            "of a person, and no common words"
        )
    if told.kept_files:
        lines.append(f"originals that hold the name and stay: {plural(told.kept_files, 'file')}")
    if told.unread_files:
        lines.append(
            f"{plural(told.unread_files, 'kept file')} without a text: cannot be looked into"
        )
    if told.organisations:
        lines.append(f"{plural(told.organisations, 'organisation name')} with it: stay as they are")
    return lines


def _counted(counts: Counter[str]) -> list[tuple[str, int]]:
    return [(table, number) for table, number in sorted(counts.items()) if number]
