"""Why a person should look at a proposal twice, in words: taken from what was read, nothing guessed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.intake.models import Proposal

Value = dict[str, Any]
NAMES = {"task": "title", "indicator": "name"}
FIELDS = {
    "due": gettext_noop("Thời hạn"),
    "lead": gettext_noop("Chủ trì"),
    "group": gettext_noop("Nhóm nhiệm vụ"),
    "unit_text": gettext_noop("Đơn vị tính"),
    "target": gettext_noop("Mục tiêu"),
    "horizon": gettext_noop("Năm đích"),
}


class Doubts:
    """The reading's own remarks by the place they speak of, and what the values say of themselves."""

    def __init__(self, reading: Value) -> None:
        self._notes: dict[str, list[str]] = defaultdict(list)
        for note in reading.get("notes") or ():
            self._notes[str(note["where"])].append(str(note["message"]))

    def about(self, proposal: Proposal) -> tuple[str, ...]:
        """Sentences for the card; none when it is sure, none twice."""
        found = [_(note) for note in self._notes.get(proposal.key, ())] if proposal.kind in NAMES else []
        if not proposal.sure:
            found += joined_doubts(proposal.unshaped or {})
            found += own_doubts(proposal.kind, proposal.value, proposal.where)
            found = found or [_("Máy đọc chưa chắc; hãy đối chiếu với văn bản gốc.")]
        return tuple(dict.fromkeys(found))


def joined_doubts(unshaped: Value) -> list[str]:
    """Of a row joined of several: in what they say different things."""
    words = _("Các dòng được gộp ghi khác nhau ở “%(field)s”: %(said)s; hãy kiểm tra.")
    return [
        words % {"field": _(FIELDS[name]), "said": "; ".join(f"“{each}”" for each in said)}
        for name, said in (unshaped.get("differing") or {}).items()
    ]


def own_doubts(kind: str, value: Value, where: Value) -> list[str]:
    """What the value itself leaves open."""
    found = []
    if kind in NAMES and not value.get(NAMES[kind]):
        found.append(_("Dòng này chưa có tên; hãy điền hoặc bỏ."))
    if unknown := unknown_names(value):
        names = "; ".join(f"“{name}”" for name in unknown)
        found.append(_("Chưa rõ %(names)s là đơn vị nào.") % {"names": names})
    if kind == "task":
        found += _task_doubts(value)
    if where.get("ocr"):
        found.append(_("Chữ nhận dạng từ ảnh quét; hãy so với bản giấy."))
    if kind == "repair":
        found.append(_("Có thể là chữ đúng; hãy xem câu trước khi sửa."))
    return found


def _task_doubts(value: Value) -> list[str]:
    found = []
    in_prose = bool(value.get("item"))
    if in_prose and not value.get("group"):
        found.append(_("Câu giao việc chung: có thể là một nhiệm vụ, có thể không."))
    if in_prose and value.get("lead"):
        found.append(_("Cơ quan chủ trì hiểu từ câu văn; hãy kiểm tra."))
    due = value.get("due") or {}
    if due.get("raw") and not due.get("on") and due.get("kind") == "open":
        found.append(_("Thời hạn “%(raw)s” không phải ngày, tháng.") % {"raw": due["raw"]})
    return found


def unknown_names(value: Mapping[str, Any]) -> list[str]:
    """Printed names of agencies for which no unit is known."""
    named: Iterable[Value] = [*(value.get("lead") or ()), *(value.get("coordinating") or ())]
    return list(dict.fromkeys(each["text"] for each in named if not each.get("unit") and each.get("text")))
