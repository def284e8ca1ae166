"""Which higher documents the words of a plan or a task say it carries out (R027). Pure; a mere citation is none."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tiendo.intake.extraction.references import Passage, find_references
from tiendo.orgs.words import fold

CARRIES = re.compile(
    r"\b(?:thực hiện|triển khai|thi hành|quán triệt|cụ thể h(?:óa|oá)|tổ chức thực hiện|theo)\s[^.;]{0,400}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Carried:
    """A document that is carried out, and the exact words that say so."""

    number: str
    kind: str | None
    issuer: str | None
    issued_on: date | None
    quote: str


def carried_out(text: str, known: Mapping[str, Mapping[str, Any]]) -> Iterator[Carried]:
    """Documents that a passage says are carried out: named after "thực hiện", "triển khai", "theo" in one clause.

    `known` are the references of the whole reading by `folded` number: what one mention leaves out another may say.
    """
    for reference in find_references([Passage.of(None, text, 1)]):
        mention = reference.mentions[0]
        start = text.find(mention.quote)
        before = CARRIES.search(text[:start])
        if start >= 0 and before:
            more = known.get(folded(reference.number), {})
            issued = more.get("issued_on")
            yield Carried(
                number=reference.number,
                kind=reference.kind or more.get("kind"),
                issuer=reference.issuer or more.get("issuer"),
                issued_on=reference.issued_on or (date.fromisoformat(issued) if issued else None),
                quote=text[before.start() : start + len(mention.quote)],
            )


def folded(number: str) -> str:
    """One key for a number however it is written."""
    return fold(number)


def plan_words(reading: Mapping[str, Any], lines: list[str]) -> list[str]:
    """Where a plan says what it carries out as a whole: its title, and the lines above the first heading."""
    above = {
        mention["line"] for each in _references(reading) for mention in each["mentions"] if mention["item"] is None
    }
    title = (reading.get("document") or {}).get("title")
    return [*filter(None, [title]), *(lines[line - 1] for line in sorted(above) if 0 < line <= len(lines))]


def known_references(reading: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The reading's references by folded number."""
    return {folded(each["number"]): each for each in _references(reading)}


def _references(reading: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return reading.get("references") or ()
