"""`assess compare sectors`: groups side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from assess.cli.compare.waiting import tell_waiting
from assess.cli.options import (
    DEFAULT_DB,
    DEFAULT_JOBS,
    DEFAULT_MINIMUM,
    FIRST_YEAR,
    LAST_YEAR,
    AsJson,
    Database,
    Jobs,
    Minimum,
    RubricFile,
    plural,
)
from assess.cli.tables import AsCsv, one_form, print_csv, print_json
from assess.compare.choices import GroupingName, Unit

if TYPE_CHECKING:
    from assess.compare.group_tables import KeptGroup
    from assess.compare.groups import Choice, GroupsReport

# What is told of a group in words; the whole table is in the database, --json and --csv.
_MEASURES_SHOWN: Final = 3
_SURE: Final = 0.05
_SMALLEST: Final = 0.001
_COLUMNS: Final = (
    "kind", "group", "rank", "statements", "organisations", "assessed", "too_few", "measure",
    "level", "number", "of", "effective", "value", "low", "high", "pooled", "pooled_low",
    "pooled_high", "difference", "difference_low", "difference_high", "effect", "effect_low",
    "effect_high", "p_value", "q_value",
)  # fmt: skip
# What to do where nothing was read that gives groups.
_COMPANIES: Final = (
    "No company of the registry is in a companies file read: `assess scrape companies`."
)
_NOTHING: Final = {
    "sic-section": _COMPANIES,
    "sic-division": _COMPANIES,
    "list": "No organisation of the registry is on a list read: `assess scrape groups`.",
}

By = Annotated[GroupingName, typer.Option("--by", help="What to group by.")]
Units = Annotated[Unit, typer.Option("--unit", help="What to count.")]
AllYears = Annotated[
    bool,
    typer.Option("--all-years", help="All statements, not the latest of each organisation."),
]
Years = Annotated[
    list[int] | None,
    typer.Option("--year", min=FIRST_YEAR, max=LAST_YEAR, help="Registry year; may be repeated."),
]


def sectors(  # noqa: PLR0913 - each is an option of the command
    *,
    db: Database = DEFAULT_DB,
    by: By = "sector",
    unit: Units = "statements",
    all_years: AllYears = False,
    year: Years = None,
    minimum: Minimum = DEFAULT_MINIMUM,
    rubric: RubricFile = None,
    jobs: Jobs = DEFAULT_JOBS,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Compare sectors and other groups: shares, scores and minimal compliance, with intervals.

    Every group is compared with the rest, and each organisation with itself over the years. Reused
    text, years and declarations are brought up to date first: the index of minimal compliance
    rests on them. The results stay in the database.
    """
    from assess.compare.counts import criteria
    from assess.compare.everything import refresh_everything
    from assess.compare.group_tables import read_groups
    from assess.compare.groups import Choice, refresh_sectors
    from assess.compare.minimal.trends import read_trends
    from assess.progress import counting
    from assess.report.words import compliance_words, is_proposal, shown
    from assess.score.rubric import load_rubric
    from assess.store import open_workspace

    one_form(as_json=as_json, as_csv=as_csv)
    years = tuple(sorted(set(year))) if year else None
    choice = Choice(by, unit, "all" if all_years else "latest", years, minimum)
    loaded = load_rubric(rubric)
    with open_workspace(db, create=False) as workspace, counting("compare") as progress:
        tell_waiting(workspace, loaded.key)
        refresh_everything(workspace, loaded, jobs, progress)
        report = refresh_sectors(workspace, choice, progress)
        trends = read_trends(workspace.db)
        groups = read_groups(workspace.db, choice.key)
        judged = tuple(criteria(workspace.db, report.rubric))
    if as_json:
        print_json({**_as_json(choice, report, groups), "trends": trends})
    elif as_csv:
        print_csv(_COLUMNS, _csv_rows(groups))
    else:
        titles = {one.id: one.title for one in judged}
        names = {"compliance": compliance_words(is_proposal(judged)), "substance": "substance"}
        for line in _lines(choice, groups, names, titles):
            typer.echo(line)
        for line in _trends(trends):
            typer.echo(shown(line))


def _as_json(
    choice: Choice, report: GroupsReport, groups: Sequence[KeptGroup]
) -> Mapping[str, object]:
    return {
        "grouping": choice.by,
        "unit": choice.unit,
        "which": choice.which,
        "years": choice.years,
        "minimum": choice.minimum,
        "rubric": report.rubric,
        "groups": [
            {
                "kind": group.kind,
                "group": group.name,
                **group.counts,
                "shares": list(group.shares.values()),
                "scores": list(group.scores.values()),
            }
            for group in groups
        ],
        "notes": list(_notes(choice)),
    }


def _csv_rows(groups: Sequence[KeptGroup]) -> Iterator[Mapping[str, object]]:
    """A row for each share, and two for each score: its median and its mean."""
    for group in groups:
        first = {"kind": group.kind, "group": group.name, **group.counts}
        for row in group.shares.values():
            yield {**first, **row, "value": row["share"]}
        for row in group.scores.values():
            of_score = {**first, "measure": row["score"], "of": row["number"]}
            of_score["effective"] = row["effective"]
            tested = ("effect", "effect_low", "effect_high", "p_value", "q_value")
            yield {
                **of_score,
                **{name: row[name] for name in tested},
                "level": "median",
                "value": row["median"],
                "low": row["median_low"],
                "high": row["median_high"],
            }
            pooled = {name: row[name] for name in ("pooled_low", "pooled_high")}
            mean = {"level": "mean", "value": row["mean"], "pooled": row["pooled_mean"]}
            yield {**of_score, **mean, **pooled}


def _lines(
    choice: Choice,
    groups: Sequence[KeptGroup],
    names: Mapping[str, str],
    titles: Mapping[str, str],
) -> Iterator[str]:
    from assess.report.words import cut, shown

    told = {
        "all": "All",
        "none": f"In no group by {choice.by}: not known",
        "unregistered": "Documents without a registry row",
    }
    if choice.by == "list":
        told["none"] = "On no list"
    number = sum(group.kind == "group" for group in groups)
    which = "all statements" if choice.which == "all" else "each organisation's latest statement"
    years = f" of {', '.join(map(str, choice.years))}" if choice.years else ""
    yield f"{plural(number, 'group')} by {choice.by}, {which}{years}, counted by {choice.unit}"
    if not number:
        yield _NOTHING.get(choice.by, "The registry rows read give no groups.")
    last = len(groups)
    for group in sorted(groups, key=lambda one: (one.kind != "all", one.counts["rank"] or last)):
        place = f"{group.counts['rank']}. " if group.counts["rank"] else ""
        on_one_line = " ".join(group.name.split())
        yield f"{place}{told.get(group.kind) or shown(cut(on_one_line))}"
        for line in _of_group(choice, group, names, titles):
            yield f"    {shown(line)}"
    yield from _notes(choice)


def _of_group(
    choice: Choice, group: KeptGroup, names: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[str]:
    counts = group.counts
    what = "document" if group.kind == "unregistered" else "statement"
    of = "" if group.kind == "unregistered" else f" of {_organisations(counts['organisations'])}"
    assessed = f"{counts['assessed']:,} assessed"
    if choice.unit == "organisations":
        assessed += f" (of {_organisations(counts['organisations_assessed'])})"
    yield f"{plural(counts['statements'], what)}{of}, {assessed}"
    if counts["assessed"]:
        yield "; ".join(_median(name, group.scores[score]) for score, name in names.items())
        yield _minimal(group)
    types = [row for (measure, _), row in group.shares.items() if measure == "type" and row["of"]]
    if types:
        yield "types: " + ", ".join(
            f"{row['level'].replace('_', '-')} {_raw(row)}" for row in types
        )
    if group.kind == "group":
        yield from _against(choice, group, names, titles)


def _worth(row: Mapping[str, Any]) -> str:
    return plural(round(row["effective"]), "observation")


def _organisations(number: int) -> str:
    return plural(number, "organisation")


def _median(name: str, row: Mapping[str, Any]) -> str:
    from assess.report.words import interval

    if row["median"] is None:
        return f"{name}: not scored"
    if row["median_low"] is None:
        return f"{name}: median {row['median']:.0f}"
    return (
        f"{name}: median {row['median']:.0f} ({interval(row['median_low'], row['median_high'], 1)})"
    )


def _raw(row: Mapping[str, Any]) -> str:
    from assess.report.words import interval, percent

    return f"{percent(row['share'])} ({interval(row['low'], row['high'])}%)"


def _minimal(group: KeptGroup) -> str:
    from assess.report.words import interval, percent

    row = group.shares["minimal_flag", "true"]
    if not row["of"]:
        return "flagged as minimal compliance: cannot be told"
    raw = f"flagged as minimal compliance: {row['number']:,} of {row['of']:,}, {_raw(row)}"
    if row["effective"] < row["of"]:
        raw += f", worth {_worth(row)}"
    if row["pooled"] is None:
        return raw
    pooled = interval(row["pooled_low"], row["pooled_high"])
    return f"{raw}; pooled {percent(row['pooled'])} ({pooled}%)"


def _against(
    choice: Choice, group: KeptGroup, names: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[str]:
    if group.counts["too_few"]:
        worth = _worth(group.counts)
        yield f"too few to compare: worth {worth}, {choice.minimum} needed; no rank, no test"
        return
    flag = group.shares["minimal_flag", "true"]
    if flag["q_value"] is None:
        yield "flags against the rest: not tested, too few could be judged or all are alike"
    else:
        yield f"flags against the rest: {_points(flag)}, {_q(flag)}"
    for score, name in names.items():
        row = group.scores[score]
        if row["q_value"] is not None:
            low, high = row["effect_low"], row["effect_high"]
            delta = f"delta {row['effect']:+.2f} ({low:+.2f} to {high:+.2f})"
            yield f"{name} against the rest: {delta}, {_q(row)}"
    others = [
        row
        for (measure, _), row in group.shares.items()
        if measure in titles and row["q_value"] is not None and row["q_value"] <= _SURE
    ]
    strongest = sorted(others, key=lambda row: -abs(row["effect"]))[:_MEASURES_SHOWN]
    if strongest:
        told = (f"{titles[row['measure']]} ({row['level']}) {_points(row)}" for row in strongest)
        yield f"differs in {plural(len(others), 'level')} of criteria, most in: {'; '.join(told)}"


def _points(row: Mapping[str, Any]) -> str:
    names = ("difference", "difference_low", "difference_high")
    difference, low, high = (f"{round(row[name] * 100):+d}" for name in names)
    return f"{difference} points ({low} to {high})"


def _q(row: Mapping[str, Any]) -> str:
    """The q value, and what it says."""
    q = row["q_value"]
    sure = "differs" if q <= _SURE else "no difference shown"
    return f"{'q below 0.001' if q < _SMALLEST else f'q {q:.3f}'}: {sure}"


def _trends(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Form against substance over the years, of groups with organisations enough to tell."""
    from assess.compare.minimal.trends import WORDS

    yield "Form against substance, each organisation with itself over the years:"
    told = [row for row in rows if row["verdict"] != "too_few"]
    for row in told:
        where = row["group_name"] or "All"
        yield (
            f"    {where}, {row['first_year']} to {row['last_year']}, "
            f"{_organisations(row['organisations'])}: compliance {_slope(row, 'form')} and "
            f"substance {_slope(row, 'substance')} points a year: {WORDS[row['verdict']]}"
        )
    if len(told) < len(rows):
        yield f"    {plural(len(rows) - len(told), 'group')}: {WORDS['too_few']}"


def _slope(row: Mapping[str, Any], name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return f"{row[f'{name}_slope']:+.1f} ({low:+.1f} to {high:+.1f})"


def _notes(choice: Choice) -> Iterator[str]:
    yield (
        "Shares are of statements that were assessed and where the item applies; intervals are of "
        "95% (shares: Wilson; medians: bootstrap). A statement of several groups counts fully in "
        "each, so the groups add up to more than all."
    )
    yield (
        "Pooled: drawn toward all groups, the more the fewer a group's statements (empirical "
        "Bayes). Ranks go by the pooled share of minimal compliance, the highest first; a rank "
        "says nothing of how sure the order is, the intervals do."
    )
    rest = "all others" if choice.by == "list" else "those in other groups only"
    yield (
        f"The rest: {rest}. Differences of scores are Cliff's delta, from -1 to 1. A group differs "
        f"where q is at most {_SURE}: the p value (shares: Fisher; scores: Mann-Whitney) with "
        "false discoveries controlled over all tests of this comparison (Benjamini-Hochberg). "
        f"Groups worth fewer than {choice.minimum} assessed {choice.unit} are in no test and have "
        "no rank."
    )
    yield "A flag is a machine's reading of the text, not the finding of a breach."
    if choice.unit == "organisations":
        yield (
            "A group statement counts once for each organisation it covers; as these are not "
            "independent, intervals and tests are of the effective number (Kish), and intervals "
            "of medians are Woodruff's."
        )
    if choice.which == "all":
        yield (
            "Statements of one organisation in several years all count, and are more alike than "
            "others: intervals are somewhat too short. Leave --all-years out to test."
        )
