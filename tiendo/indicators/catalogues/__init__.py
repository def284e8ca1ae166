"""Catalogues of indicators shipped as data: one TOML file each, read and checked as a whole. Pure.

A file says what it is and on which document it rests, then lists its indicators. Numbers are text, so that "0.7" never
becomes a float on its way. `names()` lists the files; `read(name)` gives one of them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from gettext import gettext as _
from pathlib import Path
from typing import Any, TypeVar

from tiendo.indicators.aims import Aim, faults
from tiendo.indicators.measures import code_for
from tiendo.indicators.spans import span_of
from tiendo.indicators.states import Comparator, Direction, Firmness, Frequency, Measure, Purpose, Rollup
from tiendo.ui.sentences import Sentence

HERE = Path(__file__).parent
END = date(2030, 12, 31)
SCOPE = "pham-vi"  # the breakdown by which two thresholds of one cell are told apart
HEAD = {"title", "document", "rests_on", "first_period"}
WORDS = {"code", "name", "definition", "method", "unit", "expression", "numerator", "denominator"}
CHOICES: dict[str, type[StrEnum]] = {
    "direction": Direction,
    "firmness": Firmness,
    "frequency": Frequency,
    "measure": Measure,
    "over_units": Rollup,
}
OTHERS = {"decimals", "levels", "measured_kinds", "targets", "slice_name"}
POINT = {"purpose", "on", "comparator", "value", "upper", "category", "firmness", "printed"}
Choice = TypeVar("Choice", bound=StrEnum)


class BadCatalogue(ValueError):
    """A catalogue that cannot be taken; carries the sentence that says which entry and why."""


@dataclass(frozen=True)
class Entry:
    """One indicator of a catalogue: its code, the passport's words and choices, and its points."""

    code: str
    terms: dict[str, Any]
    aims: tuple[Aim, ...]
    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True)
class Catalogue:
    """`title` is what the indicators are labelled with; `document` the number of the higher document that sets them."""

    title: str
    document: str
    rests_on: str
    entries: tuple[Entry, ...]


def names() -> list[str]:
    """Names of the catalogues shipped, for `read`."""
    return sorted(path.stem for path in HERE.glob("*.toml"))


def read(name: str) -> Catalogue:
    """A catalogue shipped with the program. Raises BadCatalogue for a name that is none."""
    if name not in names():
        raise BadCatalogue(Sentence.of(_("Không có danh mục “{name}”."), name=name))
    return parse((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def parse(text: str) -> Catalogue:
    """A catalogue from its text. Raises BadCatalogue, naming the entry, for anything unknown, missing or doubled."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadCatalogue(Sentence.of(_("Không đọc được tệp danh mục: {error}."), error=error)) from error
    head, rows = data.get("catalogue", {}), data.get("indicator", [])
    if set(head) != HEAD or not rows or set(data) != {"catalogue", "indicator"}:
        raise BadCatalogue(_("Danh mục phải có đủ tên, văn bản, căn cứ, kỳ đầu tiên và ít nhất một chỉ tiêu."))
    entries: dict[str, Entry] = {}
    for row in rows:
        entry = _entry(row, head["first_period"])
        if entry.code in entries:
            raise _bad(entry.code, _("mã này đã dùng ở trên"))
        for part in filter(None, (entry.numerator, entry.denominator)):
            if part not in entries:
                raise _bad(entry.code, _("tử số, mẫu số phải là chỉ tiêu đứng trước trong danh mục"))
        entries[entry.code] = entry
    return Catalogue(head["title"], head["document"], head["rests_on"], tuple(entries.values()))


def _entry(row: Mapping[str, Any], first_period: str) -> Entry:
    code = row.get("code") or "?"
    unknown = set(row) - WORDS - set(CHOICES) - OTHERS
    if unknown or not row.get("name") or not row.get("unit") or code == "?":
        raise _bad(code, _("thiếu mã, tên, đơn vị tính hoặc có mục không quen"))
    chosen = {name: _choice(code, kind, row[name]).value for name, kind in CHOICES.items() if name in row}
    aims = tuple(_aim(code, point, chosen.get("firmness", Firmness.FIRM)) for point in row.get("targets", ()))
    if len({aim.place for aim in aims}) < len(aims):
        raise _bad(code, _("hai mốc trùng ngày và phạm vi"))
    terms = {name: row[name] for name in ("name", "definition", "method", "expression", "decimals") if name in row}
    frequency = Frequency(chosen.get("frequency", Frequency.YEAR))
    terms |= {
        "unit_code": code_for(row["unit"]),
        "unit_text": row["unit"],
        "first_period": _first(frequency, first_period),
    }
    terms |= {name: tuple(row[name]) for name in ("levels", "measured_kinds") if name in row}
    scopes = list(dict.fromkeys(aim.category for aim in aims if aim.category))
    if scopes:
        terms["slices"] = ({"code": SCOPE, "name": row.get("slice_name", "Phạm vi so sánh"), "values": scopes},)
    return Entry(code, terms | chosen, aims, row.get("numerator", ""), row.get("denominator", ""))


def _aim(code: str, point: Mapping[str, Any], firmness: str) -> Aim:
    if set(point) - POINT or "value" not in point:
        raise _bad(code, _("một mốc thiếu giá trị hoặc có mục không quen"))
    aim = Aim(
        purpose=_choice(code, Purpose, point.get("purpose", Purpose.FINAL)),
        due_on=point.get("on", END),
        value=_number(code, point["value"]),
        comparator=_choice(code, Comparator, point.get("comparator", Comparator.AT_LEAST)),
        upper=_number(code, point["upper"]) if "upper" in point else None,
        category=point.get("category", ""),
        firmness=_choice(code, Firmness, point.get("firmness", firmness)),
    )
    for _name, words in faults(aim):
        raise _bad(code, words)
    return replace(aim, printed=point.get("printed", ""))


def _choice(code: str, kind: type[Choice], given: str) -> Choice:
    try:
        return kind(given)
    except ValueError:
        raise _bad(code, Sentence.of(_("không có lựa chọn “{given}”"), given=given)) from None


def _number(code: str, given: object) -> Decimal:
    try:
        if isinstance(given, str):
            return Decimal(given)
    except InvalidOperation:
        pass
    raise _bad(code, Sentence.of(_("“{given}” phải là số viết trong dấu nháy, dấu chấm thập phân"), given=given))


def _first(frequency: Frequency, first_period: str) -> str:
    """The first period of the entry's own frequency in the catalogue's first year."""
    first = span_of(first_period)
    suffix = {Frequency.MONTH: "-M01", Frequency.QUARTER: "-Q1", Frequency.HALF: "-H1", Frequency.YEAR: ""}
    return span_of(f"{first.year}{suffix[frequency]}").code


def _bad(code: str, why: str) -> BadCatalogue:
    return BadCatalogue(Sentence.of(_("Chỉ tiêu {code}: {why}."), code=code, why=why))
