"""Values brought by other systems (R068): the same act as the pages, in the name of the person the key belongs to.

Not public and never cached. Every answer, refusals too, is JSON in Vietnamese.
"""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any

import orjson
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Body, Field, Header, Query, Router, Schema
from pydantic import AfterValidator, ConfigDict

from tiendo.accounts.models import ApiKey
from tiendo.api.receiving import ByKey
from tiendo.api.shapes import Faults, Problem
from tiendo.indicators.actions.delivering import OtherContent, deliver_rows
from tiendo.indicators.delivery import Row, row_of
from tiendo.indicators.keeping import sentences_again
from tiendo.indicators.models import Batch, Source

MOST_ROWS = 5_000
PER_MINUTE = 60


def _storable(text: str) -> str:
    """A zero byte is no letter, and one database does not keep it."""
    if "\x00" in text:
        raise ValueError("zero byte")
    return text


Text = Annotated[str, Field(max_length=2_000), AfterValidator(_storable)]
REFUSED = {401: Problem, 403: Problem, 404: Problem}

router = Router(auth=ByKey(), tags=["Gửi số liệu"])


class ValueRow(Schema):
    """Một số liệu của một chỉ tiêu, một đơn vị, một kỳ."""

    model_config = ConfigDict(extra="forbid")

    indicator: Text = Field(description="mã chỉ tiêu")
    unit: Text = Field(description="mã đơn vị")
    period: Text = Field(description="mã kỳ: 2025, 2025-H1, 2025-Q3 hoặc 2025-M07")
    status: Text = Field(description="estimate (ước), official (chính thức) hoặc revised (điều chỉnh)")
    value: Decimal | Text | None = Field(
        None, description="số, hoặc chuỗi viết số với dấu chấm thập phân để giữ nguyên từng chữ số, ví dụ 1234.5"
    )
    no_value: Text = Field(
        "", description="khi không có giá trị: not_measured, not_applicable, late_source hoặc withheld"
    )
    slice: Text = Field("", description="phân tổ, ví dụ gioi=nữ; trống là số chung")
    note: Text = Field("", description="ghi chú; số điều chỉnh phải ghi lý do")

    def row(self, number: int) -> Row:
        """As every delivery brings it."""
        return row_of(number, {**self.dict(), "strict": True})


class AsideRow(Schema):
    """Một dòng được để riêng."""

    row: int = Field(description="thứ tự của dòng trong danh sách đã gửi, từ 1")
    reasons: list[str]


class BatchResult(Schema):
    """Kết quả một lần gửi: rows = taken + unchanged + aside. Số liệu nhận vào còn chờ người có trách nhiệm xác nhận."""

    batch: int = Field(description="số của lần gửi")
    rows: int
    taken: int = Field(description="dòng đã vào sổ, chờ xác nhận")
    unchanged: int = Field(description="dòng không có gì mới")
    aside: int = Field(description="dòng để riêng vì có lỗi")
    asides: list[AsideRow]


class BatchNow(BatchResult):
    """Kết quả lúc gửi, và số liệu của lần gửi đó nay ra sao."""

    pending: int = Field(description="số liệu còn chờ xác nhận")
    accepted: int = Field(description="số liệu đã xác nhận")
    returned: int = Field(description="số liệu bị trả lại")
    aside_open: int = Field(description="dòng để riêng chưa ai xử lý")


@router.post(
    "",
    response={200: BatchResult, **REFUSED, 409: Problem, 413: Problem, 422: Faults, 429: Problem},
    summary="Gửi một danh sách số liệu",
    description="Gửi lại cùng Idempotency-Key và cùng nội dung thì nhận lại đúng câu trả lời cũ, không ghi gì thêm.",
    url_name="value-send",
)
def value_send(
    request: HttpRequest,
    rows: Annotated[list[ValueRow], Body(min_length=1, max_length=MOST_ROWS)],
    source: Annotated[str, Query(description="mã nguồn số liệu", max_length=40)],
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=100)],
) -> HttpResponse:
    key, at = _key(request), timezone.now()
    found = Source.objects.filter(code=source).first()
    if found is None:
        return told({"detail": f"Không có nguồn số liệu mã “{source}”."}, 404)
    given = [row.row(number) for number, row in enumerate(rows, 1)]
    if _is_too_often(key, idempotency_key):
        return told({"detail": f"Mỗi phút nhận nhiều nhất {PER_MINUTE} lần gửi; hãy chờ rồi gửi lại."}, 429, wait=60)
    return _received(key, found, given, idempotency_key, at)


@router.get(
    "/batches/{number}",
    response={200: BatchNow, **REFUSED},
    summary="Kết quả một lần gửi của mình",
    url_name="value-batch",
)
def value_batch(request: HttpRequest, number: int) -> HttpResponse:
    batch = Batch.objects.filter(received_from=_key(request).user, pk=number).first()
    if batch is None:
        return told({"detail": f"Bạn không có lần gửi số {number}."}, 404)
    standing = list(batch.observations.values_list("standing", flat=True))
    now = {name: standing.count(name) for name in ("pending", "accepted", "returned")}
    return told({**answered(batch), **now, "aside_open": batch.asides.filter(outcome=None).count()})


def _received(key: ApiKey, source: Source, rows: Sequence[Row], idempotency_key: str, at: Any) -> HttpResponse:
    try:
        delivered = deliver_rows(source=source, rows=rows, form=Batch.Form.API, by=key.user, at=at, key=idempotency_key)
    except OtherContent as error:
        return told({"detail": str(error)}, 409)
    except PermissionDenied as error:
        return told({"detail": str(error)}, 403)
    response = told(answered(delivered.batch))
    response["Idempotent-Replay"] = "true" if delivered.is_repeat else "false"
    return response


def answered(batch: Batch) -> dict[str, Any]:
    """What the sender was told, said in words."""
    asides = [{"row": each["row"], "reasons": sentences_again(each["reasons"])} for each in batch.answer["asides"]]
    return {**batch.answer, "asides": asides}


def _is_too_often(key: ApiKey, idempotency_key: str) -> bool:
    """New deliveries of one person in a minute are bounded, whichever process receives them; repeats are free."""
    mine = Batch.objects.filter(received_from=key.user, form=Batch.Form.API)
    recent = mine.filter(received_at__gt=timezone.now() - timedelta(minutes=1)).exclude(key=idempotency_key)
    return recent.count() >= PER_MINUTE


def _key(request: HttpRequest) -> ApiKey:
    key: ApiKey = request.auth  # type: ignore[attr-defined]
    return key


def told(content: dict[str, Any], status: int = 200, *, wait: int = 0) -> HttpResponse:
    """JSON for the sender alone."""
    # Sorted: one database keeps the words of an answer in another order, and a repeated answer is the same bytes.
    body = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    response = HttpResponse(body, content_type="application/json", status=status)
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if wait:
        response["Retry-After"] = str(wait)
    return response
