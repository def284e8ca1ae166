"""Pages on money: entering, the desk of finance, the year, the 3 % rule, the task's panel; constant queries."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_duty,
    make_entry,
    make_funding,
    make_money,
    make_spending,
    make_submission,
    make_task,
    make_user,
)
from tests.intake.filling import filled
from tiendo.accounts.models import Role
from tiendo.audit.models import Event
from tiendo.budget.models import MoneyLine, SpendingLine
from tiendo.budget.money import Kind
from tiendo.budget.sheets import MoneyRow, write_sheet
from tiendo.papers.workbook import Sheet, SheetColumn, render_workbook
from tiendo.plans.spreadsheets.progress import ignore
from tiendo.plans.spreadsheets.xlsx import open_xlsx
from tiendo.ui.typed import parse_number

pytestmark = pytest.mark.django_db
MILLION = 10**6


@pytest.fixture
def source(world):
    return make_funding()


@pytest.fixture
def year():
    return timezone.localdate().year


def text(response):
    return response.content.decode()


def enter(client, task, year, **typed):
    values = {"as_of": f"{year}-01-01", "disbursed": "", "planned": "", "allocated": "", "document": "", "note": ""}
    return client.post(reverse("budget:money-enter", args=[task.code, year]), values | typed)


def test_an_officer_enters_and_sees_it_wait(world, task, source, year, client_of):
    an = client_of(world.an)
    answer = enter(an, task, year, unit=world.unit_a.pk, source=source.pk, planned="1,25 tỷ")
    assert answer.status_code == 302
    line = MoneyLine.objects.get()
    assert (line.amount, line.kind, line.state) == (1250 * MILLION, "planned", "entered")
    page = text(an.get(answer.url))
    assert "Đã ghi 1 số, chờ Sở Tài chính xác nhận." in page
    assert "1.250.000.000" in page


def test_what_was_typed_stays_when_a_field_is_wrong(world, task, source, year, client_of):
    typed = {"unit": world.unit_a.pk, "source": source.pk, "planned": "một tỷ", "document": "QĐ 15/QĐ-UBND"}
    answer = enter(client_of(world.an), task, year, **typed)
    assert answer.status_code == 422
    page = text(answer)
    assert all(words in page for words in ("một tỷ", "QĐ 15/QĐ-UBND", "Hãy ghi số tiền bằng đồng"))
    assert not MoneyLine.objects.exists()


def test_a_refusal_of_the_act_stands_beside_its_field_and_keeps_the_rest(world, task, source, year, client_of):
    typed = {"unit": world.unit_a.pk, "source": source.pk, "disbursed": "5", "as_of": f"{year - 1}-12-31"}
    answer = enter(client_of(world.an), task, year, **typed)
    assert answer.status_code == 422
    assert "không thể tính đến ngày trước năm đó" in text(answer)
    assert not Event.objects.filter(act__startswith="budget.").exists()


def test_the_same_number_again_is_told_and_not_written(world, task, source, year, client_of):
    make_money(task, world.unit_a, by=world.an, kind="planned", amount=5, year=year)
    answer = enter(client_of(world.an), task, year, unit=world.unit_a.pk, source=source.pk, planned="5")
    assert "không có gì mới để ghi" in text(answer)
    assert MoneyLine.objects.count() == 1


def test_the_list_shows_this_year_beside_the_last(world, task, year, client_of):
    make_money(task, world.unit_a, by=world.an, amount=7, year=year, confirmed_by=world.finance)
    make_money(task, world.unit_a, by=world.an, amount=5, year=year - 1, confirmed_by=world.finance)
    [row] = client_of(world.an).get(reverse("budget:money-list")).context["rows"]
    assert (row.now.disbursed, row.before.disbursed, row.waiting, row.returned) == (7, 5, 0, 0)


def test_finance_confirms_what_it_chose_and_leaves_the_rest(world, task, year, client_of):
    lines = [make_money(task, world.unit_a, by=world.an, kind=kind, year=year) for kind in ("planned", "disbursed")]
    finance = client_of(world.finance)
    assert len(finance.get(reverse("budget:money-queue")).context["rows"]) == 2
    answer = finance.post(reverse("budget:money-confirm"), {"line": [lines[0].pk]}, follow=True)
    assert "Đã xác nhận 1 dòng." in text(answer)
    assert [line.pk for line in MoneyLine.objects.current()] == [lines[0].pk]


def test_a_line_overtaken_while_the_page_stood_open_is_left_and_named(world, task, year, client_of):
    old = make_money(task, world.unit_a, by=world.an, year=year)
    make_money(task, world.unit_a, by=world.an, amount=9, year=year)
    answer = client_of(world.finance).post(reverse("budget:money-confirm"), {"line": [old.pk]}, follow=True)
    assert f"{task.code}: Đơn vị đã nhập số mới hơn" in text(answer)
    assert not MoneyLine.objects.current().exists()


def test_a_line_that_would_be_over_spent_is_warned_of_and_not_chosen_beforehand(world, task, year, client_of):
    make_money(task, world.unit_a, by=world.an, kind="allocated", amount=5, year=year, confirmed_by=world.finance)
    make_money(task, world.unit_a, by=world.an, amount=6, year=year)
    page = client_of(world.finance).get(reverse("budget:money-queue"))
    assert page.context["rows"][0].odd == ["giải ngân vượt số đã giao"]
    assert " checked" not in text(page)


def test_the_coordinator_is_shown_what_finance_entered_and_confirms_it(world, task, year, client_of):
    make_money(task, world.unit_a, by=world.an, year=year)
    own = make_money(task, world.unit_a, by=world.finance, kind="planned", year=year)
    chi = client_of(world.chi)
    assert [row.line for row in chi.get(reverse("budget:money-queue")).context["rows"]] == [own]
    chi.post(reverse("budget:money-confirm"), {"line": [own.pk]})
    assert MoneyLine.objects.current().get() == own


def test_returning_without_a_reason_asks_for_one(world, task, year, client_of):
    line = make_money(task, world.unit_a, by=world.an, year=year)
    answer = client_of(world.finance).post(reverse("budget:money-return", args=[line.pk]), {"reason": ""})
    assert answer.status_code == 422
    line.refresh_from_db()
    assert line.state == "entered"


def test_the_year_adds_up_by_source_group_and_unit_and_names_over_spending(world, plan, task, year, client_of):
    other = make_task(plan, by=world.chi, lead=world.unit_b)
    make_money(task, world.unit_a, by=world.an, kind="allocated", amount=5, year=year, confirmed_by=world.finance)
    make_money(task, world.unit_a, by=world.an, amount=6, year=year, confirmed_by=world.finance)
    central = make_funding("trung-uong", "Ngân sách trung ương")
    more = {"source": central, "year": year, "confirmed_by": world.finance}
    make_money(other, world.unit_b, by=world.dung, amount=4, **more)
    make_money(other, world.unit_b, by=world.dung, kind="planned", amount=99, year=year)  # waits
    money = client_of(world.chi).get(reverse("budget:overview")).context["money"]
    assert (money.total.sums.allocated, money.total.sums.disbursed, money.total.sums.planned) == (5, 10, None)
    assert [(each.words, each.sums.disbursed) for each in money.by_source] == [
        ("Ngân sách địa phương", 6),
        ("Ngân sách trung ương", 4),
    ]
    assert [each.sums.disbursed for each in money.by_group] == [10]
    assert [(each.words, each.sums.disbursed) for each in money.by_unit] == [("Sở Xây dựng", 6), ("Sở Y tế", 4)]
    assert [each.task for each in money.odd] == [task]
    own = client_of(world.dung).get(reverse("budget:overview")).context["money"]
    assert (own.total.sums.disbursed, own.odd) == (4, [])


def test_a_year_without_money_says_so_and_what_to_do(world, task, client_of):
    page = text(client_of(world.an).get(reverse("budget:overview")))
    assert "chưa có số kinh phí nào được xác nhận" in page
    assert reverse("budget:money-list") in page


def test_over_spending_is_seen_across_sources_when_the_allocation_has_none(world, task, year, client_of):
    unsplit = make_funding("chua-phan", "Chưa phân theo nguồn")
    given = {"year": year, "confirmed_by": world.finance}
    make_money(task, world.unit_a, by=world.an, kind="allocated", amount=5, source=unsplit, **given)
    make_money(task, world.unit_a, by=world.an, amount=6, **given)
    money = client_of(world.chi).get(reverse("budget:overview")).context["money"]
    assert [(each.source, each.sums.allocated, each.sums.disbursed) for each in money.odd] == [(None, 5, 6)]
    assert money.total.rate.percent == 120


@pytest.fixture
def undivided(world, task, year):
    """100 đồng disbursed, confirmed without its sources."""
    unsplit = make_funding("chua-phan", "Chưa phân theo nguồn")
    return make_money(
        task, world.unit_a, by=world.an, amount=100, source=unsplit, year=year, confirmed_by=world.finance
    )


SHORT = "các nguồn cộng lại còn thấp hơn số chưa phân nguồn đã xác nhận"
TOLD_SHORT = "Đã giải ngân: số chưa phân nguồn đã xác nhận là 100\u00a0đồng, theo nguồn mới có 30\u00a0đồng"


def test_finance_sees_before_it_confirms_that_one_source_would_hide_the_rest(world, task, year, undivided, client_of):
    make_money(task, world.unit_a, by=world.an, amount=30, year=year)
    page = client_of(world.finance).get(reverse("budget:money-queue"))
    assert page.context["rows"][0].odd == [SHORT]
    assert TOLD_SHORT in text(page)
    assert " checked" not in text(page)


def test_sources_that_make_up_the_whole_are_told_to_replace_it_and_warned_of_by_nothing(
    world, task, year, undivided, client_of
):
    for code, amount in (("mot", 30), ("hai", 70)):
        make_money(task, world.unit_a, by=world.an, amount=amount, source=make_funding(code, code), year=year)
    rows = client_of(world.finance).get(reverse("budget:money-queue")).context["rows"]
    assert [row.odd for row in rows] == [[], []]
    assert {row.replaces for row in rows} == {
        "Đã giải ngân: số theo nguồn, cộng lại 100\u00a0đồng, thay số chưa phân nguồn 100\u00a0đồng."
    }


def test_what_no_source_accounts_for_is_told_after_confirming_until_it_is(world, task, year, undivided, client_of):
    finance = client_of(world.finance)
    line = make_money(task, world.unit_a, by=world.an, amount=30, year=year)
    answer = finance.post(reverse("budget:money-confirm"), {"line": [line.pk]}, follow=True)
    assert f"{task.code}: {TOLD_SHORT}" in text(answer)
    assert Event.objects.get(act="budget.money.confirm").detail["undivided"] == "100"
    for person in (world.finance, world.an):
        page = text(client_of(person).get(reverse("plans:task-detail", args=[task.code])))
        assert all(words in page for words in (SHORT, TOLD_SHORT, "Đã có số theo nguồn thay"))
    odd = finance.get(reverse("budget:overview")).context["money"].odd
    assert [(each.task, each.source, [flag.value for flag in each.flags]) for each in odd] == [
        (task, None, ["split_short"])
    ]
    make_money(task, world.unit_a, by=world.an, amount=70, source=make_funding("hai", "Hai"), year=year,
               confirmed_by=world.finance)  # fmt: skip
    assert finance.get(reverse("budget:overview")).context["money"].odd == []
    assert SHORT not in text(client_of(world.an).get(reverse("plans:task-detail", args=[task.code])))


@pytest.mark.parametrize("page", ["overview", "money-list", "money-queue"])
def test_more_rows_cost_no_more_queries(world, plan, year, client_of, page):
    finance, counts = client_of(world.finance), []
    for _ in range(2):
        for unit, by in ((world.unit_a, world.an), (world.unit_b, world.dung)):
            task = make_task(plan, by=world.chi, lead=unit)
            make_money(task, unit, by=by, year=year, confirmed_by=world.finance)
            make_money(task, unit, by=by, year=year, kind="planned")
        finance.get(reverse(f"budget:{page}"))
        with CaptureQueriesContext(connection) as queries:
            finance.get(reverse(f"budget:{page}"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_share_page_shows_years_papers_and_the_warning(world, client_of):
    for number, science in ((2025, 32), (2026, 28)):
        make_spending(world.province, by=world.finance, year=number, item="total", amount=1000)
        make_spending(world.province, by=world.finance, year=number, item="science", amount=science)
    page = text(client_of(world.an).get(reverse("budget:share")))
    assert "2,80 % tổng chi ngân sách địa phương, thấp hơn mức tối thiểu 3 % và thấp hơn năm trước (3,20 %)." in page
    assert "NQ 2025/NQ-HĐND" in page
    assert page.count("<svg xmlns") == 1  # one basis, one picture
    assert 'name="amount"' not in page


def test_a_leader_is_warned_on_the_overview_and_an_officer_is_not(world, client_of):
    make_spending(world.province, by=world.finance, year=2026, item="total", amount=1000)
    make_spending(world.province, by=world.finance, year=2026, item="science", amount=28)
    for user, warned in ((world.decision_maker, True), (world.finance, True), (world.an, False)):
        assert ("thấp hơn mức tối thiểu 3 %" in text(client_of(user).get(reverse("plans:overview")))) is warned


def test_without_sums_there_is_no_number_and_no_warning(world, client_of):
    make_spending(world.province, by=world.finance, year=2026, item="science", amount=28)
    page = text(client_of(world.chi).get(reverse("budget:share")))
    assert "chưa có tổng chi ngân sách địa phương" in page
    assert "2,80" not in page
    assert "thấp hơn" not in page.split("<table")[1]


def test_finance_records_a_sum_and_keeps_what_it_typed_on_a_fault(world, client_of):
    finance = client_of(world.finance)
    typed = {"year": "2026", "basis": "estimate", "item": "total", "amount": "12.500 tỷ", "document": "NQ 50"}
    assert finance.post(reverse("budget:share"), typed).status_code == 302
    assert SpendingLine.objects.get().amount == Decimal(12_500) * 10**9
    answer = finance.post(reverse("budget:share"), typed | {"amount": "nhiều", "item": "science"})
    assert answer.status_code == 422
    assert 'value="nhiều"' in text(answer)


def sheet(*rows, year):
    data = write_sheet(rows, year=year, sources=["Ngân sách địa phương"], made_at=timezone.now(), note="ghi chú")
    return SimpleUploadedFile("kp.xlsx", data)


def cells(data):
    """The cells of the first sheet by row and column, as Excel shows them."""
    return open_xlsx(data, ignore).sheets[0].grid.rows


def row(task, year, **amounts):
    held = {Kind(kind): Decimal(amount) for kind, amount in amounts.items()}
    return MoneyRow(task.code, task.title, "so-xay-dung", "", "Ngân sách địa phương", held, date(year, 1, 1))


def test_a_sheet_goes_out_is_filled_and_comes_back(world, task, source, year, client_of):
    given = {"as_of": date(year, 1, 1), "year": year, "confirmed_by": world.finance}
    make_money(task, world.unit_a, by=world.an, kind="planned", amount=1_250_000_000, **given)
    finance = client_of(world.finance)
    data = finance.get(reverse("budget:money-workbook-get", args=[year])).content
    out = cells(data)[3]
    assert (out[1], out[3], out[5], parse_number(out[6])) == (task.code, "so-xay-dung", source.name, 1_250_000_000)
    data = filled(data, {f"Kinh phí {year}!H3": "900.000.000"})
    upload = SimpleUploadedFile("kp.xlsx", data)
    answer = finance.post(reverse("budget:money-workbook", args=[year]), {"file": upload}, follow=True)
    assert "Đã ghi 1 số, chờ xác nhận." in text(answer)
    line = MoneyLine.objects.get(kind="disbursed")
    assert (line.amount, line.entered_by, line.state) == (900_000_000, world.finance, "entered")
    assert line.as_of == date(year, 1, 1)


def test_one_wrong_row_names_its_number_and_nothing_is_taken(world, task, source, year, client_of):
    wrong = MoneyRow("KHONG-CO", "", "so-y-te", "", "Nguồn lạ", {Kind.PLANNED: Decimal(5)}, None)
    upload = sheet(row(task, year, planned=5), wrong, year=year)
    answer = client_of(world.finance).post(reverse("budget:money-workbook", args=[year]), {"file": upload})
    assert answer.status_code == 422
    page = text(answer)
    assert "Dòng 4: không có nhiệm vụ mã “KHONG-CO”." in page
    assert "Dòng 4: không có nguồn “Nguồn lạ”." in page
    assert not MoneyLine.objects.exists()


def test_a_row_twice_in_a_sheet_is_refused(world, task, source, year, client_of):
    upload = sheet(row(task, year, planned=5), row(task, year, planned=6), year=year)
    answer = client_of(world.finance).post(reverse("budget:money-workbook", args=[year]), {"file": upload})
    assert "đã có ở dòng 3" in text(answer)
    assert not MoneyLine.objects.exists()


def test_another_file_is_told_to_be_another(world, year, client_of):
    column = (SheetColumn("Tên"),)
    data = render_workbook([Sheet("Khác", column, [["a"]])], made_at=timezone.now())
    upload = SimpleUploadedFile("khac.xlsx", data)
    answer = client_of(world.finance).post(reverse("budget:money-workbook", args=[year]), {"file": upload})
    assert "Không tìm thấy bảng kinh phí" in text(answer)


def test_no_cell_of_the_sheet_is_a_formula(world, plan, year, client_of):
    make_task(plan, by=world.chi, lead=world.unit_a, title='=HYPERLINK("x")')
    data = client_of(world.finance).get(reverse("budget:money-workbook-get", args=[year])).content
    assert cells(data)[3][2] == '=HYPERLINK("x")'
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert b"<f>" not in b"".join(book.read(name) for name in book.namelist() if "worksheets/sheet" in name)


def test_the_task_page_shows_both_numbers_where_they_differ(world, period, task, client_of):
    entry = make_entry(make_duty(period, world.unit_a), task, money_used=300)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    make_money(task, world.unit_a, by=world.an, amount=250, confirmed_by=world.finance)
    page = text(client_of(world.an).get(reverse("plans:task-detail", args=[task.code])))
    assert "ghi đã sử dụng 300" in page
    assert "số chính thức là số Sở Tài chính xác nhận" in page
    assert f"/kinh-phi/nhiem-vu/{task.code}/" in page


def test_a_unit_that_helps_sees_official_money_of_others_and_not_what_waits(world, plan, year, client_of):
    task = make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b])
    make_money(task, world.unit_a, by=world.an, kind="planned", amount=11_111, year=year, confirmed_by=world.finance)
    make_money(task, world.unit_a, by=world.an, amount=22_222, year=year)
    page = text(client_of(world.dung).get(reverse("plans:task-detail", args=[task.code])))
    assert "11.111" in page
    assert "22.222" not in page


def test_a_second_person_of_finance_confirms_the_sheet_of_the_first(world, task, source, year, client_of):
    finance = client_of(world.finance)
    finance.post(reverse("budget:money-workbook", args=[year]), {"file": sheet(row(task, year, planned=5), year=year)})
    assert finance.get(reverse("budget:money-queue")).context["rows"] == []
    other = client_of(make_user("ke-toan", world.finance_unit, Role.FINANCE))
    other.post(reverse("budget:money-confirm"), {"line": [MoneyLine.objects.get().pk]})
    assert MoneyLine.objects.current().count() == 1
