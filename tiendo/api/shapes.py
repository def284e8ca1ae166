"""What the API answers, as types: the OpenAPI description is made from them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from ninja import Field, Schema

from tiendo.indicators import states
from tiendo.plans.states import WorkState

Cell = Literal[
    "done_on_time", "done_late", "open_in_time", "open_overdue", "due_soon", "without_lead", "without_report"
]
State = Literal[tuple(state.value for state in WorkState)]  # type: ignore[valid-type]

Standing = Literal[tuple(state.value for state in states.State)]  # type: ignore[valid-type]


class Problem(Schema):
    """Why there is no answer, in Vietnamese."""

    detail: str


class Fault(Schema):
    """One thing wrong with a request."""

    where: str = Field(description="tên tham số")
    message: str


class Faults(Schema):
    """The request cannot be answered as asked."""

    detail: str
    faults: list[Fault]


class Health(Schema):
    status: Literal["ok"]
    release: int | None = Field(description="số đợt công bố mới nhất; null khi chưa có")


class About(Schema):
    """The release an answer speaks of."""

    number: int
    title: str
    data_as_of: datetime
    decided_at: datetime = Field(description="thời điểm công bố")
    seal: str = Field(description="mã niêm phong")
    log_seq: int
    log_head: str = Field(description="đầu chuỗi nhật ký ngay sau khi phê duyệt")
    licence: str
    note: str = Field(description="“Dữ liệu minh họa” khi số liệu không thật")
    plan_code: str = Field(description="kế hoạch mà đợt công bố nói về")
    plan_title: str


class ReleaseDetail(About):
    summary: dict[str, Any] = Field(description="bốn ô thống kê, tỷ lệ, từng nhóm")


class TaskRow(Schema):
    """A task as lists show it."""

    code: str
    title: str
    group_code: str | None
    group_title: str | None
    lead_code: str | None
    lead_name: str | None
    cell: str
    state: str
    side: str
    percent: Decimal | None
    due_on: date | None
    due_text: str | None = Field(description="thời hạn như in trong văn bản")
    completed_on: date | None
    updated_on: date | None
    plan_code: str
    release_number: int


class TaskPage(Schema):
    release: About = Field(description="đợt có số liệu mới nhất")
    releases: list[About] = Field(description="đợt mới nhất của từng kế hoạch; các dòng lấy từ đây")
    count: int = Field(description="số nhiệm vụ khớp điều kiện")
    limit: int
    offset: int
    items: list[TaskRow]


class TaskDetail(Schema):
    release: About
    task: dict[str, Any] = Field(description="toàn bộ bản ghi; tên trường có trong từ điển dữ liệu")


class UnitRow(Schema):
    code: str
    name: str
    kind: str
    counts: dict[str, int] = Field(
        description="số nhiệm vụ chủ trì theo từng ô; helps: phối hợp, giám sát; shared: cùng thực hiện"
    )
    successor_code: str | None
    successor_name: str | None


class UnitList(Schema):
    release: About = Field(description="đợt có số liệu mới nhất")
    releases: list[About] = Field(description="đợt mới nhất của từng kế hoạch; số của cơ quan là tổng của chúng")
    items: list[UnitRow]


class IndicatorRow(Schema):
    """An indicator as lists show it, by the latest figure of the whole."""

    code: str
    name: str
    owner_code: str | None
    owner_name: str | None
    state: str = Field(description="no_data: không có số liệu")
    period: str | None
    value: Decimal | None
    plan_code: str
    release_number: int


class IndicatorPage(Schema):
    release: About = Field(description="đợt có số liệu mới nhất")
    releases: list[About] = Field(description="đợt mới nhất của từng kế hoạch; các dòng lấy từ đây")
    count: int = Field(description="số chỉ tiêu khớp điều kiện")
    limit: int
    offset: int
    items: list[IndicatorRow]


class IndicatorDetail(Schema):
    release: About
    indicator: dict[str, Any] = Field(description="toàn bộ bản ghi; tên trường có trong từ điển dữ liệu")


class ReleaseList(Schema):
    items: list[About]
