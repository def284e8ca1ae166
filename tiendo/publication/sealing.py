"""A release as one sealed file that anybody can keep and check without us (R057, R071)."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tiendo.audit.chain import iso
from tiendo.audit.queries import Head
from tiendo.audit.sealing import seal
from tiendo.publication.models import Release

LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/deed.vi"
ILLUSTRATIVE = "Dữ liệu minh họa"
MEDIA_TYPE = "application/json"


def sealed_release(release: Release, *, number: int, head: Head, at: datetime) -> dict[str, Any]:
    """The sealed content of a release about to be approved: its header, then every row of it, in reading order."""
    return seal(records(release), header(release, number=number, head=head, at=at))


def header(release: Release, *, number: int, head: Head, at: datetime) -> dict[str, object]:
    """What is published, of which moment, under which number and licence; the log stood at `log_head` just before."""
    return {
        "number": number,
        "title": release.title,
        **({"corrects": release.corrects.number} if release.corrects else {}),
        "data_as_of": iso(release.data_as_of),
        "approved_at": iso(at),
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
        "note": ILLUSTRATIVE if release.summary["illustrative"] else "",
        "summary": release.summary,
        "log_seq": head.seq,
        "log_head": head.hash,
    }


def records(release: Release) -> Iterator[dict[str, object]]:
    """One record for each passage of the plan, each unit, each task and each indicator, in reading order."""
    for item in release.items.values("path", "parent_path", "position", "kind", "number", "text"):
        yield {"id": f"item:{item['path']}", "data": item}
    for unit in release.units.values("code", "name", "kind", "counts", "successor_code", "successor_name"):
        yield {"id": f"unit:{unit['code']}", "data": unit}
    for code, data in release.tasks.values_list("code", "data"):
        yield {"id": f"task:{code}", "data": data}
    for code, data in release.indicators.values_list("code", "data"):
        yield {"id": f"indicator:{code}", "data": data}


def as_bytes(sealed: dict[str, Any]) -> bytes:
    """The bytes of the file: UTF-8, letters as they are, indented so that a person can read it."""
    return json.dumps(sealed, ensure_ascii=False, indent=1).encode()
