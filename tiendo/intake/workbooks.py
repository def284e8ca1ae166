"""A plan's workbook between the database and the pure modules: what goes out, and what a filled one proposes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.intake.directory import directory_of_units
from tiendo.intake.found import WORKBOOK, Found
from tiendo.intake.grouping import without_number
from tiendo.intake.reading import Unreadable
from tiendo.intake.standing import standing_of
from tiendo.intake.workbook_changes import Changes, Current, PlanNow, changes_of
from tiendo.intake.workbook_in import FilledWorkbook, read_plan_workbook
from tiendo.intake.workbook_out import PlanRow, PlanSheets, write_plan
from tiendo.intake.workbook_values import Lexicon
from tiendo.orgs.models import Unit
from tiendo.orgs.words import fold
from tiendo.plans.files import hash_of
from tiendo.plans.models import ItemKind, PlanVersion
from tiendo.ui.sentences import Sentence

MOST_NAMED = 10
NO_FACTS: dict[str, Any] = {
    "kind": None, "symbol": None, "number": None, "issuer": None, "place": None, "issued_on": None, "title": None,
    "signer": {"capacity": None, "name": None}, "recipients": [],
}  # fmt: skip
EMPTY_READING = (
    "sections", "items", "tasks", "indicators", "targets", "deadlines", "references", "annexes", "repairs",
)  # fmt: skip


def workbook_of(version: PlanVersion, *, at: datetime, illustrative: bool = False) -> bytes:
    """The workbook of the plan's tasks and indicators as they stand, to be edited and sent back."""
    plan = version.plan
    rows = [PlanRow(kind, code, row.texts) for (kind, code), row in rows_of(version).items()]
    sheets = PlanSheets(
        plan=plan.code,
        title=plan.title,
        version=version.number,
        rows=rows,
        units=list(Unit.objects.standing().order_by("name").values_list("name", flat=True)),
        groups=[group.title for group in plan.groups.all()],
        illustrative=illustrative,
    )
    return write_plan(sheets, made_at=at, day=f"{localdate(at):%d/%m/%Y}")


@dataclass(frozen=True)
class Looked:
    """A filled workbook, and what it would change in the version it is compared with."""

    book: FilledWorkbook
    changes: Changes


def look_into_workbook(data: bytes, base: PlanVersion | None) -> Looked | None:
    """What a workbook of the house changes; None for any other file.

    Raises Unreadable with a sentence when it is the workbook of another plan, or of none that was named.
    """
    book = read_plan_workbook(data)
    if book is None:
        return None
    if base is None or book.marks.plan != base.plan.code:
        text = _("Tệp này là bảng tính của kế hoạch %(plan)s; hãy nộp ở trang của kế hoạch đó.")
        raise Unreadable(text % {"plan": book.marks.plan})
    return Looked(book, changes_of(book, plan_now(base)))


def find_in_workbook(data: bytes, name: str, base: PlanVersion | None) -> Found | None:
    """The same as an import keeps it; None for a file that is no workbook of the house.

    Raises Unreadable also for a workbook that proposes nothing, with the cells to mend if that is why.
    """
    looked = look_into_workbook(data, base)
    if looked and not looked.changes.proposals:
        raise Unreadable(nothing_in(looked.changes))
    return found_in(looked, data, name) if looked else None


def nothing_in(changes: Changes) -> str:
    """Why a workbook proposes nothing."""
    wrong = [note.where for note in changes.notes if note.severity == "error"]
    if not wrong:
        return _("Không có gì khác với kế hoạch đang có.")
    cells = ", ".join(wrong[:MOST_NAMED]) + (" …" if len(wrong) > MOST_NAMED else "")
    return Sentence.of(gettext_noop("Chưa lấy được thay đổi nào; hãy sửa các ô sau rồi nộp lại: {cells}."), cells=cells)


def found_in(looked: Looked, data: bytes, name: str) -> Found:
    """What a filled workbook proposes, as an import keeps it, be it nothing."""
    reading: dict[str, Any] = {
        "schema": "tiendo.reading/1",
        "file": {"name": name, "sha256": hash_of(data), "format": "xlsx", "pages": None, "encoding": None},
        "document": NO_FACTS,
        **{part: [] for part in EMPTY_READING},
        "notes": [note.as_json() for note in looked.changes.notes],
    }
    return Found(reading, looked.book.lines, looked.changes.proposals, form=WORKBOOK)


def plan_now(version: PlanVersion) -> PlanNow:
    """The plan as it stands, and what the names in its workbook mean."""
    groups: dict[str, str] = {}
    for group in version.plan.groups.all():
        for words in (group.short_title, without_number(group.title), group.title):
            groups[fold(words)] = group.code
    return PlanNow(
        code=version.plan.code,
        version=version.number,
        rows=rows_of(version),
        names=Lexicon(directory_of_units(), groups),
        branches=_branches(version),
    )


def rows_of(version: PlanVersion) -> dict[tuple[str, str], Current]:
    """Every indicator of the version and every task that is followed, by kind and code, in the plan's order."""
    names = dict(Unit.objects.values_list("code", "name"))
    titles = dict(version.plan.groups.values_list("code", "title"))
    return {
        (each.kind, each.ref): Current(each.value, _texts(each.value, names, titles))
        for each in standing_of(version)
        if each.kind in ("task", "indicator")
    }


def _branches(version: PlanVersion) -> dict[str, str]:
    """The annex under which most tasks stand, and most indicators: rows that are added go there."""
    kinds = {ItemKind.TASK_ROW.value: "task", ItemKind.INDICATOR_ROW.value: "indicator"}
    rows = version.items.filter(kind__in=kinds, parent__isnull=False).values_list("kind", "parent__path")
    counted = Counter(rows).most_common()
    return {kinds[kind]: path for (kind, path), _count in reversed(counted)}


def _texts(value: dict[str, Any], names: Mapping[str, str], titles: Mapping[str, str]) -> dict[str, str]:
    """Each field as its cell shows it: units by the name they have now, groups by their titles, the rest as printed."""
    words = {name: text for name, text in value.items() if isinstance(text, str) and name != "item"}
    for role in ("lead", "coordinating"):
        if role in value:
            words[role] = "; ".join(names.get(each["unit"] or "", each["text"] or "") for each in value[role] or ())
    words["group"] = titles.get(value["group"] or "", value["group"] or "")
    for name in ("due", "target"):
        if given := value.get(name):
            words[name] = given["raw"] or _day(given.get("on"))
    return words


def _day(iso: str | None) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""
