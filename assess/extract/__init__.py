"""Bytes -> pages of text with offsets, sentences, language and quality flags."""

from assess.extract.assemble import EXTRACTOR_VERSION
from assess.extract.dispatch import extract, from_plain_text
from assess.extract.isolation import Extractor, extract_isolated
from assess.extract.prose.sentences import split_sentences

__all__ = [
    "EXTRACTOR_VERSION",
    "Extractor",
    "extract",
    "extract_isolated",
    "from_plain_text",
    "split_sentences",
]
