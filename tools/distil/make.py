"""From data to the encoder's files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from transformers import BertModel

from assess.score.encoder import Encoders
from assess.score.encoder_files import statement_hash
from assess.score.encoder_network import Network
from assess.score.pieces import Pieces
from assess.score.rubric import load_rubric
from tools.distil.export import network
from tools.distil.halves import NAMES, halves
from tools.distil.needs import language_model
from tools.distil.settings import STUDENT, THREADS, WEIGHTS
from tools.distil.statements import LABELLED, Statement, labelled, unlabelled
from tools.distil.student import Lesson, tokens_of, train
from tools.distil.teacher import Teacher
from tools.distil.variants import Variants
from tools.distil.vocabulary import all_pieces, kept

if TYPE_CHECKING:
    from numpy.typing import NDArray


def make(data: Path, limit: int | None = None) -> Encoders:
    """Two networks, each taught by a teacher that has seen one half of the labelled statements.

    ``limit``: at most so many statements of each kind, to try it.

    Raises:
        InputError: the data are missing or not of their format.
    """
    torch.set_num_threads(THREADS)
    everything = labelled(data)
    parts = {name: _some(part, limit) for name, part in halves(everything).items()}
    plain = unlabelled(data, everything)[:limit]
    varied = Variants(load_rubric()).of(plain)
    told = ", ".join(f"{len(parts[name])} in half {name}" for name in NAMES)
    print(f"statements: {told}, {len(plain)} unlabelled", flush=True)
    model = language_model()
    names = all_pieces(model)
    places = kept(names, [*(one for part in parts.values() for one in part), *plain])
    pieces = Pieces([names[place] for place in places])
    embeddings = _embeddings(model)[places]
    networks: dict[str, Network] = {}
    for name, other in zip(NAMES, reversed(NAMES), strict=True):
        print(f"half {name}", flush=True)
        soft = [*plain, *varied, *(parts[other] if STUDENT.other_half else ())]
        lessons = _lessons(pieces, model, parts[name], soft)
        networks[name] = network(train(embeddings, lessons))
    seen = {name: [statement_hash(one.sentences) for one in parts[name]] for name in NAMES}
    return Encoders(pieces, networks, seen, _notes(parts, plain, varied))


def _lessons(
    pieces: Pieces, model: Path, hard: Sequence[Statement], soft: Sequence[Statement]
) -> list[Lesson]:
    """What readers say of the one, what a teacher that learned it says of the other."""
    teacher = Teacher(model)
    teacher.learn(hard)
    targets: list[NDArray[np.float32]] = [np.array(one.labels, dtype=np.float32) for one in hard]
    targets += [(1 / (1 + np.exp(-rows))).astype(np.float32) for rows in teacher.logits(soft)]
    return [
        Lesson(tokens_of(pieces, one.sentences), target, WEIGHTS[one.source])
        for one, target in zip([*hard, *soft], targets, strict=True)
    ]


def _some(statements: Sequence[Statement], limit: int | None) -> list[Statement]:
    """The first statements of each source."""
    return [
        one
        for source in LABELLED
        for one in [each for each in statements if each.source == source][:limit]
    ]


def _embeddings(model: Path) -> NDArray[np.float32]:
    """Of the language model's pieces; shape (pieces, 384)."""
    encoder = BertModel.from_pretrained(model, add_pooling_layer=False)
    return np.array(encoder.embeddings.word_embeddings.weight.detach().numpy())


def _notes(
    parts: dict[str, list[Statement]], plain: Sequence[Statement], varied: Sequence[Statement]
) -> dict[str, object]:
    return {
        "teacher": "sentence-transformers/all-MiniLM-L6-v2, fine-tuned",
        "trained_on": list(LABELLED),
        "statements": {name: len(part) for name, part in parts.items()},
        "unlabelled": len(plain),
        "variants": len(varied),
    }
