"""What may be wanted of a plan, by kind of change: which fields, and what makes a wish whole. Pure.

`wanted` and `base` have the shape of `plans.TaskTerms`, restricted to the fields of the kind.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from gettext import gettext as _
from typing import Any

from tiendo.plans.differences import same

Terms = Mapping[str, Any]


class Change(StrEnum):
    """As `models.ChangeKind`, which stores these values."""

    ADD = "add"
    CHANGE = "change"
    EXTEND = "extend"
    TRANSFER = "transfer"
    DROP = "drop"


_SAID = ("title", "description", "product", "authority", "group")
_HELPERS = ("coordinating", "performing")
FIELDS: dict[Change, tuple[str, ...]] = {
    Change.ADD: (*_SAID, "due", "lead", *_HELPERS),
    Change.CHANGE: (*_SAID, "due", *_HELPERS),
    Change.EXTEND: ("due",),
    Change.TRANSFER: ("lead",),
    Change.DROP: (),
}


def changed_only(kind: Change, wanted: Terms, base: Terms) -> dict[str, Any]:
    """Of what was typed, the fields of the kind that say otherwise than the task does now."""
    typed = {name: wanted[name] for name in FIELDS[kind] if name in wanted}
    if kind == Change.ADD:
        return {name: value for name, value in typed.items() if value}
    return {name: value for name, value in typed.items() if not same(name, base.get(name), value)}


def base_of(kind: Change, wanted: Terms, now: Terms) -> dict[str, Any]:
    """What the fields that are to change say now, kept beside the wish."""
    return {} if kind == Change.ADD else {name: now.get(name) for name in wanted}


def find_fault(kind: Change, wanted: Terms, base: Terms) -> str | None:
    """What keeps the wish from being sent or decided, as a sentence; None when it is whole."""
    if kind == Change.DROP:
        return None
    if kind == Change.ADD:
        return _fault_of_new(wanted)
    if not wanted:
        return _("Chưa có nội dung nào khác với hiện nay.")
    if ("title" in wanted and not wanted["title"]) or ("description" in wanted and not wanted["description"]):
        return _("Nhiệm vụ phải có tên và nội dung.")
    if kind == Change.TRANSFER:
        return _fault_of_lead(wanted)
    return _fault_of_due(kind, wanted, base) if "due" in wanted else None


def _fault_of_new(wanted: Terms) -> str | None:
    if not wanted.get("title") or not wanted.get("description"):
        return _("Nhiệm vụ bổ sung phải có tên và nội dung.")
    return _fault_of_lead(wanted)


def _fault_of_lead(wanted: Terms) -> str | None:
    leads = [each for each in wanted.get("lead") or () if each.get("unit")]
    return None if len(leads) == 1 else _("Hãy chọn một cơ quan chủ trì.")


def _fault_of_due(kind: Change, wanted: Terms, base: Terms) -> str | None:
    was, now = day_of(base.get("due")), day_of(wanted["due"])
    if kind == Change.EXTEND:
        if was is None or now is None or now <= was:
            return _("Thời hạn gia hạn phải là một ngày sau thời hạn hiện nay.")
        return None
    if was is not None and (now is None or now > was):
        return _("Lùi thời hạn thì chọn việc “gia hạn”.")
    return None


def day_of(due: Terms | None) -> date | None:
    """The last good day of a deadline in the shape of terms."""
    text = (due or {}).get("on")
    return date.fromisoformat(text) if text else None
