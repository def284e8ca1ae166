"""Notes for the person who reviews a reading: what is missing or odd, and what to do about it, in Vietnamese."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from tiendo.intake.extraction.annexes import Annex, Assumed
from tiendo.intake.extraction.facts import Facts
from tiendo.intake.extraction.references import Reference
from tiendo.intake.extraction.tables import Tables
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Note:
    """One remark: `where` is an item, an annex, or a part of the document."""

    severity: str
    where: str
    message: str

    def as_json(self) -> dict[str, str]:
        """The reading contract's form."""
        return {"severity": self.severity, "where": self.where, "message": self.message}


def facts_notes(facts: Facts) -> Iterator[Note]:
    """What the head and foot of the document leave out."""
    if facts.kind is None:
        yield Note("warning", "document", _("Không nhận ra loại văn bản; hãy chọn loại khi nhập."))
    if facts.symbol is None:
        yield Note("warning", "document", _("Không thấy số, ký hiệu; hãy bổ sung khi nhập."))
    elif facts.number is None:
        yield Note("warning", "document", _("Số văn bản để trống; hãy điền số theo bản đã ban hành."))
    if facts.issued_on is None:
        yield Note("warning", "document", _("Không thấy ngày ban hành; hãy bổ sung khi nhập."))
    if facts.signer is None:
        yield Note("warning", "document", _("Không thấy người ký; hãy bổ sung khi nhập."))


def annex_only_note() -> Note:
    """For a file that holds nothing but annexes: its facts stand in the plan it belongs to."""
    return Note("info", "document", _("Tệp chỉ có phụ lục; hãy đính kèm vào kế hoạch đã ban hành phụ lục này."))


def annex_notes(annexes: Sequence[Annex], assumed: Sequence[Assumed]) -> Iterator[Note]:
    """Annexes that are mentioned and not there, and mentions without a label."""
    for annex in annexes:
        if not annex.present:
            message = _("{label} được nhắc đến nhưng không có trong tệp; hãy đính kèm phụ lục khi có.")
            yield Note("warning", annex.label, message.format(label=annex.label))
    for mention in assumed:
        if mention.label:
            message = _("“{quote}” không ghi số phụ lục, tạm hiểu là {label}; hãy kiểm tra lại.")
            yield Note("info", mention.item, message.format(quote=mention.quote, label=mention.label))
        else:
            message = _("“{quote}” không ghi số phụ lục; hãy chỉ rõ phụ lục nào.")
            yield Note("info", mention.item, message.format(quote=mention.quote))


def reference_notes(references: Sequence[Reference]) -> Iterator[Note]:
    """Cited documents whose mentions disagree about the date."""
    for reference in references:
        if len(reference.dates) > 1:
            days = ", ".join(day.strftime("%d/%m/%Y") for day in reference.dates)
            message = _("Văn bản {number} được ghi nhiều ngày khác nhau: {days}; hãy đối chiếu bản gốc.")
            where = next((cited.item for cited in reference.mentions if cited.item), None) or "document"
            yield Note("warning", where, message.format(number=reference.number, days=days))


def row_notes(tasks: Sequence[Mapping[str, object]]) -> Iterator[Note]:
    """Task rows with nobody or several in the lead, with a deadline that is no date, or with a number used twice."""
    numbers: set[tuple[object, object]] = set()
    for task in tasks:
        where, due, lead = str(task["id"]), task["due"], task["lead"]
        if not lead:
            yield Note("warning", where, _("Nhiệm vụ chưa ghi cơ quan chủ trì; hãy bổ sung."))
        elif isinstance(lead, list) and len(lead) > 1:
            yield Note("info", where, _("Có nhiều cơ quan chủ trì; hãy chọn một cơ quan chịu trách nhiệm chính."))
        if isinstance(due, dict) and due["kind"] == "missing":
            yield Note("warning", where, _("Nhiệm vụ chưa ghi thời hạn; hãy bổ sung."))
        elif isinstance(due, dict) and due["kind"] == "open" and due["on"] is None:
            message = _("Thời hạn “{raw}” không phải ngày, tháng; hãy kiểm tra lại.")
            yield Note("info", where, message.format(raw=due["raw"]))
        key = (task["group"], task["number"])
        inherits = task.get("inherits")
        shared = isinstance(inherits, list) and "number" in inherits
        if task["number"] and key in numbers and not shared:
            yield Note("info", where, _("Số thứ tự {number} bị trùng trong cùng nhóm.").format(number=task["number"]))
        numbers.add(key)


def doubt_notes(rows: Iterable[Mapping[str, object]]) -> Iterator[Note]:
    """What the reader of tables had to guess about a row."""
    for row in rows:
        doubts = row["doubts"]
        for message in doubts if isinstance(doubts, list) else ():
            yield Note("info", str(row["id"]), message)


def table_notes(tables: Tables) -> Iterator[Note]:
    """Tables that look like an annex and whose columns nothing names."""
    for table in tables.unplaced:
        message = _("Bảng {number} có dòng đánh số nhưng không rõ tiêu đề cột; hãy kiểm tra xem có nhiệm vụ không.")
        yield Note("info", "document", Sentence.of(message, number=table.position.table or 1))


def emptiness_notes(items: int, tasks: int, indicators: int) -> Iterator[Note]:
    """A document in which nothing to follow was found."""
    if not (items or tasks or indicators):
        yield Note("warning", "document", _("Không tìm thấy mục nào để theo dõi; hãy kiểm tra lại tệp."))
