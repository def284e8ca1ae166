"""Releases as files: CSV for a spreadsheet, JSON for a program, each saying its releases, licence and dates.

A file holds the rows of one release, or of the current release of every plan, one after the other.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
from django.db.models import Model

from tiendo.audit.chain import iso
from tiendo.portal.dictionary import ABOUT_RELEASE, FIELDS, INDICATOR_FIELDS, TABLES, Column
from tiendo.publication.models import PublishedIndicator, PublishedItem, PublishedTask, PublishedUnit, Release
from tiendo.publication.queries import NEWEST_FIRST
from tiendo.publication.sealing import ILLUSTRATIVE, LICENCE, LICENCE_ADDRESS

UNIT_FIELDS = ("code", "name", "kind", "counts", "successor_code", "successor_name")
ITEM_FIELDS = ("path", "parent_path", "position", "kind", "number", "text")
WHOLE = ("data",)
ROWS: dict[str, tuple[type[Model], tuple[str, ...], tuple[str, ...]]] = {
    "nhiem-vu": (PublishedTask, WHOLE, ("position",)),
    "co-quan": (PublishedUnit, UNIT_FIELDS, ("sort_key", "pk")),
    "ke-hoach": (PublishedItem, ITEM_FIELDS, ("position",)),
    "kinh-phi": (PublishedTask, WHOLE, ("position",)),
    "chi-tieu": (PublishedIndicator, WHOLE, ("position",)),
}
MONEY = "kinh-phi"
INDICATORS = "chi-tieu"
NO_MONEY: Mapping[str, Any] = {
    **dict.fromkeys(("code", "name", "planned", "allocated", "disbursed", "as_of", "confirmed_on")),
    "unit": dict.fromkeys(("code", "name")),
    "documents": [],
}
# A spreadsheet takes a cell that begins with one of these for a formula and runs it.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def note_of(release: Release) -> str:
    return ILLUSTRATIVE if release.summary["illustrative"] else ""


def rows_of(releases: list[Release], table: str, *, whole: bool = False) -> Iterator[tuple[Release, Mapping[str, Any]]]:
    """The records of a table, release by release in order, each with its own. Raises KeyError for another table.

    A record that stands as several rows is spread over them, or with `whole` given once.
    """
    model, fields, order = ROWS[table]
    of = {release.pk: release for release in releases}
    rows = model._default_manager.filter(release__in=releases).order_by(*NEWEST_FIRST, *order)
    for key, *values in rows.values_list("release_id", *fields).iterator(2000):
        record = values[0] if fields == WHOLE else dict(zip(fields, values, strict=True))
        for row in SEVERAL[table](record) if table in SEVERAL and not whole else (record,):
            yield of[key], row


def money_rows(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """One row for each year and source of a task; a task without any keeps a row that says so (R002)."""
    task = {"task": record["code"], "title": record["title"]}
    years = record["resources"].get("years", [])
    for year in years:
        for source in year["sources"]:
            yield {**task, "year": year["year"], "source": source}
    if not years:
        yield {**task, "year": None, "source": NO_MONEY}


def figure_rows(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """One row for each figure of an indicator; an indicator without any keeps a row that says so."""
    for figure in record["figures"]:
        yield {**record, "of": figure["unit"], "figure": figure}
    if not record["figures"]:
        yield {**record, "of": {}, "figure": {}}


# Tables in which one record stands as several rows of the CSV.
SEVERAL = {MONEY: money_rows, INDICATORS: figure_rows}


def about_row(release: Release) -> tuple[object, ...]:
    """The columns ABOUT_RELEASE of its rows."""
    return (release.number, iso(release.data_as_of), note_of(release), release.summary["plan"]["code"])


def table_csv(releases: list[Release], table: str) -> bytes:
    """A table with a byte-order mark, so that Excel reads it as UTF-8."""
    _title, columns = TABLES[table]
    told = {release.pk: about_row(release) for release in releases}
    rows = ([*(column.of(row) for column in columns), *told[of.pk]] for of, row in rows_of(releases, table))
    return csv_bytes([*(column.name for column in columns), *(name for name, _, _ in ABOUT_RELEASE)], rows)


def table_json(releases: list[Release], table: str) -> bytes:
    """A table's whole records under `records`, with what they are under `about`.

    `about` speaks of the first release; `releases` of each, with how many records are its own, in the same order.
    """
    rows = list(rows_of(releases, table, whole=table == INDICATORS))
    held = Counter(of.pk for of, _ in rows)
    told = [{**about(release), "records": held[release.pk]} for release in releases]
    licence = {"licence": LICENCE, "licence_address": LICENCE_ADDRESS}
    records = [record for _, record in rows]
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
    return (
        tables
        + [("nhiem-vu.json", name, "", meaning) for name, meaning in FIELDS.items()]
        + [("chi-tieu.json", name, "", meaning) for name, meaning in INDICATOR_FIELDS.items()]
    )


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
    """The cell as text no spreadsheet runs: what could start a formula gets an apostrophe before it, a number never."""
    if cell is None:
        return ""
    runs = isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA) and not NUMBER.fullmatch(cell)
    return f"'{cell}" if runs else cell
