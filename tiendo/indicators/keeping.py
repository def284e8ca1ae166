"""Sentences of checks in a form that JSON holds, and back, each reader in their own language."""

from collections.abc import Iterable, Mapping
from typing import Any

from tiendo.notices.sayings import PATTERN, VALUES, again, kept
from tiendo.ui.sentences import Sentence


def kept_sentences(sentences: Iterable[str]) -> list[dict[str, Any]]:
    """As the ledger keeps warnings and the reasons of a row put aside."""
    return [dict(zip((PATTERN, VALUES), kept(sentence), strict=True)) for sentence in sentences]


def sentences_again(rows: Iterable[Mapping[str, Any]]) -> list[Sentence]:
    """The sentences that were kept, for `said`."""
    return [again(row[PATTERN], row[VALUES]) for row in rows]
