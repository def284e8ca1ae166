"""JSON data into frozen dataclasses and back, with a sentence and its place for everything that does not fit. Pure.

Fields may be `str`, `int`, `bool`, `date`, `Decimal`, a StrEnum, another dataclass, `X | None`, `tuple[X, ...]`,
`dict[str, X]` or `object` (kept as it is). Decimals travel as text, never as numbers; days as YYYY-MM-DD. A field
without a default must be there; one the dataclass does not know is refused.
"""

import dataclasses
import re
import types
import typing
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from gettext import gettext as _

from tiendo.audit.chain import canonical as canonical
from tiendo.audit.chain import digest as sha256_of
from tiendo.ui.sentences import Sentence

__all__ = ["Misfit", "canonical", "decimal_text", "plain", "sha256_of", "shaped"]
Shape = typing.TypeVar("Shape")
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,12})?")
TOP = "tệp"


class Misfit(ValueError):
    """Data that is not of its shape; `faults` says every fault with its place."""

    def __init__(self, faults: list[Sentence]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def decimal_text(number: Decimal) -> str:
    """The number without exponent, trailing zeros or minus zero: 2, 0.3, 1.5."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def shaped(shape: type[Shape], data: object) -> Shape:
    """`data` as a `shape`. Raises `Misfit` with all faults, not only the first."""
    faults: list[Sentence] = []
    made = _read(shape, data, "", faults)
    if faults:
        raise Misfit(faults)
    return typing.cast(Shape, made)


def plain(value: object) -> object:
    """A dataclass as JSON data: every field named, decimals and days as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    return value


def _read(shape: object, data: object, place: str, faults: list[Sentence]) -> object:
    origin = typing.get_origin(shape)
    if origin in (types.UnionType, typing.Union):
        kept = [each for each in typing.get_args(shape) if each is not types.NoneType]
        return None if data is None else _read(kept[0], data, place, faults)
    if origin is tuple:
        return _read_row(typing.get_args(shape)[0], data, place, faults)
    if origin is dict:
        return _read_table(typing.get_args(shape)[1], data, place, faults)
    if shape is object:
        return data
    if isinstance(shape, type) and dataclasses.is_dataclass(shape):
        return _read_fields(shape, data, place, faults)
    return _read_value(typing.cast(type, shape), data, place, faults)


def _read_row(shape: object, data: object, place: str, faults: list[Sentence]) -> tuple[object, ...]:
    if not isinstance(data, list):
        _blame(faults, place, _("phải là một danh sách"))
        return ()
    return tuple(_read(shape, each, f"{place}[{number}]", faults) for number, each in enumerate(data))


def _read_table(shape: object, data: object, place: str, faults: list[Sentence]) -> dict[str, object]:
    if not isinstance(data, dict):
        _blame(faults, place, _("phải là một bảng tên – giá trị"))
        return {}
    return {str(key): _read(shape, each, _within(place, key), faults) for key, each in data.items()}


def _read_fields(shape: type, data: object, place: str, faults: list[Sentence]) -> object:
    if not isinstance(data, dict):
        _blame(faults, place, _("phải là một bảng tên – giá trị"))
        return None
    hints, before, values = typing.get_type_hints(shape), len(faults), {}
    for field in dataclasses.fields(shape):
        if field.name in data:
            values[field.name] = _read(hints[field.name], data[field.name], _within(place, field.name), faults)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            _blame(faults, _within(place, field.name), _("còn thiếu"))
    for key in sorted(set(map(str, data)) - set(hints)):
        _blame(faults, _within(place, key), _("không có trong mẫu"))
    return shape(**values) if len(faults) == before else None


def _read_value(shape: type, data: object, place: str, faults: list[Sentence]) -> object:
    if issubclass(shape, StrEnum):
        if isinstance(data, str) and data in list(shape):
            return shape(data)
        known = ", ".join(shape)
        faults.append(Sentence.of(_("{place}: phải là một trong các giá trị {known}"), place=place or TOP, known=known))
        return None
    read, words = _SIMPLE[shape]
    made = read(data)
    if made is None:
        _blame(faults, place, words)
    return made


def _decimal(data: object) -> Decimal | None:
    return Decimal(data) if isinstance(data, str) and NUMBER.fullmatch(data) else None


def _day(data: object) -> date | None:
    try:
        return date.fromisoformat(data) if isinstance(data, str) and len(data) == 10 else None
    except ValueError:
        return None


_SIMPLE: dict[type, tuple[Callable[[object], object], str]] = {
    str: (lambda data: data if isinstance(data, str) else None, _("phải là chữ")),
    int: (lambda data: data if type(data) is int else None, _("phải là số nguyên")),
    bool: (lambda data: data if isinstance(data, bool) else None, _("phải là true hoặc false")),
    Decimal: (_decimal, _("phải là số thập phân viết dạng chữ, ví dụ \"12.5\"")),
    date: (_day, _("phải là ngày dạng YYYY-MM-DD")),
}  # fmt: skip


def _within(place: str, key: object) -> str:
    return f"{place}.{key}" if place else str(key)


def _blame(faults: list[Sentence], place: str, words: str) -> None:
    faults.append(Sentence.of("{place}: {words}", place=place or TOP, words=words))
