"""The workbook of a real plan: out of the database, edited, back as proposals, accepted."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import World, make_plan
from tests.intake.conftest import SAMPLE
from tests.intake.filling import filled
from tests.intake.reading.test_sheets import of_rows
from tiendo.audit.models import Event
from tiendo.intake.actions import (
    NothingChanged,
    accept_import,
    compare_again,
    decide_proposals,
    edit_proposal,
    receive_workbook,
    start_import,
)
from tiendo.intake.models import Import, Proposal
from tiendo.intake.reading import Unreadable
from tiendo.intake.workbooks import workbook_of
from tiendo.plans.files import RefusedFile
from tiendo.plans.models import Plan, Task
from tiendo.plans.spreadsheets.progress import ignore
from tiendo.plans.spreadsheets.xlsx import open_xlsx

pytestmark = pytest.mark.django_db
Hand = Callable[..., Import]


def sheet(data: bytes, title: str) -> dict[int, dict[int, str]]:
    """Row → column → text of one sheet."""
    return next(each.grid.rows for each in open_xlsx(data, ignore).sheets if each.grid.name == title)


@pytest.fixture
def plan(read: Callable[..., Import], accept: Callable[..., object], units: World, now: datetime) -> Plan:
    """The sample's plan with the tasks and indicators of both annexes."""
    accept(read("ke-hoach.docx"))
    for annex in Plan.objects.get().annexes.filter(document=None):
        name = "phu-luc-1.docx" if annex.label.endswith(" I") else "phu-luc-2.docx"
        if (Path(SAMPLE) / name).exists():
            accept(read(name, annex))
    return Plan.objects.get()


@pytest.fixture
def data(plan: Plan, now: datetime) -> bytes:
    return workbook_of(plan.version, at=now)


@pytest.fixture
def hand_in(plan: Plan, data: bytes, units: World, now: datetime) -> Hand:
    """Hands the plan's workbook in with some cells changed, as the coordinator."""

    def act(cells: dict[str, str | None], **given: object) -> Import:
        values = {"plan": plan, "data": filled(data, cells), "name": "kh.xlsx", "by": units.chi, "at": now} | given
        return receive_workbook(**values)[0]  # type: ignore[arg-type]

    return act


def test_every_task_and_indicator_of_the_plan_is_a_row(plan: Plan, data: bytes) -> None:
    codes = [cells[1] for number, cells in sheet(data, "Nhiệm vụ").items() if number > 1]
    assert codes == list(plan.tasks.order_by("position").values_list("code", flat=True))
    rows = plan.version.items.filter(kind="indicator_row").order_by("position")
    shown = sheet(data, "Chỉ tiêu") if rows else {}
    assert [cells[1] for number, cells in shown.items() if number > 1] == [row.path for row in rows]


def test_the_workbook_of_a_plan_as_it_is_proposes_nothing(hand_in: Hand) -> None:
    before = Event.objects.count()
    with pytest.raises(NothingChanged) as nothing:
        hand_in({})
    assert nothing.value.notes == ()
    assert (Import.objects.filter(form="workbook").count(), Event.objects.count()) == (0, before)


def test_an_edited_cell_becomes_an_amendment_that_waits(hand_in: Hand, plan: Plan) -> None:
    task = plan.tasks.order_by("position")[0]
    source = hand_in({"Nhiệm vụ!F2": "Bộ tài liệu mới", "Nhiệm vụ!I2": "Quý IV/2027"})
    assert (source.form, source.status, source.base) == ("workbook", Import.Status.PROPOSED, plan.version)
    (proposal,) = source.proposals.filter(kind=Proposal.Kind.TASK)
    assert (proposal.change, proposal.current_ref, proposal.decision) == ("changed", task.code, "pending")
    assert proposal.printed["product"] == "Bộ tài liệu mới"
    assert proposal.printed["due"]["on"] == "2027-12-31"
    assert proposal.current["description"] == task.description
    task.refresh_from_db()
    assert task.product != "Bộ tài liệu mới"


def test_a_wrong_cell_is_noted_and_the_good_rows_are_proposed(hand_in: Hand) -> None:
    source = hand_in({"Nhiệm vụ!F2": "Bộ tài liệu mới", "Nhiệm vụ!G3": "Sở Vũ trụ"})
    assert source.proposals.filter(kind=Proposal.Kind.TASK).count() == 1
    (note,) = source.reading["notes"]
    assert (note["severity"], note["where"]) == ("error", "Nhiệm vụ!G3")


def test_only_wrong_cells_keep_nothing_and_are_named(hand_in: Hand) -> None:
    with pytest.raises(NothingChanged) as nothing:
        hand_in({"Nhiệm vụ!G3": "Sở Vũ trụ"})
    assert [note.where for note in nothing.value.notes] == ["Nhiệm vụ!G3"]
    assert not Import.objects.filter(form="workbook").exists()


def test_the_same_file_again_gives_its_first_import_back(hand_in: Hand, plan: Plan, data: bytes) -> None:
    first = hand_in({"Nhiệm vụ!F2": "Bộ tài liệu mới"})
    assert hand_in({"Nhiệm vụ!F2": "Bộ tài liệu mới"}) == first


def test_a_workbook_among_other_files_says_why_it_proposes_nothing(
    data: bytes, plan: Plan, units: World, now: datetime
) -> None:
    given = {"name": "kh.xlsx", "by": units.chi, "at": now, "plan": plan}
    with pytest.raises(Unreadable, match="Không có gì khác"):
        start_import(data=data, **given)  # type: ignore[arg-type]
    with pytest.raises(Unreadable, match="Nhiệm vụ!I2"):
        start_import(data=filled(data, {"Nhiệm vụ!I2": "khi nào xong"}), **given)  # type: ignore[arg-type]
    assert start_import(data=filled(data, {"Nhiệm vụ!F2": "Mới"}), **given)[0].form == "workbook"  # type: ignore[arg-type]


def test_a_unit_may_be_named_by_what_the_directory_knows(hand_in: Hand) -> None:
    source = hand_in({"Nhiệm vụ!G2": "Sở KH&CN"})
    (proposal,) = source.proposals.filter(kind=Proposal.Kind.TASK)
    assert proposal.printed["lead"][0]["unit"] == "so-kh-cn"


def test_a_workbook_of_another_plan_is_refused(data: bytes, units: World, now: datetime) -> None:
    other = make_plan(units.province, "kh-khac")
    with pytest.raises(Unreadable, match="kế hoạch kh"):
        receive_workbook(plan=other, data=data, name="kh.xlsx", by=units.chi, at=now)


def test_a_workbook_handed_in_as_a_new_plan_is_refused(data: bytes, units: World, now: datetime) -> None:
    with pytest.raises(Unreadable, match="trang của kế hoạch"):
        start_import(data=filled(data, {"Nhiệm vụ!F2": "x"}), name="kh.xlsx", by=units.chi, at=now)


def test_another_workbook_or_another_kind_of_file_is_refused(plan: Plan, units: World, now: datetime) -> None:
    with pytest.raises(Unreadable, match="không phải bảng tính"):
        receive_workbook(plan=plan, data=of_rows(["Mã"]), name="kh.xlsx", by=units.chi, at=now)
    with pytest.raises(RefusedFile):
        receive_workbook(plan=plan, data=b"Ma;Viec", name="kh.csv", by=units.chi, at=now)


def test_only_the_coordinator_hands_in(hand_in: Hand, units: World) -> None:
    for person in (units.an, units.binh, units.dung, units.inspector):
        with pytest.raises(PermissionDenied):
            hand_in({"Nhiệm vụ!F2": "Bộ tài liệu mới"}, by=person)
    assert not Import.objects.filter(form="workbook").exists()


def test_a_row_that_was_dropped_is_left_out_of_the_next_workbook(plan: Plan, now: datetime) -> None:
    first = plan.tasks.order_by("position")[0]
    Task.objects.filter(pk=first.pk).update(state="cancelled")
    codes = [cells[1] for cells in sheet(workbook_of(plan.version, at=now), "Nhiệm vụ").values()]
    assert first.code not in codes


def test_accepting_amends_adds_and_drops_and_names_its_paper(
    hand_in: Hand, plan: Plan, units: World, now: datetime
) -> None:
    first, second = plan.tasks.order_by("position")[:2]
    count, spare = plan.tasks.count(), plan.tasks.count() + 2
    cells = {
        "Nhiệm vụ!F2": "Bộ tài liệu mới",
        "Nhiệm vụ!I2": "Quý IV/2027",
        "Nhiệm vụ!J3": "x",
        "Nhiệm vụ!K3": "Đã xong",
    }
    source = hand_in(cells | {f"Nhiệm vụ!D{spare}": "Mở lớp học số", f"Nhiệm vụ!G{spare}": "Sở Tài chính"})
    decide_proposals(source=source, proposals=source.proposals.all(), decision="accepted", by=units.chi, at=now)
    version = accept_import(source=source, take_pending=False, basis="Công văn 15/UBND", by=units.chi, at=now)
    assert version.number == plan.versions.count()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.product, second.state) == ("Bộ tài liệu mới", "cancelled")
    assert [line.due_on for line in first.deadline_lines.all()] == [None, date(2027, 12, 31)]
    new = plan.tasks.order_by("position").last()
    assert new is not None
    assert (plan.tasks.count(), new.title, new.item.version) == (count + 1, "Mở lớp học số", version)
    assert new.sources.filter(field="description").exists()
    assert version.document.title == "Công văn 15/UBND"


def test_new_rows_go_under_the_annex_of_their_kind(
    hand_in: Hand, plan: Plan, data: bytes, units: World, now: datetime
) -> None:
    tasks, indicators = (len(sheet(data, title)) + 1 for title in ("Nhiệm vụ", "Chỉ tiêu"))
    source = hand_in({f"Nhiệm vụ!D{tasks}": "Mở lớp học số", f"Chỉ tiêu!D{indicators}": "Số lớp học"})
    version = accept_import(source=source, take_pending=True, basis="Công văn 15/UBND", by=units.chi, at=now)
    new = version.items.filter(text__in=["Mở lớp học số", "Số lớp học"])
    parents = dict(new.values_list("text", "parent__path"))
    assert parents == {"Mở lớp học số": "PL-II", "Số lớp học": "PL-I"}


def test_without_a_paper_the_differences_wait(hand_in: Hand, units: World, now: datetime) -> None:
    source = hand_in({"Nhiệm vụ!F2": "Bộ tài liệu mới"})
    with pytest.raises(PermissionDenied, match="căn cứ"):
        accept_import(source=source, take_pending=True, by=units.chi, at=now)


def test_what_was_accepted_is_what_the_next_workbook_says(
    hand_in: Hand, plan: Plan, units: World, now: datetime
) -> None:
    source = hand_in({"Nhiệm vụ!F2": "Bộ tài liệu mới", "Chỉ tiêu!F2": "≥ 99"})
    version = accept_import(source=source, take_pending=True, basis="Công văn 15/UBND", by=units.chi, at=now)
    again = workbook_of(version, at=now)
    assert (sheet(again, "Nhiệm vụ")[2][6], sheet(again, "Chỉ tiêu")[2][6]) == ("Bộ tài liệu mới", "≥ 99")
    with pytest.raises(NothingChanged):
        receive_workbook(plan=plan, data=again, name="kh.xlsx", by=units.chi, at=now)


def test_a_title_typed_by_hand_outlives_the_comparison(hand_in: Hand, plan: Plan, units: World, now: datetime) -> None:
    first, second = plan.tasks.order_by("position")[:2]
    waiting = hand_in({"Nhiệm vụ!F2": "Bộ tài liệu mới", "Nhiệm vụ!F3": "Tờ trình"})
    for row in waiting.proposals.filter(kind="task"):
        edit_proposal(proposal=row, edited=row.value | {"title": "Tên gõ tay"}, by=units.chi, at=now)
    other = hand_in({"Nhiệm vụ!I2": "Quý IV/2027", "Nhiệm vụ!F3": "Tờ trình"}, name="khac.xlsx")
    accept_import(source=other, take_pending=True, basis="Công văn 15/UBND", by=units.chi, at=now)
    again = compare_again(source=waiting, by=units.chi, at=now)
    rows = {row.current_ref: row for row in again.proposals.filter(kind="task")}
    one, two = rows[first.code], rows[second.code]
    assert (one.value["title"], one.value["product"]) == ("Tên gõ tay", "Bộ tài liệu mới")
    assert (one.current["due"]["on"], one.value["due"]["on"]) == ("2027-12-31", "2027-12-31")  # type: ignore[index]
    assert (two.printed, two.value["title"]) == (two.current, "Tên gõ tay")
    assert {one.decision, two.decision} == {"accepted"}
    accept_import(source=again, take_pending=False, basis="Công văn 16/UBND", by=units.chi, at=now)
    assert set(plan.tasks.order_by("position")[:2].values_list("title", flat=True)) == {"Tên gõ tay"}


def test_what_was_left_out_of_a_workbook_is_not_offered_again(
    hand_in: Hand, plan: Plan, units: World, now: datetime
) -> None:
    waiting = hand_in({"Nhiệm vụ!F2": "Bộ tài liệu mới", "Nhiệm vụ!F3": "Tờ trình"})
    decide_proposals(source=waiting, proposals=waiting.proposals.all(), decision="rejected", by=units.chi, at=now)
    other = hand_in({"Nhiệm vụ!I2": "Quý IV/2027", "Nhiệm vụ!J3": "x", "Nhiệm vụ!K3": "Đã xong"})
    decide_proposals(source=other, proposals=other.proposals.all(), decision="accepted", by=units.chi, at=now)
    accept_import(source=other, take_pending=False, basis="Công văn 15/UBND", by=units.chi, at=now)
    again = compare_again(source=waiting, by=units.chi, at=now)
    (left,) = again.proposals.filter(kind="task")
    assert (left.current_ref, left.decision) == (plan.tasks.order_by("position")[0].code, "rejected")


def test_a_row_that_another_workbook_added_is_not_added_again(
    hand_in: Hand, plan: Plan, units: World, now: datetime
) -> None:
    spare = plan.tasks.count() + 2
    waiting = hand_in({f"Nhiệm vụ!D{spare}": "Mở lớp học số", "Nhiệm vụ!F2": "Bộ tài liệu mới"})
    other = hand_in({f"Nhiệm vụ!D{spare}": "Mở lớp học số", "Nhiệm vụ!F3": "Tờ trình"})
    accept_import(source=other, take_pending=True, basis="Công văn 15/UBND", by=units.chi, at=now)
    again = compare_again(source=waiting, by=units.chi, at=now)
    assert [row.change for row in again.proposals.filter(kind="task")] == ["changed"]
    code = plan.tasks.get(title="Mở lớp học số").code
    assert [note["where"] for note in again.reading["notes"] if code in note["message"]] == [f"Nhiệm vụ!A{spare}"]


def test_a_workbook_that_waited_while_the_plan_moved_on_is_compared_again(
    hand_in: Hand, plan: Plan, units: World, now: datetime
) -> None:
    first, second = plan.tasks.order_by("position")[:2]
    waiting = hand_in({"Nhiệm vụ!F2": "Bộ tài liệu mới", "Nhiệm vụ!F3": "Tờ trình khác"})
    decide_proposals(source=waiting, proposals=waiting.proposals.all(), decision="accepted", by=units.chi, at=now)
    other = hand_in({"Nhiệm vụ!F3": "Tờ trình"})
    version = accept_import(source=other, take_pending=True, basis="Công văn 15/UBND", by=units.chi, at=now)
    with pytest.raises(PermissionDenied, match="phiên bản mới hơn"):
        accept_import(source=waiting, take_pending=True, basis="Công văn 16/UBND", by=units.chi, at=now)
    again = compare_again(source=waiting, by=units.chi, at=now)
    decided = {each.current_ref: each.decision for each in again.proposals.all()}
    assert (again.base, decided) == (version, {first.code: "accepted", second.code: "pending"})
    assert [note["where"] for note in again.reading["notes"] if "Tờ trình" in note["message"]] == ["Nhiệm vụ!F3"]
    accept_import(source=again, take_pending=True, basis="Công văn 16/UBND", by=units.chi, at=now)
    products = plan.tasks.order_by("position").values_list("product", flat=True)[:2]
    assert list(products) == ["Bộ tài liệu mới", "Tờ trình khác"]
