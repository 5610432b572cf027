"""Tables of groups (sectors and others), with denominators and intervals."""

from __future__ import annotations

from assess.export.columns import Reference, Table, boolean, integer, number, text

_GROUP = (
    text(
        "grouping",
        "sector, sic-section, sic-division, turnover, ownership, submission or list",
        of="group_counts",
        required=True,
    ),
    text(
        "unit",
        "what is counted: statements or organisations",
        of="group_counts",
        required=True,
        choices=("statements", "organisations"),
    ),
    text(
        "which",
        "latest statement of each organisation, or all",
        of="group_counts",
        required=True,
        choices=("latest", "all"),
    ),
    text("years", "registry years, separated by blanks; all of them: all", required=True),
    text(
        "kind",
        "all, group, none (in no group), or unregistered (documents without a row)",
        of="group_counts",
        required=True,
        choices=("all", "group", "none", "unregistered"),
    ),
    text("group_name", "name of the group; empty for the other kinds", of="group_counts"),
)
_KEY = tuple(column.name for column in _GROUP)
_TO_GROUP = Reference(_KEY, "group_counts", _KEY)
_OF_GROUP = "grouping, unit, which, iif(years = '', 'all', years), kind, group_name"
_BY_GROUP = "grouping, unit, which, years, kind, group_name"

GROUP_COUNTS = Table(
    "group_counts",
    "Groups",
    "Who is in each group (a sector, or another) of a comparison of groups: the denominators of "
    "group_shares and group_scores.",
    _KEY,
    (
        *_GROUP,
        integer("statements", "registered statements", of="group_counts", required=True),
        integer("organisations", "that they cover", of="group_counts", required=True),
        integer(
            "with_document", "statements whose text is at hand", of="group_counts", required=True
        ),
        integer(
            "cannot_assess", "whose document could not be judged", of="group_counts", required=True
        ),
        integer(
            "other_kinds",
            "whose document is a policy or something else",
            of="group_counts",
            required=True,
        ),
        integer(
            "assessed",
            "statements that were judged: the ground of all shares",
            of="group_counts",
            required=True,
        ),
        integer("organisations_assessed", "that these cover", of="group_counts", required=True),
        number(
            "effective",
            "how many independent units the assessed ones are worth (Kish)",
            of="group_counts",
            required=True,
        ),
        boolean(
            "too_few",
            "true if that is below the minimum: in no test, without a rank",
            required=True,
        ),
        integer(
            "rank", "by the pooled share of flagged statements, 1 is the highest", of="group_counts"
        ),
    ),
    f"""
    SELECT {_OF_GROUP}, statements, organisations, with_document, cannot_assess, other_kinds,
        assessed, organisations_assessed, effective, too_few, rank
    FROM group_counts ORDER BY {_BY_GROUP}""",  # noqa: S608 - names of columns, as above
)

GROUP_SHARES = Table(
    "group_shares",
    "Shares of groups",
    "Shares of each group that reach a level of a criterion, with 95% intervals, raw and pooled, "
    "and how they differ from the rest. The number of units that each rests on is in of.",
    (*_KEY, "measure", "level"),
    (
        *_GROUP,
        text("measure", "a criterion, minimal_flag, or type", of="group_shares", required=True),
        text("title", "short name of the criterion"),
        text(
            "level",
            "what is counted of it: met, partial, true, 1+, 2+, or a type",
            of="group_shares",
            required=True,
        ),
        integer("number", "units that reach it", of="group_shares", required=True),
        integer("of", "units where it applies", of="group_shares", required=True),
        number(
            "effective",
            "how many independent ones these are worth",
            of="group_shares",
            required=True,
        ),
        number("share", "number of those, 0 to 1", of="group_shares"),
        number("low", "95% Wilson interval", of="group_shares"),
        number("high", "its other end", of="group_shares"),
        number(
            "pooled",
            "drawn toward all groups (empirical Bayes); null where nothing is pooled",
            of="group_shares",
        ),
        number("pooled_low", "95% interval of that", of="group_shares"),
        number("pooled_high", "its other end", of="group_shares"),
        number("difference", "share less that of the rest", of="group_shares"),
        number("difference_low", "95% interval (Newcombe)", of="group_shares"),
        number("difference_high", "its other end", of="group_shares"),
        number("effect", "Cohen's h", of="group_shares"),
        number("p_value", "Fisher's exact test", of="group_shares"),
        number(
            "q_value",
            "after control of false discoveries over all tests of the comparison",
            of="group_shares",
        ),
    ),
    f"""
    SELECT {_OF_GROUP}, measure,
        (SELECT title FROM criteria WHERE id = measure AND rubric IN (SELECT rubric FROM judged)
            ORDER BY rubric LIMIT 1),
        level, number, "of", effective, share, low, high, pooled, pooled_low, pooled_high,
        difference, difference_low, difference_high, effect, p_value, q_value
    FROM group_shares ORDER BY {_BY_GROUP}, measure, level""",  # noqa: S608 - as above
    (_TO_GROUP,),
)

GROUP_SCORES = Table(
    "group_scores",
    "Scores of groups",
    "Scores of each group: quartiles, with the 95% interval of the median, and how they differ "
    "from the rest.",
    (*_KEY, "score"),
    (
        *_GROUP,
        text("score", "compliance, substance or minimal_index", of="group_scores", required=True),
        integer("number", "units with the score", of="group_scores", required=True),
        number(
            "effective",
            "how many independent ones these are worth",
            of="group_scores",
            required=True,
        ),
        number("lower_quartile", "of the scores", of="group_scores"),
        number("median", "of the scores"),
        number("upper_quartile", "of the scores"),
        number("median_low", "95% interval of the median", of="group_scores"),
        number("median_high", "its other end", of="group_scores"),
        number("mean", "of the scores", of="group_scores"),
        number("pooled_mean", "drawn toward all groups", of="group_scores"),
        number("pooled_low", "95% interval of that", of="group_scores"),
        number("pooled_high", "its other end", of="group_scores"),
        number("effect", "Cliff's delta against the rest, -1 to 1", of="group_scores"),
        number("effect_low", "95% interval of that", of="group_scores"),
        number("effect_high", "its other end", of="group_scores"),
        number("p_value", "Mann-Whitney test", of="group_scores"),
        number("q_value", "after control of false discoveries", of="group_scores"),
    ),
    f"""
    SELECT {_OF_GROUP}, score, number, effective, lower_quartile, median, upper_quartile,
        median_low, median_high, mean, pooled_mean, pooled_low, pooled_high, effect, effect_low,
        effect_high, p_value, q_value
    FROM group_scores ORDER BY {_BY_GROUP}, score""",  # noqa: S608 - as above
    (_TO_GROUP,),
)

DIVERGENCE = Table(
    "divergence",
    "Form against substance",
    "Form against substance over the years: points a year, each organisation compared with itself.",
    ("grouping", "group_name"),
    (
        text("grouping", "all or sector", of="divergence", required=True),
        text("group_name", "the sector, or empty", of="divergence"),
        integer("first_year", "of the statements used", of="divergence"),
        integer("last_year", "likewise", of="divergence"),
        integer(
            "organisations",
            "with assessed statements of two years or more",
            of="divergence",
            required=True,
        ),
        integer("statements", "of these", of="divergence", required=True),
        number("form_slope", "of compliance", of="divergence"),
        number("form_low", "95% bootstrap interval over organisations", of="divergence"),
        number("form_high", "its other end", of="divergence"),
        number("substance_slope", "of substance", of="divergence"),
        number("substance_low", "95% interval", of="divergence"),
        number("substance_high", "its other end", of="divergence"),
        number("gap_slope", "of compliance less substance", of="divergence"),
        number("gap_low", "95% interval", of="divergence"),
        number("gap_high", "its other end", of="divergence"),
        number("p_value", "Wilcoxon's signed-rank test that gaps do not widen", of="divergence"),
        number("q_value", "after control of false discoveries", of="divergence"),
        text(
            "verdict",
            "form_only, both_rise, no_clear_change, other or too_few",
            of="divergence",
            required=True,
            choices=("form_only", "both_rise", "no_clear_change", "other", "too_few"),
        ),
    ),
    """
    SELECT grouping, group_name, first_year, last_year, organisations, statements, form_slope,
        form_low, form_high, substance_slope, substance_low, substance_high, gap_slope, gap_low,
        gap_high, p_value, q_value, verdict
    FROM divergence ORDER BY grouping, group_name""",
)

TABLES = (GROUP_COUNTS, GROUP_SHARES, GROUP_SCORES, DIVERGENCE)
