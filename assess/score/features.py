"""Features of a sentence in its statement: words, word pairs, letter groups, neighbours' words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from assess.score.remembered import Remembered
from assess.score.terms import LETTER_GROUPS, letter_groups, words, words_and_pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Rarer terms only name single organisations.
MIN_STATEMENT_TERMS = 4
MIN_LETTER_GROUPS = 10
MAX_LETTER_GROUPS = 60_000
# Neighbours say less than the sentence itself; the weights were set on out-of-fold scores.
NEIGHBOUR_WEIGHT = 0.4
FURTHER_WEIGHT = 0.2
# Longer than any real sentence: what is beyond cannot be one, and costs time.
MAX_SENTENCE_CHARACTERS = 5_000

# Words of which the letter groups are remembered.
MAX_KNOWN_WORDS = 100_000

_BLOCKS: Mapping[str, dict[str, Any]] = {
    "words": {"ngram_range": (1, 2), "min_df": MIN_STATEMENT_TERMS, "strip_accents": "unicode"},
    "letters": {
        "analyzer": "char_wb",
        "ngram_range": LETTER_GROUPS,
        "min_df": MIN_LETTER_GROUPS,
        "max_features": MAX_LETTER_GROUPS,
    },
    "neighbours": {"min_df": MIN_STATEMENT_TERMS},
}
BLOCKS = tuple(_BLOCKS)
# How sentences are split into the terms of each block; as scikit-learn does while fitting.
_SPLIT: Mapping[str, Callable[[str], list[str]]] = {
    "words": words_and_pairs,
    "letters": letter_groups,
    "neighbours": words,
}

Block = Literal["words", "letters", "neighbours"]
Place = Literal["sentence", "before", "after", "further_up"]
# The columns of a row of features, from the left: terms of which block, found where.
LAYOUT: Final[tuple[tuple[Block, Place], ...]] = (
    ("words", "sentence"),
    ("letters", "sentence"),
    ("neighbours", "before"),
    ("neighbours", "after"),
    ("neighbours", "further_up"),
)


class Term(NamedTuple):
    """What one column of the features counts."""

    block: Block
    text: str
    """A word, two words, or a group of letters (a blank is the edge of a word); lower case."""
    place: Place
    """In the sentence itself, the one before, the one after, or two or three further up."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of a statement; rows of one statement stand together, in reading order."""

    statement_id: str
    sentence: str


def together(rows: Sequence[Row]) -> list[list[int]]:
    """For each statement, by its first row, the indices of its rows: tables mix statements."""
    places: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        places.setdefault(row.statement_id, []).append(index)
    return list(places.values())


def columns(sizes: Mapping[str, int]) -> int:
    """How many features a sentence has, with so many terms in each block; see `Features.matrix`."""
    return sum(sizes[block] for block, _ in LAYOUT)


class Features:
    """Fitted blocks of terms; ``matrix`` turns rows into one sparse row of features each."""

    def __init__(
        self, vocabularies: Mapping[str, Sequence[str]], idf: Mapping[str, NDArray[np.float32]]
    ) -> None:
        """The terms of each block, in column order, and their inverse document frequencies."""
        self._vocabularies = {name: list(vocabularies[name]) for name in BLOCKS}
        self._terms = {
            name: (_LetterGroups if name == "letters" else _Words)(
                vocabulary, idf[name], _SPLIT[name]
            )
            for name, vocabulary in self._vocabularies.items()
        }

    @classmethod
    def fit(cls, rows: Sequence[Row]) -> Features:
        """Learn the vocabularies and their weights."""
        import numpy as np
        from sklearn.feature_extraction.text import TfidfVectorizer

        texts = [_clip(row.sentence) for row in rows]
        vocabularies, idf = {}, {}
        for name, settings in _BLOCKS.items():
            fitted = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **settings).fit(texts)
            vocabularies[name] = [str(term) for term in fitted.get_feature_names_out()]
            idf[name] = fitted.idf_
        return cls(vocabularies, idf)

    def vocabularies(self) -> Mapping[str, Sequence[str]]:
        """Terms of each block, in column order."""
        return self._vocabularies

    def idf(self) -> dict[str, NDArray[np.float32]]:
        """Inverse document frequencies of each block, in column order."""
        return {name: terms.idf for name, terms in self._terms.items()}

    def matrix(self, rows: Sequence[Row]) -> csr_matrix:
        """Features, one row each, in the columns of `LAYOUT`."""
        from scipy.sparse import csr_matrix, hstack

        texts = [_clip(row.sentence) for row in rows]
        around = self._terms["neighbours"].matrix(texts)
        shifted = [_select(around, _neighbours(rows, offset)) for offset in (-1, 1, -2, -3)]
        parts = [
            self._terms["words"].matrix(texts),
            self._terms["letters"].matrix(texts),
            shifted[0] * NEIGHBOUR_WEIGHT,
            shifted[1] * NEIGHBOUR_WEIGHT,
            (shifted[2] + shifted[3]) * FURTHER_WEIGHT,
        ]
        return csr_matrix(hstack(parts, format="csr", dtype="float32"))

    def term(self, column: int) -> Term:
        """What a column of `matrix` counts.

        Raises:
            IndexError: there is no such column.
        """
        left = column
        for block, place in LAYOUT:
            terms = self._vocabularies[block]
            if 0 <= left < len(terms):
                return Term(block, terms[left], place)
            left -= len(terms)
        raise IndexError(f"no column {column} in these features")

    def known(self, block: str) -> Mapping[str, int]:
        """The column of each term within its block."""
        return self._terms[block].known

    def terms(self, block: str, text: str) -> list[str]:
        """What a block counts in a text, known or not, with repeats; pairs behind all words."""
        return self._terms[block].terms(_clip(text))

    def without_letters(self, matrix: csr_matrix) -> csr_matrix:
        """The matrix with nothing in the columns of letter groups, for models of words alone."""
        import numpy as np
        from scipy.sparse import csr_matrix, diags_array

        sizes = {name: len(idf) for name, idf in self.idf().items()}
        kept = np.ones(matrix.shape[1], dtype=np.float32)
        kept[sizes["words"] : sizes["words"] + sizes["letters"]] = 0
        found = csr_matrix(matrix @ diags_array(kept))
        found.eliminate_zeros()
        return found


class _Terms(ABC):
    """The terms of a block, counted faster than scikit-learn's vectorizers do."""

    def __init__(
        self,
        vocabulary: Iterable[str],
        idf: NDArray[np.float32],
        split: Callable[[str], list[str]],
    ) -> None:
        self.known = {term: column for column, term in enumerate(vocabulary)}
        """The column of each term."""
        self.idf: NDArray[np.float32] = idf.astype("float32")
        self.terms = split
        """A text's terms, known or not, with repeats."""

    @abstractmethod
    def columns(self, text: str) -> Iterable[int]:
        """The columns of the text's terms, with repeats."""

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """Sublinear counts times inverse document frequency, each row of length one."""
        import numpy as np
        from scipy.sparse import csr_matrix

        columns = [list(self.columns(text)) for text in texts]
        ends = np.cumsum([0, *map(len, columns)])
        indices = np.fromiter(chain.from_iterable(columns), dtype=np.int32, count=ends[-1])
        ones = np.ones(ends[-1], dtype=np.float32)
        counts = csr_matrix((ones, indices, ends), shape=(len(texts), len(self.idf)))
        counts.sum_duplicates()
        counts.data = (1 + np.log(counts.data)) * self.idf[counts.indices]
        squares = np.append(counts.data**2, np.float32(0))
        starts = counts.indptr[:-1]
        lengths = np.sqrt(np.add.reduceat(squares, starts))
        lengths[counts.indptr[1:] == starts] = 1
        counts.data /= np.repeat(lengths, np.diff(counts.indptr))
        return counts


class _Words(_Terms):
    """Words and word pairs."""

    def columns(self, text: str) -> Iterable[int]:
        """Those in the vocabulary."""
        known = self.known
        return [known[term] for term in self.terms(text) if term in known]


class _LetterGroups(_Terms):
    """Groups of letters within words; worked out once for each spelling of a word."""

    def __init__(
        self,
        vocabulary: Iterable[str],
        idf: NDArray[np.float32],
        split: Callable[[str], list[str]],
    ) -> None:
        super().__init__(vocabulary, idf, split)
        self._by_word = Remembered(self._of_word, MAX_KNOWN_WORDS)

    def columns(self, text: str) -> Iterable[int]:
        """Those in the vocabulary, word by word."""
        return chain.from_iterable(map(self._by_word.__getitem__, text.lower().split()))

    def _of_word(self, word: str) -> tuple[int, ...]:
        known = self.known
        return tuple(known[term] for term in self.terms(word) if term in known)


def _clip(sentence: str) -> str:
    return sentence[:MAX_SENTENCE_CHARACTERS]


def _neighbours(rows: Sequence[Row], offset: int) -> list[int]:
    """For each row, the index of its neighbour in the same statement, or -1."""
    found = []
    for index, row in enumerate(rows):
        other = index + offset
        inside = 0 <= other < len(rows) and rows[other].statement_id == row.statement_id
        found.append(other if inside else -1)
    return found


def _select(matrix: csr_matrix, indices: Sequence[int]) -> csr_matrix:
    """Rows by index; -1 gives an empty row."""
    import numpy as np
    from scipy.sparse import csr_matrix

    kept = np.array([index for index in indices if index >= 0], dtype=np.int64)
    places = np.array([place for place, index in enumerate(indices) if index >= 0], dtype=np.int64)
    picker = csr_matrix(
        (np.ones(len(kept), dtype=np.float32), (places, kept)),
        shape=(len(indices), matrix.shape[0]),
    )
    return csr_matrix(picker @ matrix)
