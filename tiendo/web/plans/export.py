"""A task list as CSV, sent as it is read. Words never become formulas in a spreadsheet."""

import csv
import io
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date
from itertools import islice

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db.models import Prefetch
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiendo.plans.models import Assignment, Charge, Task, TaskQuerySet
from tiendo.plans.queries import lacks_of, with_known
from tiendo.plans.states import STATE_WORDS
from tiendo.ui.context import is_illustrative
from tiendo.web.plans.numbers import WORDS
from tiendo.web.plans.rows import Answers

BATCH = 500
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
    answers = Answers(on)
    rows = (_cells(task, answers) for task in _whole(tasks, on).iterator(chunk_size=BATCH))
    while batch := list(islice(rows, BATCH)):
        yield _text(batch)


def _whole(tasks: TaskQuerySet, on: date) -> TaskQuerySet:
    assignments = Assignment.objects.in_force().select_related("unit")
    charges = Charge.objects.filter(valid_to=None).select_related("user")
    return (
        with_known(tasks)
        .with_cell(on)
        .select_related("group", "plan")
        .prefetch_related(Prefetch("assignments", queryset=assignments), Prefetch("charges", queryset=charges))
    )


def _cells(task: Task, answers: Answers) -> list[object]:
    units = {role: "; ".join(_units(task, role, answers)) for role in Assignment.Role}
    people = {kind: "; ".join(c.user.full_name for c in task.charges.all() if c.kind == kind) for kind in Charge.Kind}
    cell: str | None = task.cell  # type: ignore[attr-defined]
    return [
        task.code,
        task.plan.title,
        task.group.short_title if task.group else "",
        task.number,
        task.title,
        task.description,
        *units.values(),
        *people.values(),
        task.due_on,
        task.original_due_on,
        task.product,
        task.authority,
        _(STATE_WORDS[task.work_state]),
        task.percent,
        task.completed_on,
        str(WORDS[cell]) if cell else "",
        task.last_accepted_on,
        len(lacks_of(task)),
        task.not_public_reason,
    ]


def _units(task: Task, role: str, answers: Answers) -> list[str]:
    return [answers.of(assignment).words for assignment in task.assignments.all() if assignment.role == role]


def _text(rows: Sequence[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([[harmless(value) for value in row] for row in rows])
    return out.getvalue()


def harmless(value: object) -> str:
    """A cell that no spreadsheet takes for a formula; dates are ISO, None is empty."""
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(RISKY) else text
