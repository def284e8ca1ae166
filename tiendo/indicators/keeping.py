"""Sentences of checks in a form that JSON holds, and back, each reader in their own language."""

from collections.abc import Iterable, Mapping
from typing import Any

from tiendo.notices.sayings import PATTERN, VALUES, again, kept
from tiendo.ui.sentences import Sentence

MISSING, MORE = "missing", "…"  # of the sentence on a whole without some of its parts


def kept_sentences(sentences: Iterable[str]) -> list[dict[str, Any]]:
    """As the ledger keeps warnings and the reasons of a row put aside."""
    return [dict(zip((PATTERN, VALUES), kept(sentence), strict=True)) for sentence in sentences]


def sentences_again(rows: Iterable[Mapping[str, Any]]) -> list[Sentence]:
    """The sentences that were kept, for `said`."""
    return [again(row[PATTERN], row[VALUES]) for row in rows]


def missing_codes(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """Codes of the parts that kept sentences name as missing."""
    return {code for row in rows for code in _missing(row)}


def with_names(row: Mapping[str, Any], names: Mapping[str, str]) -> Mapping[str, Any]:
    """The kept sentence with its missing parts by name; periods and units without one keep their code."""
    codes = _missing(row)
    if not any(code in names for code in codes):
        return row
    more = MORE if str(row[VALUES][MISSING]).endswith(MORE) else ""
    told = ", ".join(names.get(code, code) for code in codes) + more
    return {**row, VALUES: {**row[VALUES], MISSING: told}}


def _missing(row: Mapping[str, Any]) -> list[str]:
    told = str(row[VALUES].get(MISSING, "")).removesuffix(MORE)
    return told.split(", ") if told else []
