"""From the report's page: download, fill in, hand in, look through, take; with the four people."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    NOON,
    World,
    make_duty,
    make_entry,
    make_period,
    make_submission,
    make_task,
)
from tests.intake.filling import filled
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.plans.models import Plan, Task
from tiendo.plans.storage import read_file
from tiendo.reporting.actions import save_draft
from tiendo.reporting.actions.entries import save_drafts
from tiendo.reporting.actions.unit_workbook import OutOfDate, drop_workbook, receive_workbook, take_workbook
from tiendo.reporting.models import Duty, Entry, Evidence, Reopening, UnitWorkbook
from tiendo.reporting.rules import Values
from tiendo.reporting.workbooks.changes import Differences
from tiendo.reporting.workbooks.reading import read_report
from tiendo.reporting.workbooks.shape import columns
from tiendo.reporting.workbooks.stored import compare, workbook_of
from tiendo.reporting.workflow import IllegalMove

SignIn = Callable[[User], Client]
LETTERS = {column.field: chr(65 + place) for place, column in enumerate(columns(asks_estimate=False))}


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def second(world: World, plan: Plan, task: Task) -> Task:
    """A task of the same unit; its row stands below that of `task`."""
    return make_task(plan, by=world.chi, lead=world.unit_a, title="Số hóa hồ sơ")


def at(field: str, row: int = 2) -> str:
    return f"Báo cáo!{LETTERS[field]}{row}"


def filled_in(duty: Duty, cells: dict[str, str | None]) -> bytes:
    return filled(workbook_of(duty, at=NOON), cells)


def hand_in(world: World, duty: Duty, cells: dict[str, str | None]) -> UnitWorkbook:
    return receive_workbook(duty=duty, data=filled_in(duty, cells), name="bc.xlsx", by=world.an, at=NOON)


def seen(book: UnitWorkbook) -> Differences:
    return compare(read_report(read_file(book.file)), book.duty, at=NOON)


def take(world: World, book: UnitWorkbook, *codes: str, **over: set[str]) -> list[int]:
    return take_workbook(
        workbook=book,
        codes=codes,
        over={codes[0]: over["over"]} if over else {},
        seen=seen(book).mark,
        by=world.an,
        at=NOON,
    )


def test_the_officer_fills_in_a_whole_report_offline(client_of: SignIn, world: World, duty: Duty, task: Task) -> None:
    client = client_of(world.an)
    page = client.get(reverse("reporting:duty-detail", args=[duty.pk])).content.decode()
    assert reverse("reporting:workbook-upload", args=[duty.pk]) in page
    answer = client.get(reverse("reporting:workbook-get", args=[duty.pk]))
    assert answer["Content-Disposition"].endswith('.xlsx"')
    cells = {
        at("state"): "Đang thực hiện",
        at("percent"): "45,5",
        at("result"): "Khảo sát 5 xã",
        at("money_used"): "1,25 tỷ",
    }
    cells |= {at("document_number"): "15/BC-SXD", at("document_date"): "20/6/2026"}
    cells |= {at("document_url"): "https://vanban.vidu.test/15"}
    upload = SimpleUploadedFile("bao-cao.xlsx", filled(answer.content, cells))
    answer = client.post(reverse("reporting:workbook-upload", args=[duty.pk]), {"file": upload}, follow=True)
    page = answer.content.decode()
    assert "Khảo sát 5 xã" in page
    assert at("percent") in page
    assert not Entry.objects.filter(duty=duty).exists()  # nothing is written before it is confirmed
    book = UnitWorkbook.objects.get()
    given = {"row": task.code, "seen": seen(book).mark}
    answer = client.post(reverse("reporting:workbook-take", args=[book.pk]), given)
    assert answer["Location"] == reverse("reporting:duty-detail", args=[duty.pk])
    entry = Entry.objects.get(duty=duty)
    assert (entry.state, entry.percent, entry.money_used) == ("in_progress", Decimal("45.5"), Decimal(1_250_000_000))
    assert (entry.result, entry.saved_by) == ("Khảo sát 5 xã", world.an)
    named = Evidence.objects.values_list("document_number", "document_date", "document_url")
    assert list(named) == [("15/BC-SXD", date(2026, 6, 20), "https://vanban.vidu.test/15")]
    book.refresh_from_db()
    assert (book.outcome, book.decided_by) == ("taken", world.an)


def test_each_row_is_one_save_in_the_log(world: World, duty: Duty, task: Task, second: Task) -> None:
    book = hand_in(world, duty, {at("result"): "Một", at("result", 3): "Hai"})
    before = Event.objects.count()
    take(world, book, task.code, second.code)
    acts = list(Event.objects.order_by("seq").values_list("act", flat=True))[before:]
    assert acts == ["reporting.entry.save", "reporting.entry.save", "reporting.workbook.take"]
    assert set(Entry.objects.values_list("result", flat=True)) == {"Một", "Hai"}


def test_good_rows_are_taken_while_bad_ones_stay_with_the_file(
    client_of: SignIn, world: World, duty: Duty, task: Task, second: Task
) -> None:
    book = hand_in(world, duty, {at("percent"): "nửa", at("result", 3): "Hai"})
    page = client_of(world.an).get(reverse("reporting:workbook-review", args=[book.pk])).content.decode()
    assert f'<b lang="vi">{at("percent")}</b>' in page
    take(world, book, second.code)
    book.refresh_from_db()
    assert (book.decided_at, Entry.objects.get().result) == (None, "Hai")
    assert [row.row for row in seen(book).aside] == [2]


def test_a_row_not_chosen_waits(world: World, duty: Duty, task: Task, second: Task) -> None:
    book = hand_in(world, duty, {at("result"): "Một", at("result", 3): "Hai"})
    take(world, book, task.code)
    assert [row.task.code for row in seen(book).rows] == [second.code]
    take(world, book, second.code)
    book.refresh_from_db()
    assert book.outcome == "taken"


def test_a_colleague_saved_meanwhile_both_sides_are_kept(world: World, duty: Duty, task: Task) -> None:
    data = filled_in(duty, {at("percent"): "60", at("result"): "Mới"})
    save_draft(
        duty=duty,
        task=task,
        values=Values(percent=Decimal(70), difficulty="Thiếu vốn"),
        revision=0,
        by=world.binh,
        at=NOON,
    )
    book = receive_workbook(duty=duty, data=data, name="bc.xlsx", by=world.an, at=NOON)
    (row,) = seen(book).rows
    assert [cell.field for cell in row.conflicts] == ["percent"]
    take(world, book, task.code)
    entry = Entry.objects.get()
    assert (entry.percent, entry.difficulty, entry.result) == (Decimal(70), "Thiếu vốn", "Mới")
    book.refresh_from_db()
    assert book.decided_at is None  # the conflict is not settled
    take(world, book, task.code, over={"percent"})
    entry.refresh_from_db()
    assert (entry.percent, entry.difficulty) == (Decimal(60), "Thiếu vốn")


def test_nothing_is_written_when_the_report_moved_after_the_page(
    client_of: SignIn, world: World, duty: Duty, task: Task, second: Task
) -> None:
    book = hand_in(world, duty, {at("result"): "Một", at("result", 3): "Hai"})
    mark = seen(book).mark
    save_draft(duty=duty, task=task, values=Values(result="Khác"), revision=0, by=world.binh, at=NOON)
    events = Event.objects.count()
    with pytest.raises(OutOfDate):
        take_workbook(workbook=book, codes=[second.code], over={}, seen=mark, by=world.an, at=NOON)
    answer = client_of(world.an).post(
        reverse("reporting:workbook-take", args=[book.pk]), {"row": second.code, "seen": mark}
    )
    assert answer.status_code == 409
    assert "xem lại các thay đổi" in answer.content.decode()
    assert (Event.objects.count(), Entry.objects.filter(task=second).exists()) == (events, False)


def test_it_is_all_or_none(monkeypatch: pytest.MonkeyPatch, world: World, duty: Duty, task: Task, second: Task) -> None:
    book = hand_in(world, duty, {at("result"): "Một", at("result", 3): "Hai"})
    events = Event.objects.count()

    def fail_afterwards(**given: object) -> list[Entry]:
        assert {entry.task for entry in save_drafts(**given)} == {task, second}  # type: ignore[arg-type]
        raise IllegalMove("không được")

    monkeypatch.setattr("tiendo.reporting.actions.unit_workbook.save_drafts", fail_afterwards)
    with pytest.raises(IllegalMove):
        take(world, book, task.code, second.code)
    assert (Entry.objects.count(), Event.objects.count()) == (0, events)


def test_taken_or_dropped_it_is_done_with(world: World, duty: Duty, task: Task) -> None:
    book = hand_in(world, duty, {at("result"): "Một"})
    drop_workbook(workbook=book, by=world.binh, at=NOON)
    with pytest.raises(IllegalMove):
        drop_workbook(workbook=book, by=world.binh, at=NOON)
    with pytest.raises(IllegalMove):
        take(world, book, task.code)
    assert not Entry.objects.exists()
    assert hand_in(world, duty, {at("result"): "Một"}).pk != book.pk  # it may be handed in again


def test_the_same_file_twice_is_one(world: World, duty: Duty, task: Task) -> None:
    assert hand_in(world, duty, {at("result"): "Một"}) == hand_in(world, duty, {at("result"): "Một"})


def bomb(sound: bytes) -> bytes:
    """A workbook whose one part swells to many megabytes."""
    stream = io.BytesIO(sound)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet99.xml", b" " * 30_000_000)
    return stream.getvalue()


def refused(client: Client, duty: Duty, data: bytes, name: str = "bc.xlsx") -> str:
    """The page that refuses the file; nothing is kept and nothing recorded."""
    events = Event.objects.count()
    upload = {"file": SimpleUploadedFile(name, data)}
    answer = client.post(reverse("reporting:workbook-upload", args=[duty.pk]), upload)
    assert answer.status_code == 422
    assert (UnitWorkbook.objects.count(), Event.objects.count()) == (0, events)
    return answer.content.decode()


def test_wrong_files_are_refused_in_a_sentence(
    client_of: SignIn, world: World, plan: Plan, duty: Duty, task: Task
) -> None:
    client = client_of(world.an)
    theirs, later = make_duty(duty.period, world.unit_b), make_duty(make_period(plan, "Quý IV"), world.unit_a)
    cells: dict[str, str | None] = {at("result"): "Một"}
    assert "Tệp này là báo cáo của Sở Y tế" in refused(client, duty, workbook_of(theirs, at=NOON))
    assert "Tệp này của kỳ “Quý IV”" in refused(client, duty, filled_in(later, cells))
    assert "không phải" in refused(client, duty, b"%PDF-1.7 x")
    assert "loại" in refused(client, duty, filled_in(duty, cells), "bc.ods")
    assert "bất thường" in refused(client, duty, bomb(filled_in(duty, cells)))
    assert "Thông tin ẩn" in refused(client, duty, filled_in(duty, {"_tiendo!B3": "99"}))
    assert "không có gì khác" in refused(client, duty, workbook_of(duty, at=NOON))


def test_an_old_file_after_the_report_was_sent(client_of: SignIn, world: World, duty: Duty, task: Task) -> None:
    data = filled_in(duty, {at("result"): "Một"})
    make_submission(make_entry(duty, task, saved_by=world.an), by=world.binh)
    assert "Báo cáo đã gửi nên tệp này không lưu được nữa" in refused(client_of(world.an), duty, data)


def test_in_a_closed_period_only_what_was_opened_again_can_be_taken(
    world: World, duty: Duty, task: Task, second: Task
) -> None:
    book = hand_in(world, duty, {at("result"): "Một", at("result", 3): "Hai"})
    duty.period.closed_at = NOON
    duty.period.save()
    for each in (task, second):
        make_entry(duty, each)
    Reopening.objects.create(
        duty=duty, task=second, reason="Sai số", opened_at=NOON, opened_by=world.chi, until=NOON + timedelta(days=1)
    )
    book = UnitWorkbook.objects.select_related("duty__period").get(pk=book.pk)
    assert [row.task.code for row in seen(book).rows] == [second.code]
    assert [row.code for row in seen(book).aside] == [task.code]
    take(world, book, second.code)
    assert Entry.objects.get(task=second).result == "Hai"
    assert Entry.objects.get(task=task).result == "Đã khảo sát 5 xã."


def test_sent_after_the_upload_its_rows_are_put_aside(world: World, duty: Duty, task: Task) -> None:
    book = hand_in(world, duty, {at("result"): "Một"})
    make_submission(make_entry(duty, task, saved_by=world.an), by=world.binh)
    assert (seen(book).rows, len(seen(book).aside)) == ([], 1)
    with pytest.raises(IllegalMove):
        take(world, book, task.code)


def test_what_was_accepted_last_stands_beside_and_is_never_read(
    world: World, plan: Plan, duty: Duty, task: Task
) -> None:
    earlier = make_duty(
        make_period(plan, "Quý I", due_at=duty.period.opens_at, opens_at=duty.period.opens_at.replace(month=1)),
        world.unit_a,
    )
    make_submission(make_entry(earlier, task, saved_by=world.an), by=world.binh, accepted_by=world.chi)
    book = hand_in(world, duty, {at("before_result"): "Sửa kỳ trước", at("result"): "Mới"})
    (row,) = seen(book).rows
    assert [cell.field for cell in row.cells] == ["result"]


@pytest.mark.parametrize(
    ("person", "status"), [("officer", 200), ("head", 200), ("coordinator", 404), ("other_unit", 404)]
)
def test_a_filled_workbook_is_the_units_own(
    client_of: SignIn, world: World, duty: Duty, task: Task, person: str, status: int
) -> None:
    book = hand_in(world, duty, {at("result"): "Một"})
    client = client_of(world.people[person])
    assert client.get(reverse("reporting:workbook-review", args=[book.pk])).status_code == status
    if status == 404:
        for act in ("workbook-take", "workbook-drop"):
            assert client.post(reverse(f"reporting:{act}", args=[book.pk]), {"row": task.code}).status_code == 404
        assert not Entry.objects.exists()


def test_as_many_queries_with_three_tasks_as_with_one(world: World, plan: Plan, duty: Duty, task: Task) -> None:
    make_entry(duty, task, saved_by=world.an)
    with CaptureQueriesContext(connection) as one:
        workbook_of(duty, at=NOON)
    for number in range(2):
        more = make_task(plan, by=world.chi, lead=world.unit_a, title=f"Việc {number}")
        make_entry(duty, more, saved_by=world.an)
    with CaptureQueriesContext(connection) as three:
        workbook_of(duty, at=NOON)
    assert len(three) == len(one)
