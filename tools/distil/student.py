"""The student: `assess.score.encoder_network` in torch, to be trained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch.nn import functional

from assess.score.encoder_network import OUTPUTS
from assess.score.pieces import FIRST, PAD, SHAPES, UNKNOWN, Pieces, Shape, Tokens
from tools.distil.settings import SEED, STUDENT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Embeddings start with this spread.
SPREAD = 0.3


class Lesson(NamedTuple):
    """A statement, and what its sentences should be given."""

    tokens: Tokens
    targets: NDArray[np.float32]
    """Probabilities; shape (sentences, labels)."""
    weight: float


class Student(torch.nn.Module):  # type: ignore[misc]
    """Layers are named as `tools.distil.export` expects them."""

    def __init__(self, embeddings: NDArray[np.float32]) -> None:
        """``embeddings``: of the vocabulary's pieces, (pieces, any width), to start from."""
        super().__init__()
        d, c, h = STUDENT.embedding, STUDENT.channels, STUDENT.hidden
        self.emb = torch.nn.Embedding(len(embeddings) + FIRST, d)
        self.emb.weight.data.zero_()
        self.emb.weight.data[FIRST:] = torch.from_numpy(_narrowed(embeddings, d))
        self.shp = torch.nn.Embedding(len(Shape), d)
        torch.nn.init.normal_(self.shp.weight, 0, 0.05)
        self.c1 = torch.nn.Conv1d(d, c, 3, padding=1)
        self.c2 = torch.nn.Conv1d(c, c, 3, padding=1)
        self.fc = torch.nn.Linear(2 * c + d, h)
        self.d1 = torch.nn.Conv1d(h, h, 3, padding=1)
        self.d2 = torch.nn.Conv1d(h, h, 3, padding=2, dilation=2)
        self.dm = torch.nn.Linear(h, h)
        self.out = torch.nn.Linear(2 * h, OUTPUTS)

    def forward(self, statements: Sequence[Tokens]) -> Any:
        """Log odds of the sentences of all statements; shape (sentences, labels)."""
        codes = torch.cat([torch.from_numpy(one.codes.astype("int64")) for one in statements])
        lengths = torch.cat([torch.from_numpy(one.lengths) for one in statements])
        hidden = self._sentences(codes, lengths)
        around = self._around(hidden, torch.tensor([len(one.lengths) for one in statements]))
        return self.out(torch.cat([hidden, self._dropped(around, 1.0)], 1))

    def _sentences(self, codes: Any, lengths: Any) -> Any:
        numbers = codes // SHAPES
        there = (numbers != PAD).float()[:, None]
        if self.training:
            hidden = (torch.rand(numbers.shape) < STUDENT.unknown) & (numbers != PAD)
            numbers = torch.where(hidden, UNKNOWN, numbers)
        x = self._dropped((self.emb(numbers) + self.shp(codes % SHAPES)) * there, 0.6)
        a = functional.relu(_over(self.c1, x)) * there
        b = (functional.relu(_over(self.c2, self._dropped(a, 0.4))) + a) * there
        summed = torch.segment_reduce(x, "sum", lengths=lengths + 1, axis=0)
        pooled = [torch.segment_reduce(rows, "max", lengths=lengths + 1, axis=0) for rows in (a, b)]
        z = torch.cat([*pooled, summed / lengths[:, None].float().sqrt()], 1)
        return self._dropped(functional.relu(self.fc(self._dropped(z, 1.0))), 1.0)

    def _around(self, hidden: Any, numbers: Any) -> Any:
        """Over sentences; two rows of zeros behind each statement keep them apart."""
        owners = torch.repeat_interleave(torch.arange(len(numbers)), numbers)
        places = torch.arange(len(owners)) + 2 * owners
        rows = hidden.new_zeros(len(owners) + 2 * len(numbers), hidden.shape[1])
        rows = rows.index_copy(0, places, hidden)
        mean = torch.segment_reduce(hidden, "mean", lengths=numbers, axis=0)
        near = (_over(self.d1, rows) + _over(self.d2, rows))[places]
        return functional.relu(near + self.dm(mean)[owners])

    def _dropped(self, rows: Any, part: float) -> Any:
        return functional.dropout(rows, STUDENT.dropout * part, self.training)


def train(embeddings: NDArray[np.float32], lessons: Sequence[Lesson]) -> dict[str, Any]:
    """A trained student's arrays, by name."""
    torch.manual_seed(SEED)
    student = Student(embeddings)
    per_epoch = sum(1 for _ in _batches(lessons))
    optimizer = torch.optim.AdamW(student.parameters(), lr=STUDENT.rate, weight_decay=STUDENT.decay)
    # Batches end with a statement: how many there are differs a little from epoch to epoch.
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, STUDENT.rate, total_steps=(per_epoch + 5) * STUDENT.epochs, pct_start=0.1
    )
    student.train()
    for epoch in range(STUDENT.epochs):
        total = sum(_step(student, batch, optimizer, schedule) for batch in _batches(lessons))
        print(f"student: epoch {epoch + 1}, loss {total / per_epoch:.3f}", flush=True)
    return arrays(student.state_dict())


def arrays(state: Mapping[str, Any]) -> dict[str, NDArray[np.float32]]:
    """A ``state_dict`` as numpy arrays."""
    return {name: value.detach().numpy() for name, value in state.items()}


def _step(student: Student, batch: Sequence[Lesson], optimizer: Any, schedule: Any) -> float:
    targets = torch.cat([torch.from_numpy(one.targets) for one in batch])
    weights = torch.cat([torch.full((len(one.targets),), one.weight) for one in batch])
    logits = student([one.tokens for one in batch])
    losses = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    loss = (losses.sum(1) * weights).mean()
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
    optimizer.step()
    schedule.step()
    return float(loss.item())


def _batches(lessons: Sequence[Lesson]) -> Iterator[list[Lesson]]:
    """Statements in random order, together at least so many sentences but at the end."""
    batch: list[Lesson] = []
    for index in torch.randperm(len(lessons)).tolist():
        batch.append(lessons[index])
        if sum(len(one.targets) for one in batch) >= STUDENT.batch:
            yield batch
            batch = []
    if batch:
        yield batch


def tokens_of(pieces: Pieces, sentences: Sequence[str]) -> Tokens:
    """The tokens of a statement, of which torch may have the memory."""
    codes, lengths = pieces.tokens(sentences)
    return Tokens(codes.copy(), lengths)


def _over(layer: Any, rows: Any) -> Any:
    """A convolution along rows; (n, m) to (n, k)."""
    return layer(rows.T[None])[0].T


def _narrowed(embeddings: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """Their first principal components, of the usual spread."""
    import numpy as np
    from sklearn.decomposition import PCA

    found = PCA(width, random_state=0).fit_transform(embeddings)
    return np.asarray(found / found.std() * SPREAD, dtype=np.float32)
