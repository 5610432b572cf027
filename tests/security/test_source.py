"""What the program's own source never does, whatever input it meets."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Modules that run code from data, and calls that run what they are given.
RUN_CODE = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "joblib.load"}
# What this process packs for its own workers: joblib's tasks are pickled anyway.
OWN_WORKERS = {"assess/workers.py"}
RUN_TEXT = {"eval", "exec", "compile", "__import__"}


def wrong(source: str) -> list[str]:
    """What a module does that none may."""
    return [told for node in ast.walk(ast.parse(source)) for told in _told(node)]


def _told(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names) if {one.name for one in names} & RUN_CODE:
            yield "imports what runs code"
        case ast.ImportFrom(module=module) if module in RUN_CODE:
            yield "imports what runs code"
        case ast.Call(func=ast.Name(id=called)) if called in RUN_TEXT:
            yield f"calls {called}"
        case ast.Call(func=ast.Attribute(value=ast.Name(id="os"), attr="system" | "popen")):
            yield "starts a shell"
        case ast.keyword(arg="shell" | "allow_pickle", value=ast.Constant(value=True)):
            yield f"{node.arg}=True"
        case ast.keyword(arg="verify", value=ast.Constant(value=False)):
            yield "does not verify certificates"
        case ast.Call(func=ast.Attribute(attr="mktemp")):
            yield "makes a name that somebody else can take"
        case ast.Constant(value=str(value)) if value.startswith("/tmp"):
            yield "uses a folder that all can write to"


def test_nothing_runs_code_from_data_or_a_shell() -> None:
    found = {
        str(path.relative_to(ROOT)): told
        for path in sorted((ROOT / "assess").rglob("*.py"))
        if (told := wrong(path.read_text("utf-8")))
        and str(path.relative_to(ROOT)) not in OWN_WORKERS
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from marshal import loads",
        "eval('1')",
        "import os\nos.system('id')",
        "run('id', shell=True)",
        "np.load(f, allow_pickle=True)",
        "httpx.get(u, verify=False)",
        "tempfile.mktemp()",
        "open('/tmp/x')",
    ],
)
def test_it_would_be_noticed(source: str) -> None:
    assert len(wrong(source)) == 1
