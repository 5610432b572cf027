"""`assess train` and `assess compare-models`: a new classifier, and whether it is a better one."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assess import log
from assess.cli.options import DATA_HELP, AsJson, Data, given, plural, warn_if_learned_from
from assess.errors import InputError

if TYPE_CHECKING:
    from assess.score.reviews import Reviews
    from assess.score.rubric import Rubric

UK_DEV = Path("aims/uk_dev.csv")
IS_WORSE = 1


def train(
    data: Data,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="Folder for the model's files.",
            parser=given,
            metavar="FOLDER",
        ),
    ] = Path("models"),
    with_reviews: Annotated[
        Path | None,
        typer.Option(
            "--with-reviews",
            help="Learn from the corrections in a database too.",
            parser=given,
            metavar="DB",
        ),
    ] = None,
    encoder: Annotated[
        Path | None,
        typer.Option(
            "--encoder",
            help="Folder of the model whose encoder is used. [default: the shipped one]",
            parser=given,
            metavar="FOLDER",
        ),
    ] = None,
) -> None:
    """Train the sentence classifier; prints what it was trained on and how good it is.

    'assess evaluate sentences' tells more of how good it is, by the same statements left out. To
    see what changes before a model is replaced, train into a new folder and compare the two with
    'assess compare-models'.
    """
    from assess.files import alone_in
    from assess.score.rubric import load_rubric
    from assess.score.training import train as train_model

    rubric = load_rubric()
    reviews = _reviews(with_reviews, rubric, data) if with_reviews else None
    with alone_in(output):
        report = train_model(data, output, rubric, encoder=encoder, reviews=reviews)
    typer.echo(
        f"{report.key}: {report.sentences:,} sentences of {report.statements:,} statements; "
        f"written to {output}"
    )
    for table, macro_f1 in report.macro_f1.items():
        typer.echo(f"{table}: macro F1 {macro_f1:.3f}, each statement left out of what judged it")
    for gain in report.criteria:
        typer.echo(
            f"{gain.criterion}: F1 on statements left out of each fold {gain.rules_f1:.2f} by "
            f"rules, {gain.together_f1:.2f} with the learned part, which finds it in {gain.added} "
            f"more of {gain.statements} statements, {gain.added_right} rightly"
        )


def _reviews(database: Path, rubric: Rubric, data: Path) -> Reviews:
    from assess.review.learn import load_reviews
    from assess.score.reviews import without
    from assess.score.training import kept_for_measuring

    found = without(load_reviews(database, rubric), kept_for_measuring(data))
    log.tell(f"{database}: {plural(found.used, 'review')} to learn from", plain=True)
    for reason, count in found.left_out.items():
        log.tell(f"{database}: {plural(count, 'review')} left out: {reason}", plain=True)
    return found


def compare_models(
    context: typer.Context,
    old: Annotated[
        Path, typer.Argument(help="Folder of the model in use.", parser=given, metavar="OLD")
    ],
    new: Annotated[
        Path, typer.Argument(help="Folder of the one to replace it.", parser=given, metavar="NEW")
    ],
    data: Annotated[
        Path | None, typer.Option("--data", help=DATA_HELP, parser=given, metavar="PATH")
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(
            "--table",
            help="CSV with statement_id, sentence and, if known, labels; below DATA if that is "
            f"given. Without it, DATA/{UK_DEV}.",
            parser=given,
            metavar="CSV",
        ),
    ] = None,
    fail_on_worse: Annotated[
        bool,
        typer.Option(
            "--fail-on-worse", help="Exit code 1 if F1 of a label, or their mean, is clearly worse."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print how a new classifier differs from an old one, and where it is better or worse."""
    from assess.evaluate.drift import compare_models as compare
    from assess.report.drift import drift_text
    from assess.score.model import load_model

    if data is None and table is None:
        context.fail("Give '--data' or '--table'.")
    path = (data or Path()) / (table or UK_DEV)
    found = compare(path, load_model(old), load_model(new))
    warn_if_learned_from(found.old_learned_from, old)
    warn_if_learned_from(found.new_learned_from, new)
    typer.echo(json.dumps(asdict(found), indent=1) if as_json else drift_text(found, str(path)))
    if fail_on_worse and not found.judged:
        raise InputError(
            f"{path}: too few statements with labels, that neither model has learned from, to "
            "tell better from worse"
        )
    if fail_on_worse and found.worse:
        log.tell(f"clearly worse: {', '.join(found.worse)}", level=log.WARNING)
        raise typer.Exit(IS_WORSE)
