"""A proposal as its card shows it: a heading, facts in words, what was printed beside what a person made of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.intake.models import Proposal
from tiendo.intake.proposing import short
from tiendo.orgs.models import Unit, UnitGroup
from tiendo.plans.models import DeadlineLine
from tiendo.ui.templatetags.ui import vn_date
from tiendo.web.intake.source import lines_of

BREAK = re.compile(r"\s*\n\s*")
SAME = ""  # the words stand in the heading already


@dataclass(frozen=True)
class Agency:
    """An agency as printed, and the unit or group it was recognised as."""

    text: str
    name: str | None

    @property
    def is_known(self) -> bool:
        return self.name is not None

    @property
    def is_renamed(self) -> bool:
        """Printed in other words than the unit's name."""
        return self.name is not None and bool(self.text) and self.name.casefold() != self.text.casefold()


@dataclass(frozen=True)
class Fact:
    """One field: None is "not in the document". `printed` is given when a person changed it."""

    label: str
    value: str | None = None
    agencies: tuple[Agency, ...] | None = None
    printed: str | None = None
    is_changed: bool = False


@dataclass(frozen=True)
class Card:
    """Everything the template needs; it asks nothing more of the database."""

    proposal: Proposal
    heading: str
    facts: tuple[Fact, ...]
    group: str
    depth: int
    is_chosen: bool

    @property
    def first_line(self) -> int | None:
        return lines_of(self.proposal).start if lines_of(self.proposal) else None

    @property
    def place(self) -> str:
        lines = lines_of(self.proposal)
        if not lines:
            return ""
        return _("dòng %(n)s") % {"n": lines[0] if len(lines) == 1 else f"{lines[0]}–{lines[-1]}"}

    @property
    def is_edited(self) -> bool:
        return self.proposal.edited is not None


class Cards:
    """Makes cards; `titles` are the headings by path, names of units and groups are read once."""

    def __init__(self, proposals: Iterable[Proposal], titles: Mapping[str, str], chosen: Proposal | None) -> None:
        self._proposals = list(proposals)
        self._titles = titles
        self._chosen = chosen
        self._names = _names_of(self._proposals)

    def all(self) -> list[Card]:
        return [self._card(each) for each in self._proposals]

    def _card(self, proposal: Proposal) -> Card:
        value = proposal.value
        return Card(
            proposal=proposal,
            heading=_heading(proposal.kind, value),
            facts=tuple(self._facts(proposal)),
            group=self._group(proposal.kind, value),
            depth=min(int(value.get("level") or 0), 3) if proposal.kind == "section" else 0,
            is_chosen=self._chosen is not None and self._chosen.pk == proposal.pk,
        )

    def _group(self, kind: str, value: dict[str, Any]) -> str:
        if kind not in ("task", "indicator"):
            return ""
        printed = value.get("group")
        if not printed:
            return _("Chưa thuộc nhóm nào")
        return f"{printed}. {short(self._titles[printed], 90)}" if printed in self._titles else str(printed)

    def _facts(self, proposal: Proposal) -> Iterable[Fact]:
        value, printed = proposal.value, proposal.printed
        for label, give in FIELDS.get(proposal.kind, ()):
            now, was = give(value), give(printed)
            if now == SAME:
                continue
            yield Fact(label=_(label), value=now, printed=was if was != now else None, is_changed=was != now)
        for role, label in ROLES.get(proposal.kind, ()):
            named = tuple(self._agency(each) for each in value.get(role) or ())
            yield Fact(label=_(label), agencies=named, is_changed=value.get(role) != printed.get(role))

    def _agency(self, each: dict[str, Any]) -> Agency:
        return Agency(each.get("text") or "", self._names.get(each.get("unit") or ""))


def _heading(kind: str, value: dict[str, Any]) -> str:
    if kind == "document":
        return " ".join(part for part in (value.get("kind"), value.get("symbol")) if part) or _("Thông tin văn bản")
    if kind == "section":
        return f"{value['id']}. {value['title']}"
    if kind == "item":
        return str(value["text"])
    if kind == "indicator":
        return str(value.get("name") or _("(chưa có tên)"))
    if kind == "task":
        return str(value.get("title") or _("(chưa có tên)"))
    if kind == "repair":
        return BREAK.sub(" ¶ ", str(value["printed"]))
    return str(value["label"])


def _text(name: str) -> Any:
    return lambda value: value.get(name) or None


def _description(value: dict[str, Any]) -> str | None:
    return value["description"] if value["description"] != value["title"] else SAME


def due_words(due: dict[str, Any] | None) -> str | None:
    """“30/6/2026 (một ngày, ngày cuối 30/06/2026)”, as printed first; None when the document gives none."""
    if not due or (not due.get("raw") and not due.get("on")):
        return None
    kind = str(dict(DeadlineLine.Kind.choices).get(due.get("kind") or "", ""))
    last = _("ngày cuối %(day)s") % {"day": vn_date(date.fromisoformat(due["on"]))} if due.get("on") else kind
    return f"{due['raw']} ({last})" if due.get("raw") else last


def _signer(value: dict[str, Any]) -> str | None:
    signer = value.get("signer") or {}
    return ", ".join(part for part in (signer.get("name"), signer.get("capacity")) if part) or None


def _issued(value: dict[str, Any]) -> str | None:
    return vn_date(date.fromisoformat(value["issued_on"])) if value.get("issued_on") else None


def _target(value: dict[str, Any]) -> str | None:
    return (value.get("target") or {}).get("raw") or None


def _presence(value: dict[str, Any]) -> str:
    return _("có trong tệp") if value.get("present") else _("không có trong tệp, sẽ hiện là còn thiếu")


FIELDS: dict[str, tuple[tuple[str, Any], ...]] = {
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
        (gettext_noop("Năm đích"), _text("horizon")),
    ),
    "annex": (
        (gettext_noop("Tình trạng"), _presence),
        (gettext_noop("Được nhắc đến ở"), lambda value: ", ".join(value.get("mentioned_in") or ()) or None),
    ),
}
ROLES = {
    "task": (("lead", gettext_noop("Chủ trì")), ("coordinating", gettext_noop("Phối hợp"))),
    "indicator": (("lead", gettext_noop("Chủ trì")),),
}


def _names_of(proposals: Iterable[Proposal]) -> dict[str, str]:
    """Codes of agencies → names, of units and of groups, in two queries."""
    codes = {
        each["unit"]
        for proposal in proposals
        for role in ("lead", "coordinating")
        for each in proposal.value.get(role) or ()
        if each.get("unit")
    }
    groups = dict(UnitGroup.objects.filter(code__in=codes).values_list("code", "name"))
    return groups | dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))
