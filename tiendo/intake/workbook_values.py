"""What a person typed into one cell of a plan's workbook, as the value the plan keeps. Pure.

Each function takes the words of the cell and raises Wrong with one sentence that says what to do.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Any

from tiendo.intake.extraction.agencies import Directory
from tiendo.intake.extraction.deadlines import parse_due
from tiendo.intake.extraction.spelling import one_line
from tiendo.intake.extraction.target_cells import parse_target
from tiendo.intake.workbook_shape import ERASE, Column
from tiendo.orgs.words import fold
from tiendo.ui.sentences import Sentence

YEAR = re.compile(r"^(?:(?:đến )?năm )?(20\d\d)$", re.IGNORECASE)
LONG_TEXTS = frozenset({"description", "product"})
LONGEST_SHOWN = 60


class Wrong(Exception):
    """The cell cannot be taken; the message is one Vietnamese sentence that says what to do."""


@dataclass(frozen=True)
class Typed:
    """The value of a cell; `doubt` is a sentence when a person should look at it again."""

    value: Any
    doubt: str | None = None


@dataclass(frozen=True)
class Lexicon:
    """What names mean: units, and groups of tasks by their folded titles."""

    directory: Directory
    groups: Mapping[str, str] = field(default_factory=dict)


def value_of(column: Column, text: str, was: Any, names: Lexicon) -> Typed:
    """The value of a cell that was changed; `was` is what the plan has there now. Raises Wrong."""
    if fold(text) == fold(ERASE):
        if not column.erasable:
            raise Wrong(_("Ô này không xóa được; hãy ghi nội dung mới hoặc để trống để giữ nguyên."))
        return Typed(ERASED.get(column.field, lambda: None)())
    read = READ.get(column.field, _words)
    return read(text, was, names, column)


def _words(text: str, _was: Any, _names: Lexicon, column: Column) -> Typed:
    return Typed(text.strip() if column.field in LONG_TEXTS else one_line(text))


def _group(text: str, _was: Any, names: Lexicon, _column: Column) -> Typed:
    known = names.groups.get(fold(text))
    doubt = None if known else Sentence.of(_("Nhóm “{name}” chưa có trong kế hoạch và sẽ được lập mới."), name=text)
    return Typed(known or one_line(text), doubt)


def _lead(text: str, was: Any, names: Lexicon, _column: Column) -> Typed:
    found = _agencies(text, was, names)
    if len(found) > 1:
        raise Wrong(_("Chỉ ghi một cơ quan chủ trì; hãy chuyển các cơ quan khác sang cột “Cơ quan phối hợp”."))
    return Typed(found)


def _coordinating(text: str, was: Any, names: Lexicon, _column: Column) -> Typed:
    return Typed(_agencies(text, was, names))


def _agencies(text: str, was: Sequence[Mapping[str, Any]] | None, names: Lexicon) -> list[dict[str, str | None]]:
    """Agencies the house knows, or words that stood there before."""
    found = [mention.as_json() for mention in names.directory.split(text)]
    before = {fold(each["text"] or "") for each in was or ()}
    unknown = [str(each["text"]) for each in found if each["unit"] is None and fold(each["text"] or "") not in before]
    if unknown:
        text = _("Không có cơ quan tên “{name}”; hãy chọn trong danh sách, hoặc khai báo cơ quan này trước.")
        raise Wrong(Sentence.of(text, name=_brief("”, “".join(unknown))))
    if not found:
        raise Wrong(_("Không đọc được tên cơ quan; hãy chọn trong danh sách."))
    return found


def _due(text: str, _was: Any, _names: Lexicon, _column: Column) -> Typed:
    due = parse_due(text)
    if due.kind == "missing" or (due.kind == "open" and not (due.on or due.from_)):
        advice = _(
            "Không hiểu thời hạn “{text}”; hãy ghi như 30/6/2026, Tháng 5/2026, Quý II/2026, Hết năm 2026 "
            "hoặc Thường xuyên."
        )
        raise Wrong(Sentence.of(advice, text=_brief(text)))
    return Typed(due.as_json(), due.note)


def _target(text: str, _was: Any, _names: Lexicon, _column: Column) -> Typed:
    return Typed(parse_target(text))


def _horizon(text: str, _was: Any, _names: Lexicon, _column: Column) -> Typed:
    found = YEAR.match(one_line(text))
    if not found:
        raise Wrong(Sentence.of(_("“{text}” không phải một năm; hãy ghi bốn chữ số, ví dụ 2030."), text=_brief(text)))
    return Typed(found[1])


def _brief(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


READ: Mapping[str, Callable[[str, Any, Lexicon, Column], Typed]] = {
    "group": _group,
    "lead": _lead,
    "coordinating": _coordinating,
    "due": _due,
    "target": _target,
    "horizon": _horizon,
}
ERASED: Mapping[str, Callable[[], Any]] = {
    "lead": list,
    "coordinating": list,
    "target": lambda: parse_target(""),
}
