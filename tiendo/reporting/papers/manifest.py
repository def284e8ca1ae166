"""The manifest of an issued report: what it says, place by place, and what each figure rests on. Pure.

It travels inside the Word file and the PDF; its hash, the seal, stands in the log. The texts themselves are kept, not
only their hashes, so that a checker can say what stood where somebody wrote something else. `tiendo_verify.py` reads it
by rules written a second time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tiendo.audit.chain import canonical, digest
from tiendo.papers.listing import Place, even, headings, places
from tiendo.papers.model import Enclosure, Paper
from tiendo.papers.wording import ILLUSTRATIVE, footer_lines
from tiendo.reporting.papers.consolidation import Figure, Record

SCHEMA = "tiendo.manifest/1"


@dataclass(frozen=True)
class Identity:
    """Which report it is. `code` is what the public asks by; `log_head` the head of the log before it was issued."""

    period: str
    number: int
    issued_at: datetime
    code: str
    log_seq: int
    log_head: str


def enclosure(
    paper: Paper, identity: Identity, figures: Mapping[str, Figure], records: Sequence[Record] = ()
) -> Enclosure:
    """The manifest as its canonical text with its seal, ready to go into the files."""
    made = manifest(paper, identity, figures, records)
    return Enclosure(canonical(made).decode(), digest(made))


def manifest(
    paper: Paper, identity: Identity, figures: Mapping[str, Figure], records: Sequence[Record] = ()
) -> dict[str, Any]:
    """Everything the paper says. Each figure names its records by submission; `records` adds some no figure has."""
    known = {record.submission: record for figure in figures.values() for record in figure.records}
    known |= {record.submission: record for record in records}
    return {
        "schema": SCHEMA,
        "report": {
            "agency": even(paper.issuing_agency),
            "period": identity.period,
            "number": identity.number,
            "issued_at": identity.issued_at,
            "code": identity.code,
            "log_seq": identity.log_seq,
            "log_head": identity.log_head,
            "figure_page": paper.figure_page,
        },
        "figures": [_figure(key, figure) for key, figure in figures.items()],
        "records": [_record(known[number]) for number in sorted(known)],
        "places": [_place(place) for place in places(paper)],
        "columns": [
            {"in": part, "table": number, "titles": list(titles)} for (part, number), titles in headings(paper).items()
        ],
        "top": [ILLUSTRATIVE] if paper.illustrative else [],
        "foot": [even(line) for line in footer_lines(paper)],
    }


def _figure(key: str, figure: Figure) -> dict[str, Any]:
    return {
        "key": key,
        "label": figure.label,
        "value": figure.value,
        "measure": figure.measure,
        "tasks": [line.code for line in figure.lines],
        "units": [duty.unit for duty in figure.duties],
        "records": [record.submission for record in figure.records],
        **({"indicators": [line.code for line in figure.measures]} if figure.measures else {}),
    }


def _record(record: Record) -> dict[str, Any]:
    return {
        "id": record.submission,
        "mark": record.mark,
        "task": record.task_code,
        "unit": record.unit,
        "period": record.period,
        "number": record.number,
        "sent_at": record.sent_at,
        "sent_by": record.sent_by,
        "accepted_at": record.accepted_at,
        "accepted_by": record.accepted_by,
    }


def _place(place: Place) -> dict[str, Any]:
    if place.table:
        return {"in": place.part, "table": place.table, "row": place.line, "cells": list(place.cells)}
    return {"in": place.part, "paragraph": place.line, "text": place.cells[0]}
