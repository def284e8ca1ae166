"""From a unit's wish to the next version of the plan, and who is told of what."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import (
    NOON,
    TODAY,
    World,
    make_duty,
    make_entry,
    make_evidence,
    make_period,
    make_plan,
    make_task,
    move_task,
)
from tests.factories.amending import LATER, decide, make_amendment, make_line, make_proposal, submit
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.oversight.actions import amending, amending_drafts, amending_proposals
from tiendo.oversight.amendment_conflicts import Trouble
from tiendo.oversight.amendment_queries import conflicts_of, extensions_of, line_rows, standing_lines
from tiendo.oversight.amendment_wants import Change
from tiendo.oversight.amendment_workflow import IllegalMove
from tiendo.oversight.models import Amendment, Proposal
from tiendo.plans.actions import set_deadline, set_field
from tiendo.plans.actions.terms import keep_terms
from tiendo.plans.comparisons import compare_versions
from tiendo.plans.differences import Kind, Turn
from tiendo.plans.models import Charge, Plan, Task
from tiendo.plans.queries import paths_in
from tiendo.plans.states import WorkState
from tiendo.plans.structure import Due
from tiendo.plans.terms import terms_of
from tiendo.reporting.models import Entry


def told() -> set[str]:
    return set(Notice.objects.values_list("user__username", flat=True))


def test_only_what_differs_is_kept_of_a_wish(world: World, task: Task) -> None:
    wanted = {"title": task.title, "product": "Bản đồ phủ sóng", "due": LATER}
    proposal = make_proposal(task, world, kind=Change.CHANGE, wanted=wanted | {"due": None} | {"x": 1}, sent=False)
    assert proposal.wanted == {"product": "Bản đồ phủ sóng", "due": None}
    assert proposal.base["product"] == "Báo cáo kết quả"
    assert not proposal.sent_at
    assert not told()


def test_a_wish_leaves_the_unit_signed_by_its_head(world: World, task: Task) -> None:
    proposal = make_proposal(task, world, sent=False)
    with pytest.raises(PermissionDenied, match="thủ trưởng"):
        amending_proposals.send_proposal(proposal=proposal, by=world.an, at=NOON)
    amending_proposals.send_proposal(proposal=proposal, by=world.binh, at=NOON)
    assert told() == {"chi"}
    assert task.plan.version.number == 1
    task.refresh_from_db()
    assert task.due_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("kind", "wanted", "sentence"),
    [
        (Change.EXTEND, {}, "Chưa có nội dung"),
        (Change.EXTEND, {"due": {"raw": None, "kind": "moment", "on": "2026-12-01"}}, "sau thời hạn"),
        (Change.CHANGE, {"due": LATER}, "gia hạn"),
        (Change.CHANGE, {"title": ""}, "tên và nội dung"),
        (Change.TRANSFER, {"lead": []}, "một cơ quan chủ trì"),
    ],
)
def test_a_wish_that_is_not_whole_is_not_sent(
    world: World, task: Task, kind: Change, wanted: dict[str, object], sentence: str
) -> None:
    proposal = make_proposal(task, world, kind=kind, wanted=wanted, sent=False)
    before = Event.objects.count()
    with pytest.raises(IllegalMove, match=sentence):
        amending_proposals.send_proposal(proposal=proposal, by=world.binh, at=NOON)
    assert Event.objects.count() == before


def test_dung_proposes_nothing_for_a_task_of_unit_a_and_sees_none(world: World, task: Task) -> None:
    proposal = make_proposal(task, world)
    assert not Proposal.objects.visible_to(world.dung).exists()
    assert Proposal.objects.visible_to(world.chi).get() == proposal
    given = {"plan": task.plan, "kind": Change.DROP, "task": task, "wanted": {}, "reason": "x", "at": NOON}
    for unit in (world.unit_a, world.unit_b):
        with pytest.raises(PermissionDenied):
            amending_proposals.write_proposal(unit=unit, by=world.dung, **given)
    assert Proposal.objects.count() == 1


def test_the_coordinator_sends_a_wish_back_or_refuses_it_with_words(world: World, task: Task) -> None:
    proposal = make_proposal(task, world)
    with pytest.raises(PermissionDenied, match="lý do"):
        amending_proposals.return_proposal(proposal=proposal, answer=" ", by=world.chi, at=NOON)
    amending_proposals.return_proposal(proposal=proposal, answer="Thiếu văn bản", by=world.chi, at=NOON)
    amending_proposals.edit_proposal(
        proposal=proposal, wanted={"due": LATER}, reason="Có công văn 5", by=world.an, at=NOON
    )
    amending_proposals.send_proposal(proposal=proposal, by=world.binh, at=NOON + timedelta(hours=1))
    done = amending_proposals.refuse_proposal(proposal=proposal, answer="Không đủ căn cứ", by=world.chi, at=NOON)
    assert (done.state, done.answer) == ("refused", "Không đủ căn cứ")
    assert Notice.objects.filter(user=world.an, body="Không đủ căn cứ").exists()


def test_several_wishes_for_one_task_become_one_line(world: World, plan: Plan, task: Task) -> None:
    first, second = make_proposal(task, world), make_proposal(task, world)
    amendment = make_amendment(plan, world, first, second)
    (row,) = line_rows(amendment)
    assert row.proposals == (first, second)
    assert [(c.field, c.turn, c.days) for c in row.changes] == [("due", Turn.LATER, 181)]
    other = {"due": {"raw": None, "kind": "moment", "on": "2027-03-31"}}
    amending_drafts.edit_line(line=row.line, wanted=other, reason="Rút ngắn", by=world.chi, at=NOON)
    first.refresh_from_db()
    assert (first.state, first.wanted) == ("consolidated", {"due": LATER})


def test_a_line_taken_out_gives_its_wishes_back(world: World, plan: Plan, task: Task) -> None:
    proposal = make_proposal(task, world)
    amendment = make_amendment(plan, world, proposal)
    amending_drafts.remove_line(line=standing_lines(amendment)[0], by=world.chi, at=NOON)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.line, standing_lines(amendment)) == ("sent", None, [])
    amending_drafts.take_proposal(amendment=amendment, proposal=proposal, by=world.chi, at=NOON)
    assert len(standing_lines(amendment)) == 1


def test_one_draft_at_a_time(world: World, plan: Plan) -> None:
    make_amendment(plan, world)
    with pytest.raises(IllegalMove, match="chưa được quyết định"):
        make_amendment(plan, world)


def test_an_empty_draft_is_not_submitted(world: World, plan: Plan) -> None:
    with pytest.raises(IllegalMove, match="chưa có thay đổi"):
        submit(make_amendment(plan, world), world)


def test_a_task_changed_meanwhile_is_a_conflict_to_settle(world: World, plan: Plan, task: Task) -> None:
    amendment = make_amendment(plan, world, make_proposal(task, world))
    due = Due("15/01/2027", "moment", date(2027, 1, 15))
    set_deadline(task=task, due=due, reason="x", source="CV 9", by=world.chi, at=NOON)
    (conflict,) = conflicts_of(standing_lines(amendment))
    assert (conflict.trouble, conflict.field, conflict.now["on"]) == (Trouble.CHANGED, "due", "2027-01-15")
    with pytest.raises(IllegalMove, match="xung đột"):
        submit(amendment, world)
    amending_drafts.confirm_line(line=standing_lines(amendment)[0], by=world.chi, at=NOON)
    submit(amendment, world)
    set_deadline(
        task=task, due=Due("1/2/2027", "moment", date(2027, 2, 1)), reason="x", source="y", by=world.chi, at=NOON
    )
    with pytest.raises(IllegalMove, match="xung đột"):
        decide(amendment, world)
    assert plan.version.number == 1


def test_a_dropped_or_completed_task_cannot_be_confirmed(world: World, plan: Plan, task: Task) -> None:
    amendment = make_amendment(plan, world, make_proposal(task, world))
    move_task(task, WorkState.COMPLETED, completed_on=TODAY, by=world.chi)
    assert [c.trouble for c in conflicts_of(standing_lines(amendment))] == [Trouble.COMPLETED]
    with pytest.raises(IllegalMove, match="sửa hoặc bỏ"):
        amending_drafts.confirm_line(line=standing_lines(amendment)[0], by=world.chi, at=NOON)


def test_two_lines_on_one_thing_are_a_conflict(world: World, plan: Plan, task: Task) -> None:
    amendment = make_amendment(plan, world, make_proposal(task, world))
    make_line(amendment, world, Change.DROP, task)
    assert {c.trouble for c in conflicts_of(standing_lines(amendment))} == {Trouble.TWICE}
    with pytest.raises(IllegalMove, match="đã có dòng này"):
        make_line(amendment, world, Change.DROP, task)


def test_only_a_decision_with_a_number_changes_the_plan(world: World, plan: Plan, task: Task) -> None:
    amendment = submit(make_amendment(plan, world, make_proposal(task, world)), world)
    given = {"amendment": amendment, "issued_on": TODAY, "in_force_from": TODAY, "at": NOON}
    with pytest.raises(PermissionDenied, match="số, ký hiệu"):
        amending.decide_amendment(number=" ", by=world.decision_maker, **given)
    for user in (world.chi, world.binh, world.inspector, world.administrator):
        with pytest.raises(PermissionDenied):
            amending.decide_amendment(number="1/QĐ", by=user, **given)
    task.refresh_from_db()
    assert (task.due_on, plan.version.number) == (date(2026, 12, 31), 1)


@pytest.mark.parametrize(("issued", "start"), [(1, 1), (0, -1)])
def test_the_days_of_a_decision_are_in_order(world: World, plan: Plan, task: Task, issued: int, start: int) -> None:
    amendment = submit(make_amendment(plan, world, make_proposal(task, world)), world)
    with pytest.raises(IllegalMove):
        amending.decide_amendment(
            amendment=amendment,
            number="1/QĐ",
            issued_on=TODAY + timedelta(days=issued),
            in_force_from=TODAY + timedelta(days=start),
            by=world.decision_maker,
            at=NOON,
        )


def test_a_decided_extension_is_the_next_line_of_the_ledger(world: World, plan: Plan, task: Task) -> None:
    proposal = make_proposal(task, world)
    done = decide(submit(make_amendment(plan, world, proposal), world), world)
    task.refresh_from_db()
    line = task.deadline_lines.last()
    assert line is not None
    assert (task.due_on, task.original_due_on) == (date(2027, 6, 30), date(2026, 12, 31))
    assert (line.number, line.reason, line.source) == (2, "Thiết bị giao chậm", "Sửa đổi lần 1")
    assert extensions_of([task]) == {task.pk: 1}
    proposal.refresh_from_db()
    assert (done.state, proposal.state, done.version) == ("in_force", "decided", plan.version)
    assert (plan.version.number, plan.version.in_force_from) == (2, TODAY)
    assert {"an", "binh", "chi"} <= told()
    assert "dung" not in told()
    found = compare_versions(plan.versions.get(number=1), plan.version)
    assert [x.kind for group in found.groups for x in group.lines] == [Kind.CHANGED]


def test_a_transfer_ends_one_part_and_begins_another(world: World, plan: Plan, task: Task) -> None:
    wanted = {"lead": [{"unit": world.unit_b.code, "printed": None}]}
    proposal = make_proposal(task, world, kind=Change.TRANSFER, wanted=wanted)
    decide(submit(make_amendment(plan, world, proposal), world), world)
    parts = {part.unit: part for part in task.assignments.filter(role="lead")}
    assert parts[world.unit_a].ended_at == NOON
    assert (parts[world.unit_b].started_at, parts[world.unit_b].ended_at) == (NOON, None)
    assert not Charge.objects.filter(task=task, valid_to=None).exists()
    assert Task.objects.visible_to(world.dung).get() == task
    assert {"an", "binh", "dung"} <= told()


def test_a_change_of_words_is_a_new_piece_that_goes_on_from_the_old(world: World, plan: Plan, task: Task) -> None:
    wanted = {"title": "Phủ sóng 5G toàn tỉnh", "description": "Phủ sóng 5G đến mọi bản"}
    decide(
        submit(make_amendment(plan, world, make_proposal(task, world, kind=Change.CHANGE, wanted=wanted)), world), world
    )
    first, last = plan.versions.order_by("number")
    task.refresh_from_db()
    assert (task.title, task.item.text, task.item.version) == ("Phủ sóng 5G toàn tỉnh", "Phủ sóng 5G đến mọi bản", last)
    assert task.item.origin == first.items.get()
    assert paths_in(last) == paths_in(first)
    row = task.item.where["lines"][0]
    assert "Phủ sóng 5G đến mọi bản" in last.document.lines[row - 1]
    source = task.sources.filter(field="description").last()
    assert source is not None
    assert (source.document, source.where) == (last.document, {"lines": [row, row]})


def test_a_dropped_task_is_cancelled_and_its_piece_left_out(world: World, plan: Plan, task: Task) -> None:
    decide(submit(make_amendment(plan, world, make_proposal(task, world, kind=Change.DROP, wanted={})), world), world)
    task.refresh_from_db()
    assert task.state == WorkState.CANCELLED
    assert not plan.version.items.exists()
    assert plan.versions.get(number=1).items.exists()
    assert terms_of(plan.version)[task.code]["dropped"]


def test_an_added_task_is_followed_from_the_day_in_force(world: World, plan: Plan, task: Task) -> None:
    amendment = make_amendment(plan, world)
    make_line(
        amendment,
        world,
        Change.ADD,
        None,
        title="Kho dữ liệu dùng chung",
        description="Xây dựng kho dữ liệu dùng chung",
        group="III.1.1",
        due=LATER,
        lead=[{"unit": world.unit_b.code, "printed": None}],
    )
    decide(submit(amendment, world), world)
    added = Task.objects.get(title="Kho dữ liệu dùng chung")
    assert (added.followed_from, added.due_on, added.original_due_on) == (TODAY, date(2027, 6, 30), date(2027, 6, 30))
    assert added.assignments.get().unit == world.unit_b
    assert added.item.version == plan.version
    assert "dung" in told()


def test_tasks_in_one_piece_leave_it_as_it_stands(world: World, plan: Plan, task: Task) -> None:
    other = make_task(plan, by=world.chi, lead=world.unit_a, item=task.item, title="Tuyên truyền")
    amendment = make_amendment(plan, world, make_proposal(task, world, kind=Change.DROP, wanted={}))
    make_line(amendment, world, Change.CHANGE, other, description="Tuyên truyền rộng hơn")
    decide(submit(amendment, world), world)
    assert [item.text for item in plan.version.items.all()] == [task.item.text]
    other.refresh_from_db()
    assert other.description == "Tuyên truyền rộng hơn"


def test_two_lines_of_one_task_go_together(world: World, plan: Plan, task: Task) -> None:
    amendment = make_amendment(plan, world, make_proposal(task, world))
    make_line(amendment, world, Change.TRANSFER, task, lead=[{"unit": world.unit_b.code, "printed": None}])
    make_line(amendment, world, Change.CHANGE, task, product="Bản đồ", coordinating=[])
    decide(submit(amendment, world), world)
    task.refresh_from_db()
    lead = task.assignments.get(role="lead", ended_at=None)
    assert (task.due_on, task.product, lead.unit) == (date(2027, 6, 30), "Bản đồ", world.unit_b)


def test_decided_for_later_it_waits_for_its_day(world: World, plan: Plan, task: Task) -> None:
    start = TODAY + timedelta(days=10)
    amendment = decide(submit(make_amendment(plan, world, make_proposal(task, world)), world), world, start=start)
    assert (amendment.state, amendment.version, plan.version.number) == ("decided", None, 1)
    assert amending.bring_into_force(at=NOON + timedelta(days=9)) == []
    assert amending.bring_into_force(at=NOON + timedelta(days=10)) == [amendment]
    assert amending.bring_into_force(at=NOON + timedelta(days=11)) == []
    amendment.refresh_from_db()
    assert (amendment.state, plan.version.in_force_from) == ("in_force", start)
    last = Event.objects.filter(act="oversight.amendment.bring_into_force").get()
    assert last.actor == "hệ thống"


def test_a_task_that_ended_before_the_day_keeps_how_it_ended(world: World, plan: Plan, task: Task) -> None:
    """Finished late between decision and day: the later deadline does not make it timely."""
    start = TODAY + timedelta(days=10)
    decide(
        submit(make_amendment(plan, world, make_proposal(task, world, kind=Change.DROP, wanted={})), world),
        world,
        start=start,
    )
    move_task(task, WorkState.COMPLETED, completed_on=TODAY, by=world.chi)
    amending.bring_into_force(at=NOON + timedelta(days=10))
    task.refresh_from_db()
    assert (task.state, task.completed_on, plan.version.number) == (WorkState.COMPLETED, TODAY, 2)
    assert not terms_of(plan.version)[task.code]["dropped"]


def test_what_is_being_written_stays(world: World, plan: Plan, task: Task) -> None:
    duty = make_duty(make_period(plan), world.unit_a)
    entry = make_entry(duty, task)
    evidence = make_evidence(entry, by=world.an)
    decide(submit(make_amendment(plan, world, make_proposal(task, world, kind=Change.DROP, wanted={})), world), world)
    kept = Entry.objects.get()
    assert (kept, kept.result, kept.revision, kept.evidence.get()) == (entry, entry.result, entry.revision, evidence)


def test_a_refused_draft_ends_its_wishes_and_changes_nothing(world: World, plan: Plan, task: Task) -> None:
    proposal = make_proposal(task, world)
    amendment = submit(make_amendment(plan, world, proposal), world)
    amending.refuse_amendment(amendment=amendment, answer="Chưa cần", by=world.decision_maker, at=NOON)
    proposal.refresh_from_db()
    assert (proposal.state, plan.version.number) == ("refused", 1)
    assert {"an", "binh", "chi"} <= told()
    make_amendment(plan, world)


def test_a_returned_draft_is_submitted_again(world: World, plan: Plan, task: Task) -> None:
    amendment = submit(make_amendment(plan, world, make_proposal(task, world)), world)
    amending.return_amendment(amendment=amendment, answer="Bổ sung lý do", by=world.decision_maker, at=NOON)
    amending_drafts.edit_amendment(amendment=amendment, title="Sửa đổi", summary="Lý do", by=world.chi, at=NOON)
    assert submit(amendment, world).state == "submitted"


def test_who_submitted_does_not_decide(world: World, plan: Plan, task: Task) -> None:
    from tests.factories import make_user
    from tiendo.accounts.models import Post, Role

    both = make_user("hai", world.province, Role.DECISION_MAKER)
    Post.objects.create(
        user=both, unit=world.coordinator_unit, role=Role.COORDINATOR, title="x", valid_from=date(2025, 1, 1)
    )
    amendment = make_amendment(plan, world, make_proposal(task, world))
    amending_drafts.submit_amendment(amendment=amendment, by=both, at=NOON)
    with pytest.raises(PermissionDenied, match="người khác"):
        amending.decide_amendment(
            amendment=amendment, number="1", issued_on=TODAY, in_force_from=TODAY, by=both, at=NOON
        )


def test_an_agency_amends_its_own_plan_by_the_same_steps(world: World) -> None:
    """In unit A's own plan An consolidates and Bình decides; neither Chi nor the chairman has a part in it."""
    own = make_plan(world.unit_a, code="kh-a", title="Kế hoạch của Sở Xây dựng")
    task = make_task(own, by=world.chi, lead=world.unit_a)
    proposal = make_proposal(task, world)
    given = {"plan": own, "title": "Điều chỉnh", "at": NOON}
    for user in (world.chi, world.dung, world.decision_maker, world.binh):
        with pytest.raises(PermissionDenied):
            amending_drafts.start_amendment(by=user, **given)
    amendment = amending_drafts.start_amendment(by=world.an, **given)
    amending_drafts.take_proposal(amendment=amendment, proposal=proposal, by=world.an, at=NOON)
    amending_drafts.submit_amendment(amendment=amendment, by=world.an, at=NOON)
    assert Amendment.objects.visible_to(world.binh).exists()
    assert not Amendment.objects.visible_to(world.dung).exists()
    paper = {"number": "1/QĐ-SXD", "issued_on": TODAY, "in_force_from": TODAY, "at": NOON}
    with pytest.raises(PermissionDenied):
        amending.decide_amendment(amendment=amendment, by=world.decision_maker, **paper)
    amending.decide_amendment(amendment=amendment, by=world.binh, **paper)
    task.refresh_from_db()
    assert (task.due_on, own.version.number) == (date(2027, 6, 30), 2)
    assert own.version.document.issuer == "Sở Xây dựng"


@pytest.mark.parametrize(
    "act",
    [
        lambda a, w: amending_drafts.edit_amendment(amendment=a, title="x", summary="", by=w, at=NOON),
        lambda a, w: amending_drafts.submit_amendment(amendment=a, by=w, at=NOON),
        lambda a, w: amending_drafts.remove_line(line=a.lines.get(), by=w, at=NOON),
        lambda a, w: amending_drafts.confirm_line(line=a.lines.get(), by=w, at=NOON),
        lambda a, w: amending.return_amendment(amendment=a, answer="x", by=w, at=NOON),
        lambda a, w: amending.refuse_amendment(amendment=a, answer="x", by=w, at=NOON),
    ],
)
def test_a_refused_act_writes_and_records_nothing(
    world: World, plan: Plan, task: Task, act: Callable[..., object]
) -> None:
    amendment = make_amendment(plan, world, make_proposal(task, world))
    before = (Event.objects.count(), Amendment.objects.values().get(), Notice.objects.count())
    for name in ("officer", "head", "finance", "inspector", "administrator", "other_unit"):
        with pytest.raises(PermissionDenied):
            act(amendment, world.people[name])
    assert before == (Event.objects.count(), Amendment.objects.values().get(), Notice.objects.count())


def test_a_field_filled_by_hand_meanwhile_is_no_conflict_for_another_field(
    world: World, plan: Plan, task: Task
) -> None:
    amendment = make_amendment(plan, world, make_proposal(task, world))
    set_field(task=task, field="product", value="Bản đồ", source="CV 1", by=world.chi, at=NOON)
    assert conflicts_of(standing_lines(amendment)) == []
    decide(submit(amendment, world), world)
    task.refresh_from_db()
    assert task.product == "Bản đồ"


def test_what_waits_for_its_day_is_not_decided_over(world: World, plan: Plan, task: Task) -> None:
    """The older decision, later in force, would undo the newer one."""
    start = TODAY + timedelta(days=30)
    first = make_amendment(plan, world)
    make_line(first, world, Change.TRANSFER, task, lead=[{"unit": world.unit_b.code, "printed": None}])
    decide(submit(first, world), world, start=start)
    second = make_amendment(plan, world)
    given = [{"unit": world.finance_unit.code, "printed": None}]
    line = make_line(second, world, Change.TRANSFER, task, lead=given)
    assert [each.trouble for each in conflicts_of(standing_lines(second))] == [Trouble.WAITING]
    with pytest.raises(IllegalMove, match="sửa hoặc bỏ"):
        amending_drafts.confirm_line(line=line, by=world.chi, at=NOON)
    with pytest.raises(IllegalMove, match="xung đột"):
        submit(second, world)
    amending.bring_into_force(at=NOON + timedelta(days=30))
    amending_drafts.edit_line(line=line, wanted={"lead": given}, reason="Rà soát", by=world.chi, at=NOON)
    assert submit(second, world).state == "submitted"


def test_an_extension_that_waited_does_not_shorten_what_was_granted_meanwhile(
    world: World, plan: Plan, task: Task
) -> None:
    start = TODAY + timedelta(days=10)
    decide(submit(make_amendment(plan, world, make_proposal(task, world)), world), world, start=start)
    later = Due("31/12/2027", "moment", date(2027, 12, 31))
    set_deadline(task=task, due=later, reason="Chờ vốn", source="CV 9", by=world.chi, at=NOON)
    (done,) = amending.bring_into_force(at=NOON + timedelta(days=10))
    task.refresh_from_db()
    assert (task.due_on, done.state) == (date(2027, 12, 31), "in_force")
    assert Event.objects.get(act="oversight.amendment.bring_into_force").detail["without"] == [done.lines.get().pk]


def test_one_that_cannot_come_into_force_holds_up_no_other_plan(
    world: World, plan: Plan, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, other = TODAY + timedelta(days=10), make_plan(world.province, code="KH99")
    decide(submit(make_amendment(plan, world, make_proposal(task, world)), world), world, start=start)
    second = make_task(other, by=world.chi, lead=world.unit_a)
    waiting = decide(submit(make_amendment(other, world, make_proposal(second, world)), world), world, start=start)
    real = amending.add_version

    def broken(*, plan: Plan, **given: object) -> object:
        if plan.code != "KH99":
            raise ValueError("unsound")
        return real(plan=plan, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(amending, "add_version", broken)
    with pytest.raises(ValueError, match="unsound"):
        amending.bring_into_force(at=NOON + timedelta(days=10))
    waiting.refresh_from_db()
    assert waiting.state == "in_force"
    assert Amendment.objects.get(plan=plan).state == "decided"


def test_what_was_filled_by_hand_meanwhile_is_told_apart_from_the_decision(
    world: World, plan: Plan, task: Task
) -> None:
    other = make_task(plan, by=world.chi, lead=world.unit_a, title="Việc khác")
    keep_terms(version=plan.version)
    set_field(task=other, field="product", value="Bản đồ", source="CV 1", by=world.chi, at=NOON)
    set_field(task=task, field="authority", value="Chủ tịch", source="CV 1", by=world.chi, at=NOON)
    decide(submit(make_amendment(plan, world, make_proposal(task, world)), world), world)
    found = compare_versions(plan.versions.get(number=1), plan.version)
    told = [
        {line.code: [change.field for change in line.changes] for group in groups for line in group.lines}
        for groups in (found.groups, found.by_hand)
    ]
    assert told == [{task.code: ["due"]}, {task.code: ["authority"], other.code: ["product"]}]
    assert terms_of(plan.versions.get(number=1))[other.code]["product"] != "Bản đồ"


def test_a_decision_after_a_clock_that_missed_its_day_lets_the_earlier_one_go_first(
    world: World, plan: Plan, task: Task
) -> None:
    """Or the version of the earlier day would hold the words of the later decision."""
    other, day = make_task(plan, by=world.chi, lead=world.unit_a), TODAY + timedelta(days=8)
    decide(submit(make_amendment(plan, world, make_proposal(task, world)), world), world, start=day - timedelta(days=3))
    second = submit(make_amendment(plan, world, make_proposal(other, world)), world)
    facts = {"number": "124/QĐ-UBND", "issued_on": day, "in_force_from": day, "at": NOON + timedelta(days=10)}
    with pytest.raises(PermissionDenied):
        amending.decide_amendment(amendment=second, by=world.binh, **facts)
    assert plan.versions.count() == 1
    amending.decide_amendment(amendment=second, by=world.decision_maker, **facts)
    versions = plan.versions.order_by("number")
    assert [version.in_force_from for version in versions[1:]] == [day - timedelta(days=3), day]
    first_day = [terms_of(version)[other.code]["due"] == LATER for version in versions[1:]]
    assert first_day == [False, True]
