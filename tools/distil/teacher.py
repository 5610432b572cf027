"""The teacher: a language model fine-tuned on labelled sentences in their surroundings.

It reads a sentence, then some pieces before and behind it, and pools the sentence's own pieces.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from tokenizers import Tokenizer
from transformers import BertModel

from assess.score.labels import LABELS
from tools.distil.settings import SEED, TEACHER, WEIGHTS
from tools.distil.statements import Statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# The language model's marks at the start and behind each part.
START, END = 101, 102
AT_ONCE = 64
LEAST = 1e-3


class Input(NamedTuple):
    """The pieces of a sentence and its surroundings."""

    numbers: list[int]
    own: int
    """How many of them, from the start, are the sentence's."""


class _Net(torch.nn.Module):  # type: ignore[misc]
    def __init__(self, model: Path) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            model, add_pooling_layer=False, attention_probs_dropout_prob=0.0
        )
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, len(LABELS))
        torch.nn.init.normal_(self.head.weight, 0, 0.02)
        self.dropout = torch.nn.Dropout(TEACHER.dropout)
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad = False

    def forward(self, inputs: Sequence[Input]) -> Any:
        """Log odds; shape (inputs, labels)."""
        length = max(len(one.numbers) for one in inputs)
        numbers = torch.tensor(
            [[*one.numbers, *[0] * (length - len(one.numbers))] for one in inputs]
        )
        places = torch.arange(length)
        there = places < torch.tensor([[len(one.numbers)] for one in inputs])
        own = places < torch.tensor([[one.own] for one in inputs])
        with torch.autocast("cpu", torch.bfloat16):
            states = self.encoder(
                input_ids=numbers, attention_mask=there.long(), token_type_ids=(there & ~own).long()
            ).last_hidden_state
        mask = own[..., None].float()
        pooled = (states.float() * mask).sum(1) / mask.sum(1)
        return self.head(self.dropout(pooled))


class Teacher:
    """A language model, fine-tuned or to be."""

    def __init__(self, model: Path) -> None:
        torch.manual_seed(SEED)
        self._tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._net = _Net(model)

    def learn(self, statements: Sequence[Statement]) -> None:
        """Fine-tune on labelled statements."""
        inputs = [one for statement in statements for one in self._inputs(statement)]
        labels = torch.tensor(
            [row for one in statements for row in one.labels or ()], dtype=torch.float32
        )
        weights = torch.tensor([WEIGHTS[one.source] for one in statements for _ in one.sentences])
        share = labels.mean(0).clamp(LEAST, 1 - LEAST)
        self._net.head.bias.data = torch.log(share / (1 - share))
        steps = math.ceil(math.ceil(len(inputs) / TEACHER.batch) * TEACHER.epochs)
        optimizer, schedule = self._optimizer(steps)
        self._net.train()
        for step, batch in zip(range(steps), _batches(inputs), strict=False):
            logits = self._net([inputs[index] for index in batch])
            losses = torch.nn.functional.binary_cross_entropy_with_logits(
                logits, labels[batch], reduction="none"
            )
            loss = (losses.sum(1) * weights[batch]).sum() / TEACHER.batch
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self._net.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()
            if (step + 1) % 100 == 0:
                print(f"teacher: step {step + 1} of {steps}, loss {loss.item():.3f}", flush=True)

    def logits(self, statements: Sequence[Statement]) -> list[NDArray[np.float32]]:
        """What it says of statements: for each, log odds of shape (sentences, labels)."""
        inputs = [one for statement in statements for one in self._inputs(statement)]
        order = sorted(range(len(inputs)), key=lambda index: len(inputs[index].numbers))
        found = torch.zeros(len(inputs), len(LABELS))
        self._net.eval()
        with torch.inference_mode():
            for first in range(0, len(order), AT_ONCE):
                batch = order[first : first + AT_ONCE]
                found[batch] = self._net([inputs[index] for index in batch])
        parts = torch.split(found, [len(one.sentences) for one in statements])
        return [part.numpy() for part in parts]

    def _inputs(self, statement: Statement) -> Iterator[Input]:
        encoded = self._tokenizer.encode_batch(list(statement.sentences), add_special_tokens=False)
        pieces = [one.ids for one in encoded]
        for index, own in enumerate(pieces):
            before: list[int] = []
            for other in reversed(pieces[:index]):
                if len(before) >= TEACHER.before:
                    break
                before = other + before
            behind = pieces[index + 1][: TEACHER.behind] if index + 1 < len(pieces) else []
            sentence = [START, *own[: TEACHER.sentence], END]
            around = [*before[-TEACHER.before :], END, *behind, END]
            yield Input(sentence + around, len(sentence))

    def _optimizer(self, steps: int) -> tuple[Any, Any]:
        encoder = [one for one in self._net.encoder.parameters() if one.requires_grad]
        matrices = [one for one in encoder if one.ndim > 1]
        vectors = [one for one in encoder if one.ndim < 2]
        groups = [
            {"params": matrices, "lr": TEACHER.rate, "weight_decay": TEACHER.decay},
            {"params": vectors, "lr": TEACHER.rate, "weight_decay": 0.0},
            {"params": self._net.head.parameters(), "lr": TEACHER.head_rate, "weight_decay": 0.0},
        ]
        optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
        warm = max(1, int(TEACHER.warm * steps))

        def rate(step: int) -> float:
            return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))

        return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, rate)


def _batches(inputs: Sequence[Input]) -> Iterator[list[int]]:
    """Endlessly: numbers of inputs of about the same length, in random order."""
    pool = TEACHER.batch * 40
    while True:
        order = torch.randperm(len(inputs)).tolist()
        batches = []
        for first in range(0, len(order), pool):
            some = sorted(order[first : first + pool], key=lambda index: len(inputs[index].numbers))
            batches += [some[at : at + TEACHER.batch] for at in range(0, len(some), TEACHER.batch)]
        for place in torch.randperm(len(batches)).tolist():
            yield batches[place]
