"""Pages of values: what is owed, one form for a period, acceptance, the ledger of a cell, deliveries, sources."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import NOON, World, make_indicator, make_observation, make_source
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.audit.queries import head
from tiendo.indicators.actions.delivering import deliver_rows
from tiendo.indicators.actions.observing import accept_observations
from tiendo.indicators.actions.sources import open_own_source
from tiendo.indicators.delivery import row_of
from tiendo.indicators.models import Batch, Figure, Indicator, Observation, PutAside, Source
from tiendo.indicators.sheets import read_template
from tiendo.web.plans.live import news_since

Sign = Callable[[User], Client]
ROW = {"indicator": "CT1", "unit": "so-xay-dung", "period": "2025", "status": "ước", "value": "45,5"}
CSV = "Mã chỉ tiêu;Mã đơn vị;Kỳ;Loại số liệu;Giá trị\nCT1;so-xay-dung;2025;ước;45,5\nCT1;so-xay-dung;2026;ước;bốn\n"


def page(name: str, *args: object) -> str:
    return reverse(f"indicators:{name}", args=args)


ENTER = page("value-enter", "so-xay-dung", "2025")
LEDGER = page("value-ledger", "CT1", "so-xay-dung", "2025")


@pytest.fixture(autouse=True)
def _on_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def indicator(world: World) -> Indicator:
    kept = {"measured_kinds": ["department"], "checks": {"jump_percent": "20"}}
    return make_indicator("CT1", by=world.chi, name="Phủ sóng 5G", **kept)  # type: ignore[arg-type]


@pytest.fixture
def second(world: World) -> Indicator:
    return make_indicator("CT2", by=world.chi, name="Dịch vụ công", measured_kinds=["department"])


@pytest.fixture
def batch(world: World, indicator: Indicator) -> Batch:
    source = open_own_source(unit=world.unit_a, by=world.an, at=NOON)
    rows = [row_of(1, ROW), row_of(2, ROW | {"period": "2026", "value": "bốn"})]
    return deliver_rows(source=source, rows=rows, form=Batch.Form.API, by=world.an, at=NOON).batch


def _entry(value: str = "45,5", number: int = 1, **more: str) -> dict[str, str]:
    told = {"value": value, "status": "official", "no_value": "", "note": ""} | more
    return {f"{name}-{number}": text for name, text in told.items()}


def test_a_unit_sees_what_is_missing_due_and_running(world: World, indicator: Indicator, client_of: Sign) -> None:
    told = client_of(world.an).get(page("value-due")).text
    assert "Thiếu 1 số liệu đã quá hạn." in told
    assert ENTER in told
    assert "Chưa đến kỳ 1" in told
    assert "không có chỉ tiêu nào" in client_of(world.inspector).get(page("value-due")).text


def test_many_values_are_saved_whole_and_wait(
    world: World, indicator: Indicator, second: Indicator, client_of: Sign
) -> None:
    client = client_of(world.an)
    answer = client.post(ENTER, _entry() | _entry("12", 2), follow=True)
    assert "Đã ghi 2 số liệu, chờ xác nhận." in answer.text
    lines = list(Observation.objects.order_by("pk").values_list("value", "standing", "source__keeper"))
    assert lines == [(Decimal("45.5"), "pending", world.unit_a.pk), (Decimal(12), "pending", world.unit_a.pk)]
    assert Batch.objects.get().form == "page"
    assert 'value="45,5"' in client.get(ENTER).text
    client.post(ENTER, _entry() | _entry("12", 2))
    assert Observation.objects.count() == 2


def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(
    world: World, indicator: Indicator, second: Indicator, client_of: Sign
) -> None:
    answer = client_of(world.an).post(ENTER, _entry("45,5", note="Theo CV 5") | _entry("bốn", 2, status="estimate"))
    assert answer.status_code == 422
    assert "“bốn” không phải một số" in answer.text
    assert 'value="bốn"' in answer.text
    assert 'value="45,5"' in answer.text
    assert "Theo CV 5" in answer.text
    assert not Observation.objects.exists()
    assert not Batch.objects.exists()


def test_the_last_period_stands_beside_and_a_returned_line_says_why(
    world: World, indicator: Indicator, client_of: Sign
) -> None:
    make_observation(indicator, world.unit_a, "41.5", by=world.an, accepted_by=world.chi)
    told = client_of(world.an).get(page("value-enter", "so-xay-dung", "2026")).text
    assert "Kỳ trước: <b>41,5</b>" in told
    back = {"standing": "returned", "decided_by": world.chi, "decided_at": NOON, "reason": "Thiếu 2 xã"}
    fields = {"period": "2026", "period_end": NOON.date().replace(month=12, day=31)}
    make_observation(indicator, world.unit_a, "44", by=world.an, **fields, **back)  # type: ignore[arg-type]
    assert "Thiếu 2 xã" in client_of(world.an).get(page("value-enter", "so-xay-dung", "2026")).text


@pytest.mark.parametrize("name", ["dung", "inspector", "decision_maker", "administrator"])
def test_others_enter_nothing_for_unit_a(world: World, indicator: Indicator, client_of: Sign, name: str) -> None:
    client, before = client_of(getattr(world, name)), Event.objects.count()
    assert client.get(ENTER).status_code == client.post(ENTER, _entry()).status_code == 404
    assert client.get(page("batch-template", "so-xay-dung")).status_code == 404
    assert (Event.objects.count(), Observation.objects.count()) == (before, 0)


def test_clean_lines_are_accepted_in_bulk_and_doubtful_ones_alone(
    world: World, indicator: Indicator, second: Indicator, client_of: Sign
) -> None:
    client_of(world.an).post(ENTER, _entry("1.234") | _entry("12", 2))
    doubtful, clean = Observation.objects.order_by("pk")
    client = client_of(world.chi)
    told = client.get(page("value-queue")).text
    assert "được đọc là 1234" in told
    answer = client.post(page("value-accept"), {"dong": [clean.pk, doubtful.pk]}, follow=True)
    assert "Đã xác nhận 1 số liệu." in answer.text
    assert "Số liệu có cảnh báo" in answer.text
    client.post(page("value-accept"), {"mot": doubtful.pk})
    assert Observation.objects.current().count() == 2
    assert Figure.objects.filter(unit=world.unit_a, period="2025").count() == 2
    again = client.post(page("value-accept"), {"dong": [clean.pk]}, follow=True)
    assert "đã xác nhận số liệu này trước bạn" in again.text


def test_a_line_is_returned_with_its_reason_and_leads_back(world: World, batch: Batch, client_of: Sign) -> None:
    line = batch.observations.get()
    answer = client_of(world.chi).post(page("value-return", line.pk), {"reason": "Thiếu nguồn", "ve": LEDGER})
    assert answer["Location"] == LEDGER
    line.refresh_from_db()
    assert (line.standing, line.reason) == ("returned", "Thiếu nguồn")
    elsewhere = client_of(world.chi).post(page("value-return", line.pk), {"reason": "x", "ve": "https://xa.test/"})
    assert elsewhere["Location"] == page("value-queue")


def test_the_ledger_shows_every_line_and_takes_the_next_with_its_paper(
    world: World, batch: Batch, client_of: Sign
) -> None:
    accept_observations(observations=[batch.observations.get().pk], by=world.chi, at=NOON)
    client, source = client_of(world.an), batch.source.code
    given = {"source": source, "status": "official", "value": "44", "note": "Theo niên giám"}
    paper = SimpleUploadedFile("cv5.pdf", b"%PDF-1.4\n%%EOF\n")
    assert client.post(LEDGER, given | {"evidence": paper}).status_code == 302
    told = client.get(LEDGER).text
    for words in ("45,5", "44", "Nguyễn Văn An", "Vàng Thị Chi", "Đang dùng", "cv5.pdf", "Theo niên giám"):
        assert words in told
    line = Observation.objects.get(number=2)
    file = client.get(page("value-evidence", line.pk))
    assert (file.content, file["Content-Disposition"][:10]) == (b"%PDF-1.4\n%%EOF\n", "attachment")
    refused = client.post(LEDGER, given | {"status": "estimate"})
    assert refused.status_code == 422
    assert "không ghi số ước nữa" in refused.text
    for person in (world.dung, world.administrator):
        assert client_of(person).get(LEDGER).status_code == 404
        assert client_of(person).get(page("value-evidence", line.pk)).status_code == 404


def test_the_next_line_follows_in_the_source_that_counts(world: World, indicator: Indicator, client_of: Sign) -> None:
    """Another source, first by name, is open as well: what is to be revised was said by the other one."""
    line = make_observation(indicator, world.unit_a, "41.5", by=world.an, accepted_by=world.chi)
    make_source("a-truoc", name="A đứng trước", keeper=world.unit_a)
    client = client_of(world.an)
    form = client.get(LEDGER).context["form"]
    start = {name: form.get_initial_for_field(form.fields[name], name) for name in ("source", "status")}
    assert start == {"source": line.source.code, "status": "revised"}
    assert client.post(LEDGER, start | {"value": "42", "note": "Đối chiếu lại"}).status_code == 302
    assert Observation.objects.get(status="revised").source == line.source


def test_the_workbook_goes_out_prefilled_and_comes_back(world: World, batch: Batch, client_of: Sign) -> None:
    client = client_of(world.an)
    data = client.get(page("batch-template", "so-xay-dung")).content
    rows = read_template(data)
    assert [(row.period, row.status, row.value) for row in rows] == [("2025", "ước", "45.5"), ("2026", "ước", "")]
    given = {"source": batch.source.code, "file": SimpleUploadedFile("so-lieu.xlsx", data)}
    answer = client.post(page("batch-list"), given, follow=True)
    assert answer.status_code == 200
    again = Batch.objects.get(form="excel")
    assert (again.row_count, again.unchanged_count) == (2, 2)


def test_a_file_is_taken_row_by_row_and_its_faults_shown(world: World, batch: Batch, client_of: Sign) -> None:
    client = client_of(world.an)
    given = {"source": batch.source.code, "file": SimpleUploadedFile("so-lieu.csv", CSV.encode())}
    told = client.post(page("batch-list"), given, follow=True).text
    assert "Dòng 3" in told
    assert "“bốn” không phải một số" in told
    refused = client.post(page("batch-list"), given | {"file": SimpleUploadedFile("a.xlsx", b"MZ")})
    assert refused.status_code == 422


def test_a_row_put_aside_is_mended_or_dropped_on_its_page(world: World, batch: Batch, client_of: Sign) -> None:
    client, aside = client_of(world.an), batch.asides.get()
    told = client.get(page("aside-mend", aside.pk)).text
    assert 'value="bốn"' in told
    wrong = client.post(page("aside-mend", aside.pk), ROW | {"period": "2026", "value": "năm"})
    assert wrong.status_code == 422
    assert client.post(page("aside-mend", aside.pk), ROW | {"period": "2026"}).status_code == 302
    aside.refresh_from_db()
    assert aside.outcome == "mended"
    late = client.post(page("aside-drop", aside.pk), {"reason": "Nhầm"}, follow=True)
    assert "đã xử lý dòng này trước bạn" in late.text
    assert client_of(world.dung).get(page("aside-mend", aside.pk)).status_code == 404
    assert client_of(world.dung).get(page("batch-detail", batch.pk)).status_code == 404


def test_a_programs_decimal_point_is_shown_as_people_write_it(
    world: World, indicator: Indicator, client_of: Sign
) -> None:
    source = open_own_source(unit=world.unit_a, by=world.an, at=NOON)
    row = row_of(1, ROW | {"value": "1.234", "period": "x", "strict": True})
    batch = deliver_rows(source=source, rows=[row], form=Batch.Form.API, by=world.an, at=NOON).batch
    assert 'value="1,234"' in client_of(world.an).get(page("aside-mend", batch.asides.get().pk)).text


def test_sources_are_kept_by_the_coordinator_and_scored_in_the_open(
    world: World, batch: Batch, client_of: Sign
) -> None:
    chi, an = client_of(world.chi), client_of(world.an)
    made = chi.post(page("source-add"), {"code": "csdl", "name": "CSDL ngành", "kind": "database", "keeper": ""})
    assert made["Location"] == page("source-detail", "csdl")
    assert chi.post(page("source-add"), {"code": "csdl", "name": "", "kind": "database"}).status_code == 422
    chi.post(page("source-correct", "csdl"), {"name": "CSDL y tế", "kind": "database", "keeper": "so-y-te"})
    chi.post(page("source-retire", "csdl"))
    kept = Source.objects.get(code="csdl")
    assert (kept.name, kept.keeper, kept.retired_on) == ("CSDL y tế", world.unit_b, NOON.date())
    for name in ("source-correct", "source-retire"):
        assert an.post(page(name, "csdl"), {"name": "x"}).status_code == 403
    told = an.get(page("source-detail", batch.source.code)).text
    assert "1/2" in told  # one of two rows was taken
    assert an.get(page("source-list")).status_code == 200
    assert client_of(world.administrator).get(page("source-list")).status_code == 403


def test_an_accepted_value_is_told_to_open_pages(world: World, batch: Batch) -> None:
    seen = head().seq
    assert news_since(seen)[0] is False
    accept_observations(observations=[batch.observations.get().pk], by=world.chi, at=datetime.now(UTC))
    assert news_since(seen)[0] is True


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["value-due", "value-queue", "batch-list", "source-list", "ENTER", "LEDGER", "SOURCE"])
def test_each_list_asks_as_often_for_three_rows_as_for_one(
    world: World, batch: Batch, client_of: Sign, name: str
) -> None:
    named = {"ENTER": ENTER, "LEDGER": LEDGER, "SOURCE": page("source-detail", batch.source.code)}
    address, client = named.get(name) or page(name), client_of(world.chi)
    once = _queries(client, address)
    for number in (7, 8):
        extra = make_indicator(f"CT{number}", by=world.chi, measured_kinds=["department"])
        source = make_source()
        for place in (extra, Indicator.objects.get(code="CT1")):
            make_observation(place, world.unit_a, number, by=world.an, source=source, status="estimate")
            make_observation(place, world.unit_a, number, by=world.an, accepted_by=world.chi, source=source)
        row = row_of(1, ROW | {"value": str(number)})
        deliver_rows(source=batch.source, rows=[row], form=Batch.Form.API, by=world.an, at=NOON)
    assert _queries(client, address) == once


def test_a_delivery_of_many_faults_asks_as_often_as_one_of_one(world: World, batch: Batch, client_of: Sign) -> None:
    client, address = client_of(world.an), page("batch-detail", batch.pk)
    once = _queries(client, address)
    aside = batch.asides.get()
    PutAside.objects.bulk_create(PutAside(batch=batch, row=row, raw=aside.raw, reasons=aside.reasons) for row in (8, 9))
    assert _queries(client, address) == once


def test_a_workbook_never_holds_a_formula_of_ours(world: World, client_of: Sign) -> None:
    make_indicator("=CT", by=world.chi, name="=HYPERLINK(1)", measured_kinds=["department"])
    data = client_of(world.an).get(page("batch-template", "so-xay-dung")).content
    with ZipFile(BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert sheets
    assert [sheet for sheet in sheets if b"<f>" in sheet] == []
