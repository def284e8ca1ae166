"""A task list as CSV, sent as it is read. Words never become formulas in a spreadsheet."""

import csv
import io
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.orgs.models import Unit, UnitGroup
from tiendo.plans.clarity import lacks
from tiendo.plans.holding import Holding, holding
from tiendo.plans.models import Assignment, Charge, TaskQuerySet
from tiendo.plans.queries import known_of, with_known
from tiendo.plans.states import STATE_WORDS, WorkState
from tiendo.ui.context import is_illustrative
from tiendo.web.plans.numbers import WORDS

BATCH = 500
Row = dict[str, Any]
Spread = dict[int, dict[str, list[str]]]
FIELDS = (
    "code",
    "plan__title",
    "group__short_title",
    "number",
    "title",
    "description",
    "due_on",
    "due_kind",
    "original_due_on",
    "product",
    "authority",
    "state",
    "percent",
    "completed_on",
    "cell",
    "last_accepted_on",
    "not_public_reason",
    "has_lead",
    "has_head",
    "has_officer",
)
BOM = "\ufeff"  # spreadsheets take the file for UTF-8
RISKY = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    gettext_lazy("Mã"),
    gettext_lazy("Kế hoạch"),
    gettext_lazy("Nhóm"),
    gettext_lazy("Số trong văn bản"),
    gettext_lazy("Nhiệm vụ"),
    gettext_lazy("Nội dung"),
    gettext_lazy("Cơ quan chủ trì"),
    gettext_lazy("Cơ quan phối hợp"),
    gettext_lazy("Cơ quan giám sát"),
    gettext_lazy("Đơn vị thực hiện"),
    gettext_lazy("Người đứng đầu chịu trách nhiệm"),
    gettext_lazy("Cán bộ được giao"),
    gettext_lazy("Thời hạn"),
    gettext_lazy("Thời hạn ban đầu"),
    gettext_lazy("Sản phẩm"),
    gettext_lazy("Thẩm quyền quyết định"),
    gettext_lazy("Trạng thái"),
    gettext_lazy("Tỷ lệ hoàn thành (%)"),
    gettext_lazy("Ngày hoàn thành"),
    gettext_lazy("Kết quả so với hạn"),
    gettext_lazy("Cập nhật gần nhất"),
    gettext_lazy("Số yếu tố “6 rõ” còn thiếu"),
    gettext_lazy("Không công khai vì"),
)


def csv_response(request: HttpRequest, tasks: TaskQuerySet, *, on: date, name: str) -> StreamingHttpResponse:
    """The tasks as an attachment; nothing is held in memory but a batch."""
    chunks = _chunks(tasks, on)
    body = _aside(chunks) if isinstance(request, ASGIRequest) else chunks
    response = StreamingHttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


async def _aside(chunks: Iterator[str]) -> AsyncIterator[str]:
    """The same chunks, each made in the request's own thread so that the event loop stays free."""
    take = sync_to_async(lambda: next(chunks, None))
    while (chunk := await take()) is not None:
        yield chunk


def _chunks(tasks: TaskQuerySet, on: date) -> Iterator[str]:
    about = [[_("Dữ liệu minh họa, không phải số liệu thật")]] if is_illustrative() else []
    yield BOM + _text([*about, [str(column) for column in COLUMNS]])
    names, known = Named(), holding(on=on)
    rows = with_known(tasks).with_cell(on).values("pk", *FIELDS).iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        parts, people = _parts(batch, names, known), _people(batch)
        yield _text([_cells(row, parts[row["pk"]], people[row["pk"]]) for row in batch])


@dataclass(frozen=True)
class Named:
    """Names of units and of groups of units by id, read once for a whole export."""

    units: dict[int, str] = field(default_factory=lambda: dict(Unit.objects.values_list("pk", "name")))
    groups: dict[int, str] = field(default_factory=lambda: dict(UnitGroup.objects.values_list("pk", "name")))


def _parts(batch: list[Row], names: Named, known: Holding) -> Spread:
    """Task id → role → names of units, each with the one that answers for it now, and of groups of units.

    Plain rows, no model instances: an export has thousands of them.
    """
    found: Spread = defaultdict(lambda: defaultdict(list))
    rows = Assignment.objects.in_force().filter(task__in=[row["pk"] for row in batch]).order_by("pk")
    for task, role, unit, group, printed in rows.values_list("task_id", "role", "unit_id", "group_id", "printed"):
        now = known.of_part(task, unit) if unit else None
        name = names.units[unit] if unit else printed or names.groups.get(group, "")
        found[task][role].append(f"{name} (nay: {names.units[now]})" if now and now != unit else name)
    return found


def _people(batch: list[Row]) -> Spread:
    """Task id → kind of charge → names."""
    found: Spread = defaultdict(lambda: defaultdict(list))
    rows = Charge.objects.filter(valid_to=None, task__in=[row["pk"] for row in batch])
    for task, kind, name in rows.values_list("task_id", "kind", "user__full_name"):
        found[task][kind].append(name)
    return found


def _cells(row: Row, parts: dict[str, list[str]], people: dict[str, list[str]]) -> list[object]:
    return [
        *(row[name] for name in FIELDS[:6]),
        *("; ".join(parts[role]) for role in Assignment.Role.values),
        *("; ".join(people[kind]) for kind in Charge.Kind.values),
        *(row[name] for name in ("due_on", "original_due_on", "product", "authority")),
        _(STATE_WORDS[WorkState(row["state"])]),
        None if row["percent"] is None else f"{row['percent'].normalize():f}",
        row["completed_on"],
        str(WORDS[row["cell"]]) if row["cell"] else "",
        row["last_accepted_on"],
        len(lacks(known_of(row))),
        row["not_public_reason"],
    ]


def _text(rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([[harmless(value) for value in row] for row in rows])
    return out.getvalue()


def harmless(value: object) -> str:
    """A cell that no spreadsheet takes for a formula; dates are ISO, None is empty."""
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(RISKY) else text
