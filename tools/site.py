"""What mkdocs.yml hooks into building the site: pages that lie outside of docs/ come along."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Final

from mkdocs.structure.files import File

from tools import reference

ROOT: Final = Path(__file__).parents[1]
# Where each lies in the repository, and its name in the site.
OUTSIDE: Final = {
    "models/README.md": "model-card.md",
    "corpus/README.md": "corpus.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
}
# An inline link to a file: words, target, and the place in it.
_LINK: Final = re.compile(r"\[([^\]]*)\]\((?!\w+:|#)([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Any, config: Any) -> Any:
    """Add the pages, and the one that is made from the code."""
    for source, name in OUTSIDE.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=text))
    files.append(File.generated(config, "python.md", content=reference.page()))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:  # noqa: ARG001
    """Links lead to where pages are in the site; of what it does not have the words are left."""
    name = page.file.src_uri
    sources = {name: source for source, name in OUTSIDE.items()}
    folder = (ROOT / sources.get(name, f"docs/{name}")).parent

    def link(found: re.Match[str]) -> str:
        target = _in_site((folder / found[2]).resolve())
        if target is None:
            return found[1]
        return f"[{found[1]}]({os.path.relpath(target, Path(name).parent)}{found[3] or ''})"

    return _LINK.sub(link, markdown)


def _in_site(path: Path) -> str | None:
    """A file's name in the site; None if it is not there."""
    docs = ROOT / "docs"
    if path.is_relative_to(docs):
        return path.relative_to(docs).as_posix()
    return OUTSIDE.get(path.relative_to(ROOT).as_posix()) if path.is_relative_to(ROOT) else None
