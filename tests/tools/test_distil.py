"""How the encoder is made, but for what needs torch: data, halves, variants, and the export."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from assess.errors import InputError
from assess.score.encoder_network import names, shapes_for
from assess.score.labels import LABELS
from assess.score.rubric import load_rubric
from tools.distil import __main__ as command
from tools.distil import needs
from tools.distil.export import network
from tools.distil.halves import groups_of, halves
from tools.distil.statements import Statement, labelled, unlabelled
from tools.distil.variants import Variants
from tools.distil.vocabulary import all_pieces, kept

TEXT = "We are Example Limited and we make {0}. We audit the makers of {0} in Kenya each year.\n"


def statement(name: str, *words: str, source: str = "uk_silver", held: bool = False) -> Statement:
    sentences = tuple(f"We buy {word} from {word} farms and make {word} pies." for word in words)
    return Statement(source, name, sentences, None, held)


def test_near_duplicates_are_one_group() -> None:
    made = [statement("a", "apple", "pear"), statement("b", "fig"), statement("c", "apple", "plum")]
    one, other, same = groups_of([*made[:2], statement("d", "apple", "pear", "fig", "nut")])
    assert one == same or other == same
    assert groups_of(made)[0] != groups_of(made)[1]


def test_halves_leave_out_what_is_nearly_held_out() -> None:
    words = [f"{first}{second}" for first in "bcdfg" for second in ("ane", "ite", "ole")]
    made = [statement(word, word, f"{word}s") for word in words]
    twin = Statement("uk_dev", "twin", made[0].sentences, None, held_out=True)
    found = halves([*made, twin])
    assert {one.id for half in found.values() for one in half} == set(words[1:])
    assert {len(half) for half in found.values()} == {7}
    assert halves([*made, twin]) == found


def write_data(folder: Path) -> None:
    (folder / "aims").mkdir()
    for source in ("uk_silver", "ca", "au_gold", "uk_dev"):
        with (folder / "aims" / f"{source}.csv").open("w", newline="", encoding="utf-8") as handle:
            rows = csv.writer(handle)
            rows.writerow(["statement_id", "sentence", *LABELS, "split"])
            rows.writerow(["s1", f"Of {source}.", 1, *[0] * 8, "train"])
            rows.writerow(["s2", TEXT.format("tin").split("\n")[0] * 2, *[0] * 9, "dev"])
    (folder / "criteria").mkdir()
    gold = {"id": "s9", "split": "dev", "text": TEXT.format("glue") * 20}
    (folder / "criteria" / "gold.jsonl").write_text(json.dumps(gold), "utf-8")
    (folder / "statements" / "food").mkdir(parents=True)
    texts = {
        "s1": TEXT.format("rope") * 20,
        "s3": TEXT.format("soap, sold in shops all over the north of England") * 20,
        "s4": TEXT.format("soap, sold in shops all over the north of England") * 20,
        "s5": "Short.",
    }
    lines = (json.dumps({"id": name, "text": text}) for name, text in texts.items())
    (folder / "statements" / "mixed.jsonl").write_text("\n".join(lines), "utf-8")


def test_statements_are_read(tmp_path: Path) -> None:
    write_data(tmp_path)
    found = labelled(tmp_path)
    assert [(one.source, one.id) for one in found if one.held_out] == [
        *((source, "s2") for source in ("uk_silver", "ca", "au_gold")),
        *(("uk_dev", name) for name in ("s1", "s2")),
    ]
    assert found[0].sentences == ("Of uk_silver.",)
    assert found[0].labels == ((1, *[0] * 8),)
    # Not s1, which has labels; s4 repeats s3.
    assert [one.id for one in unlabelled(tmp_path, found)] == ["s3"]


def test_without_data(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"uk_silver\.csv"):
        labelled(tmp_path)


def test_variants_are_the_same_each_time() -> None:
    rubric = load_rubric()
    one = Statement("unlabelled", "s1", tuple(f"In Kenya we train {n} buyers." for n in range(40)))
    first, second = Variants(rubric).of([one])
    assert (first.id, second.id) == ("s1/1", "s1/2")
    assert {first.source, second.source} == {"variant"}
    assert Variants(rubric).of([one]) == [first, second]
    assert set(first.sentences) != set(one.sentences) != set(second.sentences)
    assert Variants(rubric).of([Statement("unlabelled", "s2", ("",))]) == []


def test_common_pieces_are_kept(tmp_path: Path) -> None:
    numbers = {"##s": 3, "[UNK]": 0, "risk": 2, "audit": 1}
    content = json.dumps({"model": {"vocab": numbers}})
    (tmp_path / "tokenizer.json").write_text(content, "utf-8")
    pieces = all_pieces(tmp_path)
    assert pieces == ["[UNK]", "audit", "risk", "##s"]
    texts = ("risk risks what", "audit who risk", "audits why", "audits who")
    assert kept(pieces, [Statement("ca", "s1", texts)]) == [1, 2, 3]


def test_what_is_missing_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(needs, "NEEDED", {"no_such_module": "no-such-package", "numpy": "numpy"})
    monkeypatch.setattr("sys.argv", ["distil", "--data", "x", "-o", "y"])
    with pytest.raises(SystemExit, match=r"not installed: no-such-package; .*requirements\.lock"):
        command.main()
    assert capsys.readouterr().out == ""


def test_a_students_weights_become_a_networks() -> None:
    rng = np.random.default_rng(0)
    d, c, h = 2, 3, 4
    shapes = {
        **{"emb.weight": (7, d), "shp.weight": (6, d), "c1.weight": (c, d, 3), "c1.bias": (c,)},
        **{"c2.weight": (c, c, 3), "c2.bias": (c,), "fc.weight": (h, 2 * c + d), "fc.bias": (h,)},
        **{"d1.weight": (h, h, 3), "d1.bias": (h,), "d2.weight": (h, h, 3), "d2.bias": (h,)},
        **{"dm.weight": (h, h), "dm.bias": (h,), "out.weight": (9, 2 * h), "out.bias": (9,)},
    }
    state = {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    made = network(state)
    found = {name: getattr(made, name).shape for name in names()}
    assert found == shapes_for(5, made.widths)
    # Output 1 from input 0 of the piece behind; then of the sentence two behind.
    assert made.conv1[2 * d, 1] == state["c1.weight"][1, 0, 2]
    assert made.around[4 * h, 1] == state["d2.weight"][1, 0, 2]
    assert made.around[3 * h, 1] == state["d1.weight"][1, 0, 2]
