"""The fields of a proposal as its card words them, each by the kind of proposal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.plans.models import DeadlineLine
from tiendo.ui.templatetags.ui import vn_date
from tiendo.web.intake.differences import Run, differences

Value = dict[str, Any]
Give = Callable[[Value], str | None]
SAME = ""  # nothing to say that the heading does not


@dataclass(frozen=True)
class Agency:
    """An agency as printed, and the unit or group it was recognised as."""

    text: str
    name: str | None
    is_group: bool = False

    @property
    def is_known(self) -> bool:
        return self.name is not None

    @property
    def is_renamed(self) -> bool:
        """Printed in other words than the unit's name."""
        return self.name is not None and bool(self.text) and self.name.casefold() != self.text.casefold()


@dataclass(frozen=True)
class Fact:
    """One field: None is "not in the document". `was` marks word by word what a person, or the new paper, changed."""

    label: str
    value: str | None = None
    agencies: tuple[Agency, ...] | None = None
    was: tuple[Run, ...] = ()
    printed: str | None = None
    is_changed: bool = False


def facts_of(kind: str, value: Value, printed: Value) -> list[Fact]:
    """The text fields of a kind; what was printed stands beside what a person changed."""
    found = []
    for label, give in FIELDS.get(kind, ()):
        now, was = give(value), give(printed)
        if now != SAME and not (give is _description and _says_no_more(value)):
            found.append(Fact(label=_(label), value=now, printed=was if was != now else None, is_changed=was != now))
    return found


def changes_of(kind: str, now: Value, was: Value) -> list[Fact]:
    """Of an amendment: every text field that reads otherwise than in the plan, old and new in one."""
    found = []
    for label, give in (*HEADINGS.get(kind, ()), *FIELDS.get(kind, ())):
        old, new = give(was) or "", give(now) or ""
        if give is _description and _says_no_more(was) and _says_no_more(now):
            continue
        if old != new:
            found.append(Fact(label=_(label), value=new or None, was=differences(old, new), is_changed=True))
    return found


def _text(name: str) -> Give:
    return lambda value: value.get(name) or None


_description = _text("description")


def _says_no_more(value: Value) -> bool:
    """Whether the heading says all that the description does."""
    return bool(value.get("description") == value.get("title"))


def due_words(due: Value | None) -> str | None:
    """“30/6/2026 (một ngày, ngày cuối 30/06/2026)”, as printed first; None when the document gives none."""
    if not due or (not due.get("raw") and not due.get("on")):
        return None
    kind = str(dict(DeadlineLine.Kind.choices).get(due.get("kind") or "", ""))
    last = _("ngày cuối %(day)s") % {"day": vn_date(date.fromisoformat(due["on"]))} if due.get("on") else kind
    return f"{due['raw']} ({last})" if due.get("raw") else last


def _signer(value: Value) -> str | None:
    signer = value.get("signer") or {}
    return ", ".join(part for part in (signer.get("name"), signer.get("capacity")) if part) or None


def _issued(value: Value) -> str | None:
    return vn_date(date.fromisoformat(value["issued_on"])) if value.get("issued_on") else None


def _target(value: Value) -> str | None:
    return (value.get("target") or {}).get("raw") or None


def _firmness(value: Value) -> str | None:
    """Whether the document demands the target or only hopes for it (R041)."""
    target = value.get("target") or {}
    if not target.get("raw"):
        return None
    return _("bắt buộc") if target.get("firm", True) else _("phấn đấu")


def _aims(value: Value) -> str:
    """The targets a passage sets, firm or hoped for; nothing is shown of a passage without any."""
    told = [
        f"{each['measure']}: {each['amount']} ({_('bắt buộc') if each['firm'] else _('phấn đấu')})"
        if each["amount"]
        else f"{each['measure']} ({_('bắt buộc') if each['firm'] else _('phấn đấu')})"
        for each in value.get("targets") or ()
    ]
    return "; ".join(told)


def _presence(value: Value) -> str:
    return _("có trong tệp") if value.get("present") else _("không có trong tệp, sẽ hiện là còn thiếu")


HEADINGS: dict[str, tuple[tuple[str, Give], ...]] = {
    "task": ((gettext_noop("Tên nhiệm vụ"), _text("title")), (gettext_noop("Nhóm nhiệm vụ"), _text("group"))),
    "indicator": ((gettext_noop("Tên chỉ tiêu"), _text("name")),),
    "section": ((gettext_noop("Tên mục"), _text("title")),),
    "item": ((gettext_noop("Nội dung"), _text("text")),),
}
FIELDS: dict[str, tuple[tuple[str, Give], ...]] = {
    "document": (
        (gettext_noop("Loại văn bản"), _text("kind")),
        (gettext_noop("Ký hiệu"), _text("symbol")),
        (gettext_noop("Số"), _text("number")),
        (gettext_noop("Cơ quan ban hành"), _text("issuer")),
        (gettext_noop("Nơi ban hành"), _text("place")),
        (gettext_noop("Ngày ban hành"), _issued),
        (gettext_noop("Trích yếu"), _text("title")),
        (gettext_noop("Người ký"), _signer),
        (gettext_noop("Nơi nhận"), lambda value: "; ".join(value.get("recipients") or ()) or None),
    ),
    "task": (
        (gettext_noop("Nội dung"), _description),
        (gettext_noop("Sản phẩm"), _text("product")),
        (gettext_noop("Thời hạn"), lambda value: due_words(value.get("due"))),
    ),
    "indicator": (
        (gettext_noop("Đơn vị tính"), _text("unit_text")),
        (gettext_noop("Mục tiêu"), _target),
        (gettext_noop("Tính chất"), _firmness),
        (gettext_noop("Năm đích"), _text("horizon")),
    ),
    "item": ((gettext_noop("Chỉ tiêu"), _aims),),
    "annex": (
        (gettext_noop("Tình trạng"), _presence),
        (gettext_noop("Được nhắc đến ở"), lambda value: ", ".join(value.get("mentioned_in") or ()) or None),
    ),
}
ROLES = {
    "task": (("lead", gettext_noop("Chủ trì")), ("coordinating", gettext_noop("Phối hợp"))),
    "indicator": (("lead", gettext_noop("Chủ trì")),),
}
