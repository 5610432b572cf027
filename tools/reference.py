"""The page on using assess from Python, made from docstrings whenever the site is built."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

INTRODUCTION: Final = """# Python

What programs use of assess, made from the code's own descriptions. The heart is `assess_text`: no
database, no network, no clock; the same input gives the same output. Everything raises
`assess.errors.AssessError` or one of its children where a user has to do something.

```python
from pathlib import Path

from assess.extract import extract_isolated
from assess.score.assessment import assess_text
from assess.score.model import load_model
from assess.score.rubric import load_rubric

path = Path("statement.pdf")
found = assess_text(extract_isolated(path.read_bytes(), path.name), load_rubric(), load_model())
print(found.compliance, found.substance, found.tier)
```
"""
# What is told, in the order in which a statement goes through it.
PARTS: Final = {
    "Judging without a database": (
        "assess.extract:extract_isolated",
        "assess.extract:extract",
        "assess.extract:from_plain_text",
        "assess.score.rubric:load_rubric",
        "assess.score.model:load_model",
        "assess.score.assessment:assess_text",
        "assess.check:check_documents",
        "assess.check:json_line",
    ),
    "The workspace": (
        "assess.store:open_workspace",
        "assess.store:open_to_read",
        "assess.scrape.registry_store:import_registry",
        "assess.scrape.files:import_files",
        "assess.scrape.match:match_documents",
        "assess.batch:extract_pending",
        "assess.batch:score_pending",
        "assess.store.descriptions:column_meaning",
    ),
    "Comparing": (
        "assess.compare.everything:refresh_everything",
        "assess.compare.groups:refresh_sectors",
        "assess.compare.named:find_organisation",
    ),
    "Publishing": (
        "assess.report.sectors:write_sector_report",
        "assess.explore.server:datasette_of",
    ),
    "Records": (
        "assess.records:Text",
        "assess.records:Finding",
        "assess.records:Evidence",
        "assess.records:Assessment",
    ),
}


def page() -> str:
    """The whole page."""
    return "\n\n".join([INTRODUCTION.strip(), *_parts()]) + "\n"


def _parts() -> Iterator[str]:
    for title, names in PARTS.items():
        yield f"## {title}"
        for name in names:
            module, _, attribute = name.partition(":")
            yield from _told(f"{module}.{attribute}", getattr(import_module(module), attribute))


def _told(name: str, what: Any) -> Iterator[str]:
    yield f"### {name}"
    if inspect.isclass(what):
        yield inspect.cleandoc(what.__doc__ or "")
        fields = inspect.get_annotations(what)
        yield "```python\n" + "\n".join(f"{key}: {kind}" for key, kind in fields.items()) + "\n```"
        return
    yield f"```python\n{_signature(what)}\n```"
    yield _described(inspect.cleandoc(what.__doc__ or ""))


def _signature(what: Any) -> str:
    signature = inspect.signature(what)
    parameters = []
    keyword_only = False
    for one in signature.parameters.values():
        if one.kind is one.KEYWORD_ONLY and not keyword_only:
            parameters.append("    *,")
            keyword_only = True
        default = "" if one.default is one.empty else f" = {_default(one.default)}"
        parameters.append(f"    {one.name}: {one.annotation}{default},")
    last = f") -> {signature.return_annotation}: ..."
    return "\n".join([f"def {what.__name__}(", *parameters, last])


def _default(value: object) -> str:
    return "..." if callable(value) else repr(value)


def _described(docstring: str) -> str:
    """Google's form as Markdown: a section's name in bold, its entries as a list."""
    lines: list[str] = []
    for line in docstring.replace("``", "`").splitlines():
        if line in ("Args:", "Returns:", "Raises:"):
            lines += [f"**{line[:-1]}**", ""]
        elif line.startswith("     "):
            lines[-1] += f" {line.strip()}"
        elif line.startswith("    "):
            lines.append(f"- {line.strip()}")
        else:
            lines.append(line)
    return "\n".join(lines)
