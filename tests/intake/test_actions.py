"""A file comes in, a person decides, a version is made; whatever is refused leaves nothing behind."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from tests.factories import World
from tests.intake.conftest import SAMPLE, Accept, Read
from tests.intake.plan import plan_bytes
from tiendo.audit.models import Event
from tiendo.intake import finding
from tiendo.intake.actions import accept_import, decide_proposals, discard_import, edit_proposal, start_import
from tiendo.intake.extraction.reading import interpret
from tiendo.intake.models import Import, Proposal
from tiendo.intake.reading import Unreadable
from tiendo.plans.files import RefusedFile
from tiendo.plans.models import Annex, Document, FieldSource, Plan, PlanItem, StoredFile, Task

PENDING, ACCEPTED, REJECTED = Proposal.Decision.PENDING, Proposal.Decision.ACCEPTED, Proposal.Decision.REJECTED


def of_kind(source: Import, kind: str) -> "list[Proposal]":
    return list(source.proposals.filter(kind=kind))


def test_the_real_plan_gives_exactly_what_it_holds(real_import: Import) -> None:
    counts = {kind: real_import.proposals.filter(kind=kind).count() for kind in Proposal.Kind.values}
    assert counts == {
        "document": 1,
        "section": 18,
        "item": 88,
        "task": 81,
        "indicator": 0,
        "repair": 26,
        "annex": 2,
    }
    assert not real_import.proposals.exclude(decision=PENDING).exists()
    assert len(real_import.lines) == 256


def test_the_real_plan_becomes_a_version_whose_every_item_opens_its_lines(real_import: Import, accept: Accept) -> None:
    version = accept(real_import)
    assert (version.number, version.in_force_from) == (1, date(2025, 2, 14))
    assert version.items.filter(kind="section").count() == 18
    assert version.items.exclude(kind="section").count() == 88
    for item in version.items.all():
        first, last = item.where["lines"]
        printed = " ".join(version.document.lines[first - 1 : last])
        assert item.text.split()[-1].rstrip(".;") in printed or "printed" in item.details


def test_the_real_plan_s_tasks_stand_in_its_eight_groups(real_import: Import, accept: Accept) -> None:
    plan = accept(real_import).plan
    sizes = {group.code: group.tasks.count() for group in plan.groups.all()}
    assert sizes == dict(zip([f"III.1.{n}" for n in range(1, 9)], [11, 9, 12, 12, 16, 8, 4, 2], strict=True))
    assert plan.tasks.filter(group=None).count() == 7


def test_what_the_real_plan_does_not_give_stays_unknown(real_import: Import, accept: Accept) -> None:
    plan = accept(real_import).plan
    task = plan.tasks.get(item__path="III.1.1#1")
    assert (task.product, task.authority, task.due_on, task.due_kind) == (None, None, None, "missing")
    assert not task.assignments.exists()
    document = plan.version.document
    assert (document.number, document.issued_on, document.place) == (None, date(2025, 2, 14), "Lai Châu")
    assert len(document.recipients) == 11


def test_both_annexes_of_the_real_plan_are_shown_as_missing(real_import: Import, accept: Accept) -> None:
    plan = accept(real_import).plan
    assert {annex.label: annex.mentioned_in for annex in plan.annexes.filter(document=None)} == {
        "Phụ lục I": ["II.2#1"],
        "Phụ lục II": ["III.2#1", "IV.1"],
    }


def test_each_field_the_document_filled_says_where_from(real_import: Import, accept: Accept) -> None:
    plan = accept(real_import).plan
    for source in FieldSource.objects.filter(task__plan=plan, field="due").select_related("task", "document"):
        first, last = source.where["lines"]
        assert source.document is not None
        assert source.quote is not None
        printed = " ".join(" ".join(source.document.lines[first - 1 : last]).split())
        assert source.quote in printed


def test_accepted_repairs_mend_the_words_and_keep_the_print(real_import: Import, accept: Accept) -> None:
    version = accept(real_import)
    item = version.items.get(path="III.1.1#7")
    assert "Phấn đấu" in item.text
    assert "Phần đầu" in item.details["printed"]
    task = Task.objects.get(item=item)
    assert "Phấn đấu" in task.description
    assert "Phần đầu" in task.sources.get(field="description").quote  # type: ignore[operator]


def test_the_same_file_twice_changes_nothing_and_says_so(real_import: Import, units: World, now: datetime) -> None:
    before = (Event.objects.count(), Proposal.objects.count())
    again, new = start_import(data=plan_bytes(), name="ten-khac.txt", by=units.chi, at=now)
    assert (again, new) == (real_import, False)
    assert (Event.objects.count(), Proposal.objects.count()) == before


def test_rejected_proposals_do_not_come_in(read: Read, accept: Accept, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    tasks = source.proposals.filter(kind="task")
    some = source.proposals.filter(pk__in=[task.pk for task in tasks[:10]])
    assert decide_proposals(source=source, proposals=some, decision=REJECTED, by=units.chi, at=now) == 10
    plan = accept(source).plan
    assert plan.tasks.count() == tasks.count() - 10
    assert plan.version.items.filter(path=some[0].key).exists()


def test_deciding_again_the_same_way_records_nothing(read: Read, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    decide_proposals(source=source, proposals=source.proposals.all(), decision=ACCEPTED, by=units.chi, at=now)
    before = Event.objects.count()
    changed = decide_proposals(source=source, proposals=source.proposals.all(), decision=ACCEPTED, by=units.chi, at=now)
    assert (changed, Event.objects.count()) == (0, before)


def test_a_decision_can_be_taken_back(read: Read, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    for decision in (REJECTED, PENDING):
        decide_proposals(source=source, proposals=source.proposals.all(), decision=decision, by=units.chi, at=now)
    assert not source.proposals.exclude(decision=PENDING, decided_by=None, decided_at=None).exists()


def test_the_facts_of_the_document_are_never_left_out(read: Read, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    decide_proposals(source=source, proposals=source.proposals.all(), decision=REJECTED, by=units.chi, at=now)
    assert source.proposals.exclude(decision=REJECTED).get().kind == "document"


def test_an_edit_is_taken_and_the_print_is_kept(read: Read, accept: Accept, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    proposal = source.proposals.filter(kind="task").first()
    assert proposal is not None
    edited = {**proposal.printed, "title": "Tên ngắn", "product": "Đề án", "notes": {"product": "Công văn số 5"}}
    saved = edit_proposal(proposal=proposal, edited=edited, by=units.chi, at=now)
    assert (saved.decision, saved.printed["product"]) == (ACCEPTED, None)
    task = accept(source).plan.tasks.get(title="Tên ngắn")
    assert task.product == "Đề án"
    assert task.sources.get(field="product").note == "Công văn số 5"


def test_an_edit_back_to_the_print_is_no_edit(read: Read, units: World, now: datetime) -> None:
    proposal = of_kind(read("ke-hoach.docx"), "section")[0]
    edit_proposal(proposal=proposal, edited={**proposal.printed, "title": "Khác"}, by=units.chi, at=now)
    assert edit_proposal(proposal=proposal, edited=dict(proposal.printed), by=units.chi, at=now).edited is None


def test_only_what_was_chosen_comes_in(read: Read, accept: Accept, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    one = source.proposals.filter(kind="task", key="III.1.3#1")
    decide_proposals(source=source, proposals=one, decision=ACCEPTED, by=units.chi, at=now)
    version = accept(source, take_pending=False)
    assert [task.item.path for task in version.plan.tasks.all()] == ["III.1.3#1"]
    assert [item.path for item in version.items.all()] == ["III", "III.1", "III.1.3", "III.1.3#1"]
    assert not source.proposals.filter(decision=PENDING).exists()
    assert version.document.symbol == "68/KH-UBND"


def test_annexes_are_attached_without_a_new_import_of_the_plan(
    sample_plan: Plan, read: Read, accept: Accept, units: World, now: datetime
) -> None:
    before = list(sample_plan.tasks.values_list("pk", "code", "state", "group__code"))
    annex = Annex.objects.get(plan=sample_plan, label="Phụ lục II")
    version = accept(read("phu-luc-2.docx", annex))
    annex.refresh_from_db()
    assert (version.plan, version.number, annex.document) == (sample_plan, 2, version.document)
    assert list(sample_plan.tasks.values_list("pk", "code", "state", "group__code")[: len(before)]) == before
    assert sample_plan.tasks.count() == len(before) + 69
    rows = version.items.filter(kind="task_row")
    assert {row.parent.path for row in rows.select_related("parent") if row.parent} == {"PL-II"}
    assert version.items.get(path="PL-II").parent == version.items.get(path="III.2#1")


@pytest.mark.parametrize("with_prose", [True, False])
def test_rows_of_the_annex_join_the_eight_groups_of_the_plan(
    read: Read, accept: Accept, units: World, now: datetime, with_prose: bool
) -> None:
    source = read("ke-hoach.docx")
    if not with_prose:
        prose = source.proposals.filter(kind="task")
        decide_proposals(source=source, proposals=prose, decision=REJECTED, by=units.chi, at=now)
    plan = accept(source).plan
    accept(read("phu-luc-2.docx", Annex.objects.get(plan=plan, label="Phụ lục II")))
    assert {group.code for group in plan.groups.all()} == {f"III.1.{n}" for n in range(1, 9)}
    assert not plan.tasks.filter(item__kind="task_row", group=None).exists()


def test_indicators_of_the_annex_stand_under_its_placeholder(sample_plan: Plan, read: Read, accept: Accept) -> None:
    annex = Annex.objects.get(plan=sample_plan, label="Phụ lục I")
    version = accept(read("phu-luc-1.docx", annex))
    rows = version.items.filter(kind="indicator_row")
    assert rows.count() == 36
    row = rows.get(path="PL-I.1")
    assert (row.details["unit_text"], row.details["target"]["raw"], row.where["table"]) == ("%", "≥ 80", 1)
    first, last = row.where["lines"]
    assert first == last
    assert row.text in version.document.lines[first - 1]


def test_an_annex_comes_in_once(sample_plan: Plan, read: Read, accept: Accept) -> None:
    annex = Annex.objects.get(plan=sample_plan, label="Phụ lục II")
    second = read("phu-luc-1.docx", annex)
    accept(read("phu-luc-2.docx", annex))
    with pytest.raises(PermissionDenied, match="tệp khác"):
        accept(second)


def test_a_discarded_file_may_come_in_again(read: Read, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    discard_import(source=source, reason="Nhầm tệp", by=units.chi, at=now)
    again = read("ke-hoach.docx")
    assert again != source
    assert again.status == Import.Status.PROPOSED


def test_discarding_asks_why(read: Read, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    with pytest.raises(PermissionDenied, match="lý do"):
        discard_import(source=source, reason="  ", by=units.chi, at=now)
    assert Import.objects.get().status == Import.Status.PROPOSED


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "a.txt"), (b"\x89PNG\r\n\x1a\n....", "a.docx"), (b"<html><body>", "a.docx"), (b"%PDF-1.7", "a.pdf")],
)
def test_a_refused_file_writes_nothing(units: World, now: datetime, data: bytes, name: str) -> None:
    before = Event.objects.count()
    with pytest.raises((RefusedFile, Unreadable)):
        start_import(data=data, name=name, by=units.chi, at=now)
    assert not Import.objects.exists()
    assert not StoredFile.objects.exists()
    assert Event.objects.count() == before


def test_a_file_is_read_while_others_may_write(units: World, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself holds a transaction, so one of the act's own would show as a savepoint."""
    held: list[int] = []

    def reading(*args: Any, **given: Any) -> dict[str, Any]:
        held.append(len(connection.savepoint_ids))
        return interpret(*args, **given)

    monkeypatch.setattr(finding, "interpret", reading)
    start_import(data="KẾ HOẠCH\n- Việc một".encode(), name="a.txt", by=units.chi, at=now)
    assert held == [0]


def test_a_closed_import_takes_no_more_acts(read: Read, accept: Accept, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    accept(source)
    before = (Event.objects.count(), Document.objects.count())
    proposal = source.proposals.all()[0]
    acts: list[Callable[[], object]] = [
        lambda: accept(source),
        lambda: discard_import(source=source, reason="x", by=units.chi, at=now),
        lambda: edit_proposal(proposal=proposal, edited={}, by=units.chi, at=now),
        lambda: decide_proposals(
            source=source, proposals=source.proposals.all(), decision=PENDING, by=units.chi, at=now
        ),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied, match="kết thúc"):
            act()
    assert (Event.objects.count(), Document.objects.count()) == before


@pytest.mark.parametrize("person", ["an", "binh", "dung", "decision_maker", "inspector", "administrator"])
def test_only_the_coordinator_imports(read: Read, units: World, now: datetime, person: str) -> None:
    source, by = read("ke-hoach.docx"), getattr(units, person)
    everything, before = source.proposals.all(), Event.objects.count()
    acts: list[Callable[[], object]] = [
        lambda: start_import(data=b"Ke hoach", name="b.txt", by=by, at=now),
        lambda: decide_proposals(source=source, proposals=everything, decision=ACCEPTED, by=by, at=now),
        lambda: edit_proposal(proposal=everything[0], edited={}, by=by, at=now),
        lambda: accept_import(
            source=source, take_pending=True, by=by, at=now, code="k", title="K", owner=units.province
        ),
        lambda: discard_import(source=source, reason="x", by=by, at=now),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied, match="Cơ quan đầu mối"):
            act()
    assert (Import.objects.count(), Plan.objects.count(), Event.objects.count()) == (1, 0, before)
    assert not everything.exclude(decision=PENDING).exists()


def test_a_code_in_use_is_refused_and_writes_nothing(sample_plan: Plan, real_import: Import, accept: Accept) -> None:
    before = (PlanItem.objects.count(), Event.objects.count())
    with pytest.raises(ValidationError):
        accept(real_import, code=sample_plan.code)
    assert (PlanItem.objects.count(), Event.objects.count()) == before
    assert Import.objects.get(pk=real_import.pk).status == Import.Status.PROPOSED


def test_each_act_is_recorded(read: Read, accept: Accept, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    proposal = of_kind(source, "section")[0]
    edit_proposal(proposal=proposal, edited={**proposal.printed, "title": "Mục"}, by=units.chi, at=now)
    some = source.proposals.filter(kind="task")
    decide_proposals(source=source, proposals=some, decision=REJECTED, by=units.chi, at=now)
    accept(source)
    subject = Event.objects.filter(subject=f"intake.import:{source.pk}").order_by("pk")
    assert [event.act.rpartition(".")[2] for event in subject] == ["start", "edit", "decide", "accept"]


def test_a_sample_file_is_what_the_tests_say(units: World) -> None:
    assert {path.name for path in SAMPLE.glob("*.docx")} == {"ke-hoach.docx", "phu-luc-1.docx", "phu-luc-2.docx"}
