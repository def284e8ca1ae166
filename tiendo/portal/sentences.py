"""How a task stands, in one plain sentence (R035)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tiendo.plans.states import WorkState
from tiendo.ui.formats import percent_text


def standing(record: dict[str, Any], on: date) -> str:
    """What a released task's progress means on the day of the release; says when nothing has been reported."""
    progress, due = record["progress"], _day(record["deadline"]["due_on"])
    if progress["origin"] is None and progress["state"] == WorkState.NOT_STARTED:
        return _("Chưa có báo cáo nào được tiếp nhận về nhiệm vụ này. ") + _when(due, on)
    match progress["state"]:
        case WorkState.COMPLETED:
            return _finished(_day(progress["completed_on"]), due)
        case WorkState.CANCELLED:
            return _("Nhiệm vụ đã được hủy và không tính vào số liệu chung.")
        case WorkState.PAUSED:
            return _("Nhiệm vụ đang tạm dừng. ") + _when(due, on)
        case WorkState.NOT_STARTED:
            return _("Nhiệm vụ chưa được bắt đầu. ") + _when(due, on)
    return _under_way(progress["percent"]) + " " + _when(due, on)


def _under_way(percent: str | None) -> str:
    if percent is None:
        return _("Nhiệm vụ đang được thực hiện.")
    return _("Nhiệm vụ đang được thực hiện, đạt %(percent)s.") % {"percent": percent_text(Decimal(percent))}


def _finished(done: date | None, due: date | None) -> str:
    if done is None:
        return _("Nhiệm vụ đã hoàn thành.")
    if due is None:
        return _("Nhiệm vụ đã hoàn thành ngày %(done)s.") % {"done": _text(done)}
    words = {"done": _text(done), "due": _text(due), "days": (done - due).days}
    if done <= due:
        return _("Nhiệm vụ đã hoàn thành ngày %(done)s, đúng hạn (hạn %(due)s).") % words
    return _("Nhiệm vụ đã hoàn thành ngày %(done)s, chậm %(days)s ngày so với hạn %(due)s.") % words


def _when(due: date | None, on: date) -> str:
    if due is None:
        return _("Nhiệm vụ không có ngày hết hạn.")
    words = {"due": _text(due), "days": abs((due - on).days)}
    if due > on:
        return _("Còn %(days)s ngày đến hạn %(due)s.") % words
    if due == on:
        return _("Hạn là đúng ngày chốt số liệu, %(due)s.") % words
    return _("Đã quá hạn %(days)s ngày (hạn %(due)s).") % words


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date) -> str:
    return day.strftime("%d/%m/%Y")
