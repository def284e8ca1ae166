"""The operations. Lists go out as plain values through orjson: the shapes describe them, nothing copies them twice."""

from typing import Annotated, Any

import orjson
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI, Query, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from tiendo.api.receiving import ExactParser
from tiendo.api.shapes import (
    About,
    Cell,
    Faults,
    Health,
    IndicatorDetail,
    IndicatorPage,
    IndicatorRow,
    Problem,
    ReleaseDetail,
    ReleaseList,
    Standing,
    State,
    TaskDetail,
    TaskPage,
    TaskRow,
    UnitList,
    UnitRow,
)
from tiendo.api.v1_evaluations import router as evaluations
from tiendo.api.v1_values import router as values
from tiendo.api.v1_values import told
from tiendo.publication.answers import answer, current
from tiendo.publication.indicator_queries import find_released_indicator, released_indicators
from tiendo.publication.models import PublishedTask, Release
from tiendo.publication.queries import (
    Wanted,
    approved_releases,
    current_releases,
    numbered_release,
    released_tasks,
    released_units,
)
from tiendo.publication.records import number
from tiendo.publication.sealing import ILLUSTRATIVE, LICENCE

MOST = 500
MOST_FAULTS = 50
FARTHEST = 1_000_000  # a number no database can count to would be a fault of ours
OF_RELEASE = {"plan_code": F("release__plan__code"), "release_number": F("release__number")}
TASK_FIELDS = tuple(name for name in TaskRow.model_fields if name not in OF_RELEASE)
INDICATOR_FIELDS = tuple(name for name in IndicatorRow.model_fields if name not in OF_RELEASE)
UNIT_FIELDS = tuple(UnitRow.model_fields)
NOT_FOUND = {404: Problem}
REFUSED = {404: Problem, 422: Faults}
GONE = {410: Problem}

api = NinjaAPI(
    title="Tiến Độ – số liệu đã công bố",
    version="1",
    description=(
        "Số liệu đã công bố: chỉ đọc, không cần đăng nhập, giấy phép CC BY 4.0. "
        "Gửi số liệu chỉ tiêu: cần khóa do quản trị cấp. Lỗi trả về bằng tiếng Việt."
    ),
    parser=ExactParser(),
    docs_url=None,  # its page would load scripts from another host
    urls_namespace="api",
)
api.add_router("/values", values)
api.add_router("/evaluations", evaluations)


class TaskQuery(Schema):
    """What to narrow the tasks by."""

    plan: str | None = None
    group: str | None = None
    unit: str | None = None
    lead: str | None = None
    member: Annotated[str | None, Field(description="đơn vị cùng thực hiện, vì là thành viên của nhóm được giao")] = (
        None
    )
    cell: Cell | None = None
    state: State | None = None  # type: ignore[valid-type]
    q: Annotated[str, Field(max_length=200, description="nhiệm vụ phải chứa đủ các từ; có dấu hay không đều được")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100
    offset: Annotated[int, Field(ge=0, le=FARTHEST)] = 0


class IndicatorQuery(Schema):
    """What to narrow the indicators by."""

    plan: str | None = None
    state: Standing | None = None  # type: ignore[valid-type]
    q: Annotated[str, Field(max_length=200, description="chỉ tiêu phải chứa đủ các từ; có dấu hay không đều được")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100
    offset: Annotated[int, Field(ge=0, le=FARTHEST)] = 0


@api.get("/health", response=Health, summary="Hệ thống có đang trả lời không")
def health(request: HttpRequest) -> HttpResponse:
    now = current()
    return sent({"status": "ok", "release": now.number if now else None})


@api.get("/tasks", response={200: TaskPage, **REFUSED}, summary="Danh sách nhiệm vụ đã công bố")
def tasks(request: HttpRequest, query: Query[TaskQuery]) -> HttpResponseBase:
    def make() -> HttpResponse:
        releases = current_releases()
        wanted = Wanted(**query.dict(exclude={"limit", "offset"}))
        found = released_tasks(releases, wanted)
        rows = list(found.values(*TASK_FIELDS, **OF_RELEASE)[query.offset : query.offset + query.limit])
        rows = [{**row, "percent": number(row["percent"])} for row in rows]
        page = {"count": found.count(), "limit": query.limit, "offset": query.offset, "items": rows}
        return sent({**about_all(releases), **page})

    return published(request, make)


@api.get("/tasks/{code}", response={200: TaskDetail, **NOT_FOUND}, summary="Một nhiệm vụ, với nguồn của từng số liệu")
def task(request: HttpRequest, code: str) -> HttpResponseBase:
    def make() -> HttpResponse:
        releases = current_releases()
        found = PublishedTask.objects.filter(release__in=releases, code=code).only("release", "data").first()
        if found is None:
            return problem(f"Không có nhiệm vụ mã “{code}” trong số liệu đã công bố.")
        release = next(release for release in releases if release.pk == found.release_id)
        return sent({"release": about(release), "task": found.data})

    return published(request, make)


@api.get("/units", response={200: UnitList, **NOT_FOUND}, summary="Cơ quan và số nhiệm vụ của từng cơ quan")
def units(request: HttpRequest) -> HttpResponseBase:
    def make() -> HttpResponse:
        releases = current_releases()
        rows = [{name: getattr(unit, name) for name in UNIT_FIELDS} for unit in released_units(releases)]
        return sent({**about_all(releases), "items": rows})

    return published(request, make)


@api.get("/indicators", response={200: IndicatorPage, **REFUSED}, summary="Danh sách chỉ tiêu đã công bố")
def indicators(request: HttpRequest, query: Query[IndicatorQuery]) -> HttpResponseBase:
    def make() -> HttpResponse:
        releases = current_releases()
        found = released_indicators(releases, q=query.q, state=query.state, plan=query.plan)
        rows = list(found.values(*INDICATOR_FIELDS, **OF_RELEASE)[query.offset : query.offset + query.limit])
        rows = [{**row, "value": number(row["value"])} for row in rows]
        page = {"count": found.count(), "limit": query.limit, "offset": query.offset, "items": rows}
        return sent({**about_all(releases), **page})

    return published(request, make)


@api.get(
    "/indicators/{code}",
    response={200: IndicatorDetail, **NOT_FOUND},
    summary="Một chỉ tiêu: cách đo, lộ trình, số liệu từng kỳ và nguồn của từng số",
)
def indicator(request: HttpRequest, code: str) -> HttpResponseBase:
    def make() -> HttpResponse:
        found = find_released_indicator(current_releases(), code)
        if found is None:
            return problem(f"Không có chỉ tiêu mã “{code}” trong số liệu đã công bố.")
        return sent({"release": about(found.release), "indicator": found.data})

    return published(request, make)


@api.get("/releases", response={200: ReleaseList, **NOT_FOUND}, summary="Các đợt công bố, mới nhất trước")
def releases(request: HttpRequest) -> HttpResponseBase:
    return published(request, lambda: sent({"items": [about(release) for release in approved_releases()]}))


@api.get(
    "/releases/{number}",
    response={200: ReleaseDetail, **GONE, **REFUSED},
    summary="Một đợt công bố với số liệu chung",
)
def release(request: HttpRequest, number: int) -> HttpResponseBase:
    def make() -> HttpResponse:
        try:
            found = numbered_release(number)
        except Release.DoesNotExist:
            return problem(f"Không có đợt công bố số {number}.")
        if found.replaced_by:
            words = f"Đợt công bố số {number} đã rút, được thay bằng đợt số {found.replaced_by.number}."
            return problem(words, status=410)
        return sent({**about(found), "summary": found.summary})

    return published(request, make)


@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422 with what is wrong, parameter by parameter."""
    if request.method == "POST":
        return told({"detail": "Nội dung gửi không đúng dạng.", "faults": placed(error.errors)}, 422)
    faults = [{"where": str(fault["loc"][-1]), "message": in_vietnamese(fault)} for fault in error.errors]
    return sent({"detail": "Yêu cầu có tham số không hợp lệ.", "faults": faults}, status=422)


@api.exception_handler(AuthenticationError)
def unknown_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """401: no key, or one that opens nothing."""
    return told({"detail": "Cần khóa truy cập còn dùng được trong tiêu đề Authorization: Bearer …"}, 401)


@api.exception_handler(HttpError)
def unfit(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A request too large, or no JSON; the framework hands on what our reader said as the cause."""
    said = error.__cause__ if isinstance(error.__cause__, HttpError) else error
    faults: dict[str, Any] = {"faults": []} if said.status_code == 422 else {}
    return told({"detail": said.message, **faults}, said.status_code)


def placed(faults: list[Any]) -> list[dict[str, str]]:
    """What is wrong in a body, each with its place in it: "3.value" is the value of the fourth row."""
    shown = faults[:MOST_FAULTS]
    return [{"where": ".".join(map(str, fault["loc"][2:])), "message": in_vietnamese(fault)} for fault in shown]


def in_vietnamese(fault: dict[str, Any]) -> str:
    """What a value must be, from the kind of fault."""
    given = fault.get("ctx", {})
    match fault["type"]:
        case "literal_error":
            return f"Giá trị phải là một trong: {given['expected'].replace(' or ', ', ')}."
        case "greater_than_equal":
            return f"Giá trị phải từ {given['ge']} trở lên."
        case "less_than_equal":
            return f"Giá trị phải từ {given['le']} trở xuống."
        case "int_parsing" | "int_from_float" | "int_type" | "int_parsing_size":
            return "Giá trị phải là số nguyên."
        case "missing":
            return "Thiếu trường này."
        case "extra_forbidden":
            return "Không có trường này."
        case "too_short":
            return "Danh sách không có dòng nào."
        case "too_long":
            return f"Nhiều nhất {given['max_length']} dòng mỗi lần gửi."
        case "string_too_long":
            return f"Dài nhất {given['max_length']} ký tự."
    return "Giá trị không hợp lệ."


def published(request: HttpRequest, make: Any) -> HttpResponseBase:
    """The kept or freshly made answer of what is public now, or 404 before the first one."""
    now = current()
    if now is None:
        return problem("Chưa có đợt công bố nào.")
    response = answer(request, now, make)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def about(release: Release) -> dict[str, Any]:
    """The release as every answer names it."""
    added = {
        "licence": LICENCE,
        "note": ILLUSTRATIVE if release.summary["illustrative"] else "",
        "plan_code": release.summary["plan"]["code"],
        "plan_title": release.summary["plan"]["title"],
    }
    return {**{name: getattr(release, name) for name in About.model_fields if name not in added}, **added}


def about_all(releases: list[Release]) -> dict[str, Any]:
    """The releases an answer is made of: every plan's newest, and as `release` the first of them."""
    told = [about(release) for release in releases]
    return {"release": told[0], "releases": told}


def problem(detail: str, status: int = 404) -> HttpResponse:
    return sent({"detail": detail}, status=status)


def sent(content: dict[str, Any], status: int = 200) -> HttpResponse:
    """JSON any site may read; decimals as text, so that no digit is lost on the way."""
    body = orjson.dumps(content, default=str)
    headers = {"Access-Control-Allow-Origin": "*"}
    return HttpResponse(body, content_type="application/json", status=status, headers=headers)
