"""What a workbook that came back proposes: only what its cells changed since it was made. Pure.

A cell that still says what it said, and an empty one, keep what the plan has. A row with a cell that cannot be taken is
put aside whole and its cells are named; the other rows are proposed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Any

from tiendo.intake.extraction.notes import Note
from tiendo.intake.extraction.spelling import one_line
from tiendo.intake.proposing import Proposed, short
from tiendo.intake.workbook_in import Filled, FilledRow, FilledWorkbook
from tiendo.intake.workbook_shape import DROP, ERASE, Column
from tiendo.intake.workbook_values import Lexicon, Wrong, value_of
from tiendo.orgs.words import fold
from tiendo.ui.sentences import Sentence

UNNAMED = "PL"  # rows under the heading of no annex
ACTS = frozenset({"code", "drop", "reason"})
EMPTY: Mapping[str, Mapping[str, Any]] = {
    "task": {
        "item": None, "number": None, "title": None, "description": None, "group": None, "lead": [],
        "coordinating": [], "product": None, "due": None, "quotes": {},
    },
    "indicator": {
        "number": None, "name": None, "group": None, "unit_text": None, "target": None, "horizon": None, "lead": [],
    },
}  # fmt: skip


@dataclass(frozen=True)
class Current:
    """A task or indicator the plan has now: its value in the shape of `Proposed.printed`, and its cells' words."""

    value: dict[str, Any]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class PlanNow:
    """The plan as it stands: `rows` by (kind, code), what names mean, and by kind the annex where new rows go."""

    code: str
    version: int
    rows: Mapping[tuple[str, str], Current]
    names: Lexicon
    branches: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Changes:
    """What is proposed, and what is said about cells; `kept` counts rows that say what the plan says."""

    proposals: list[Proposed] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    kept: int = 0


def changes_of(book: FilledWorkbook, plan: PlanNow) -> Changes:
    """Compare every row with what it said when the workbook was made, in the order of the sheets."""
    found = Changes(notes=list(_about(book, plan)))
    seen: dict[tuple[str, str], int] = {}
    for row in book.rows:
        known = (row.form.kind, row.code)
        if row.code and known in seen:
            text = _("Mã {code} đã có ở hàng {row}; hãy xóa một trong hai dòng, hoặc để trống mã nếu là dòng thêm mới.")
            found.notes.append(_fault(row.code_at, Sentence.of(text, code=row.code, row=seen[known])))
            continue
        seen[known] = row.row
        _weigh(row, book, plan, found)
    return found


def _about(book: FilledWorkbook, plan: PlanNow) -> Iterator[Note]:
    """What concerns the whole file."""
    if book.marks.version < plan.version:
        text = _(
            "Tệp được tải xuống từ phiên bản {old}, kế hoạch nay là phiên bản {new}; chỉ các ô đã sửa được lấy, "
            "hãy xem kỹ trước khi chấp nhận."
        )
        yield Note("warning", "document", Sentence.of(text, old=book.marks.version, new=plan.version))
    for title in book.unread:
        text = _("Không tìm thấy dòng tiêu đề của trang “{sheet}” nên trang này không được đọc.")
        yield Note("error", title, Sentence.of(text, sheet=title))
    for cell in book.blank:
        yield Note("warning", cell, _("Công thức ở ô này chưa có kết quả nên được coi là ô trống."))


def _fault(where: str, sentence: str) -> Note:
    return Note("error", where, sentence)


def _weigh(row: FilledRow, book: FilledWorkbook, plan: PlanNow, found: Changes) -> None:
    current = plan.rows.get((row.form.kind, row.code))
    if row.code and current is None:
        if _is_untouched(row, book):
            found.kept += 1
            return
        text = _(
            "Kế hoạch không theo dõi dòng nào có mã {code}; hãy sửa lại đúng mã, hoặc để trống mã nếu là dòng thêm mới."
        )
        found.notes.append(_fault(row.code_at, Sentence.of(text, code=row.code)))
        return
    if _is_dropped(row):
        _drop(row, current, found)
        return
    before = current and book.originals.get((row.form.kind, row.code), current.texts)
    edit = _edit(row, current, before or {}, plan.names)
    notes = [*edit.faults, *edit.doubts]
    if current is None:
        notes += _lacking(row)
        if code := _taken_since(row, edit, book, plan):
            text = _("Kế hoạch nay đã có dòng này với mã {code}, nên không thêm lần nữa.")
            found.notes.append(Note("warning", row.code_at, Sentence.of(text, code=code)))
            return
    if any(note.severity == "error" for note in notes) or not edit.values:
        found.kept += not notes
    else:
        found.proposals.append(_proposed(row, current, edit, plan))
        notes += _overtaken(row, current, before or {}, edit)
    found.notes += notes


def _is_untouched(row: FilledRow, book: FilledWorkbook) -> bool:
    """A row nobody edited, of something the plan has stopped following since the workbook was made."""
    before = book.originals.get((row.form.kind, row.code))
    return before is not None and all(
        one_line(cell.text) == one_line(before.get(name, "")) for name, cell in row.cells.items()
    )


def _is_dropped(row: FilledRow) -> bool:
    return "drop" in row.cells


def _drop(row: FilledRow, current: Current | None, found: Changes) -> None:
    mark, reason = row.cells["drop"], row.cells.get("reason")
    if fold(mark.text) != DROP:
        found.notes.append(_fault(mark.address, _("Cột “Bỏ” chỉ ghi x; hãy xóa ô này nếu không bỏ dòng.")))
    elif current is None:
        found.notes.append(_fault(mark.address, _("Dòng thêm mới thì không bỏ; hãy xóa cả dòng khỏi bảng.")))
    elif reason is None:
        found.notes.append(_fault(mark.address, _("Hãy ghi lý do ở cột “Lý do bỏ”, ví dụ số của văn bản cho phép.")))
    else:
        found.proposals.append(
            Proposed(
                row.form.kind, f"-{row.code}", current.value, _where(row), change="removed", current=current.value,
                current_ref=row.code,
            )
        )  # fmt: skip
        text = _("Đề nghị bỏ {code}: {reason}")
        found.notes.append(Note("warning", reason.address, Sentence.of(text, code=row.code, reason=reason.text)))


@dataclass
class _Edit:
    """What the cells of a row change."""

    values: dict[str, Any] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)
    faults: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)


def _edit(row: FilledRow, current: Current | None, before: Mapping[str, str], names: Lexicon) -> _Edit:
    """The new values of cells that say something else than before."""
    edit = _Edit()
    for column in row.form.columns:
        cell, then = row.cells.get(column.field), one_line(before.get(column.field, ""))
        if column.field in ACTS or cell is None or one_line(cell.text) == then:
            continue
        if not then and fold(cell.text) == fold(ERASE):
            continue
        was = current.value.get(column.field) if current else None
        _take(edit, column, cell, was, names)
    return edit


def _take(edit: _Edit, column: Column, cell: Filled, was: Any, names: Lexicon) -> None:
    try:
        typed = value_of(column, cell.text, was, names)
    except Wrong as wrong:
        edit.faults.append(_fault(cell.address, wrong.args[0]))
        return
    if _means(typed.value) == _means(was):
        return
    edit.values[column.field] = typed.value
    if typed.value:
        edit.quotes[column.field] = cell.text
    if typed.doubt:
        edit.doubts.append(Note("warning", cell.address, typed.doubt))


def _means(value: Any) -> Any:
    """What of a value makes a difference: which agencies, which days; not how they are written."""
    if isinstance(value, list):
        return sorted(each["unit"] or fold(each["text"] or "") for each in value)
    if isinstance(value, dict) and "rrule" in value:
        return [value.get(name) for name in ("kind", "on", "from", "rrule")]
    return value


def _taken_since(row: FilledRow, edit: _Edit, book: FilledWorkbook, plan: PlanNow) -> str | None:
    """The code of a thing that came into the plan after the workbook was made and says what an added row says."""
    kind, said = row.form.kind, edit.values
    text = fold(str(said.get("description") or said.get(row.form.name) or ""))
    name = "description" if kind == "task" else row.form.name
    newer = (
        (code, each.value) for (of, code), each in plan.rows.items() if of == kind and (of, code) not in book.originals
    )
    return next((code for code, value in newer if text and fold(str(value.get(name) or "")) == text), None)


def _lacking(row: FilledRow) -> Iterator[Note]:
    """A row that was added needs its name."""
    if row.form.name not in row.cells and "description" not in row.cells:
        text = _("Dòng thêm mới chưa có “{heading}”; hãy ghi, hoặc xóa cả dòng.")
        yield _fault(row.code_at, Sentence.of(text, heading=row.form.column(row.form.name).heading))


def _overtaken(row: FilledRow, current: Current | None, before: Mapping[str, str], edit: _Edit) -> Iterator[Note]:
    """Cells that somebody else changed in the plan since the workbook was made."""
    for name in edit.values if current else ():
        now, then = one_line(current.texts.get(name, "")) if current else "", one_line(before.get(name, ""))
        if now != then:
            text = _("Kế hoạch đã đổi ô này từ khi tải tệp, nay là “{now}”; chấp nhận sẽ thay bằng nội dung trong tệp.")
            yield Note("warning", row.cells[name].address, Sentence.of(text, now=now or "…"))


def _proposed(row: FilledRow, current: Current | None, edit: _Edit, plan: PlanNow) -> Proposed:
    if current is None:
        printed = _new(row, edit)
        key = f"{plan.branches.get(row.form.kind, UNNAMED)}#+{row.row}"
        return Proposed(row.form.kind, key, printed, _where(row), sure=not edit.doubts, change="added")
    printed = current.value | edit.values
    if "quotes" in printed:
        kept = {name: words for name, words in (printed["quotes"] or {}).items() if name not in edit.values}
        printed = printed | {"quotes": kept | edit.quotes}
    return Proposed(
        row.form.kind, row.code, printed, _where(row), sure=not edit.doubts, change="changed", current=current.value,
        current_ref=row.code,
    )  # fmt: skip


def _new(row: FilledRow, edit: _Edit) -> dict[str, Any]:
    printed = {**EMPTY[row.form.kind], **edit.values}
    if row.form.kind == "task":
        printed["description"] = printed["description"] or printed["title"]
        printed["title"] = printed["title"] or short(printed["description"])
        printed["quotes"] = {"description": printed["description"]} | edit.quotes
    return printed


def _where(row: FilledRow) -> dict[str, Any]:
    return {"lines": [row.line, row.line], "page": None, "table": None, "row": row.row, "sheet": row.form.title}
