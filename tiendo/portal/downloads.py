"""Releases as files: CSV for a spreadsheet, JSON for a program, each saying its releases, licence and dates.

A file holds the rows of one release, or of the current release of every plan, one after the other.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from tiendo.audit.chain import iso
from tiendo.portal.dictionary import ABOUT_RELEASE, FIELDS, TABLES, Column
from tiendo.publication.models import Release
from tiendo.publication.sealing import ILLUSTRATIVE, LICENCE, LICENCE_ADDRESS

UNIT_FIELDS = ("code", "name", "kind", "counts", "successor_code", "successor_name")
ITEM_FIELDS = ("path", "parent_path", "position", "kind", "number", "text")
# A spreadsheet takes a cell that begins with one of these for a formula and runs it.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def note_of(release: Release) -> str:
    return ILLUSTRATIVE if release.summary["illustrative"] else ""


def rows_of(release: Release, table: str) -> Iterator[Mapping[str, Any]]:
    """The records of a table, in order. Raises KeyError for a table there is not."""
    match table:
        case "nhiem-vu":
            yield from release.tasks.order_by("position").values_list("data", flat=True).iterator(2000)
        case "co-quan":
            yield from release.units.order_by("sort_key", "pk").values(*UNIT_FIELDS)
        case "ke-hoach":
            yield from release.items.order_by("position").values(*ITEM_FIELDS)
        case _:
            raise KeyError(table)


def about_row(release: Release) -> tuple[object, ...]:
    """The columns ABOUT_RELEASE of its rows."""
    return (release.number, iso(release.data_as_of), note_of(release), release.summary["plan"]["code"])


def table_csv(releases: list[Release], table: str) -> bytes:
    """A table with a byte-order mark, so that Excel reads it as UTF-8."""
    _title, columns = TABLES[table]
    rows = (
        [*(column.of(row) for column in columns), *about]
        for release, about in zip(releases, map(about_row, releases), strict=True)
        for row in rows_of(release, table)
    )
    return csv_bytes([*(column.name for column in columns), *(name for name, _, _ in ABOUT_RELEASE)], rows)


def table_json(releases: list[Release], table: str) -> bytes:
    """A table's whole records under `records`, with what they are under `about`.

    `about` speaks of the first release; `releases` of each, with how many records are its own, in the same order.
    """
    parts = [list(rows_of(release, table)) for release in releases]
    told = [{**about(release), "records": len(part)} for release, part in zip(releases, parts, strict=True)]
    licence = {"licence": LICENCE, "licence_address": LICENCE_ADDRESS}
    records = [record for part in parts for record in part]
    return orjson.dumps({"about": {**about(releases[0]), **licence}, "releases": told, "records": records})


def about(release: Release) -> dict[str, object]:
    return {
        "release": release.number,
        "title": release.title,
        "data_as_of": iso(release.data_as_of),
        "seal": release.seal,
        "ghi_chu": note_of(release),
        "ke_hoach": release.summary["plan"]["code"],
    }


def dictionary_rows(table: str, columns: Iterable[Column]) -> list[tuple[str, str, str, str]]:
    own = [(table, column.name, column.type, column.meaning) for column in columns]
    return own + [(table, name, kind, meaning) for name, kind, meaning in ABOUT_RELEASE]


def dictionary() -> list[tuple[str, str, str, str]]:
    """(file, name, type, meaning) of every column and field."""
    tables = [row for name, (_, columns) in TABLES.items() for row in dictionary_rows(f"{name}.csv", columns)]
    return tables + [("nhiem-vu.json", name, "", meaning) for name, meaning in FIELDS.items()]


def dictionary_csv() -> bytes:
    return csv_bytes(["tep", "ten", "kieu", "y_nghia"], dictionary())


def dictionary_json() -> bytes:
    names = ("file", "name", "type", "meaning")
    return orjson.dumps({"licence": LICENCE, "columns": [dict(zip(names, row, strict=True)) for row in dictionary()]})


def csv_bytes(header: list[str], rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def safe(cell: object) -> object:
    """The cell as text no spreadsheet runs: what could start a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA) else cell
