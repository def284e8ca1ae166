"""Coordinating agencies are asked on sending, answer, dispute; the coordinator settles; the clock notes silence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import World, make_duty, make_entry, make_period, make_submission, make_task, make_unit, make_user
from tests.factories.groups import give_to, make_unit_group
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.orgs.models import Succession
from tiendo.plans.models import Assignment, Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.actions.asking import ask_parts
from tiendo.reporting.models import Duty, Entry, Part
from tiendo.reporting.parts import PartAct, PartState
from tiendo.reporting.rules import Values
from tiendo.reporting.workflow import IllegalMove

HALF = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Đã lắp 6 trạm")
DONE = Values(state=WorkState.COMPLETED, percent=Decimal(100), completed_on=date(2026, 6, 30), result="Đã xong")


@pytest.fixture
def task(world: World, plan: Plan) -> Task:
    """Led by unit A; unit B helps."""
    return make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b])


def send(world: World, duty: Duty, task: Task, now: datetime, values: Values = HALF) -> Entry:
    """Write over whatever stands there, with evidence when completion is claimed, and send."""
    entry = Entry.objects.filter(duty=duty, task=task).first()
    entry = actions.save_draft(
        duty=duty, task=task, values=values, revision=entry.revision if entry else 0, by=world.an, at=now
    )
    if values.state == WorkState.COMPLETED and not entry.evidence.exists():
        actions.add_document_evidence(duty=duty, task=task, number="1/BC", dated=date(2026, 6, 30), by=world.an, at=now)
    actions.send_duty(duty=duty, by=world.binh, at=now)
    return Entry.objects.get(pk=entry.pk)


@pytest.fixture
def sent(world: World, duty: Duty, task: Task, now: datetime) -> Entry:
    return send(world, duty, task, now)


def answer(world: World, entry: Entry, act: PartAct, now: datetime, text: str = "Ý kiến") -> Part:
    return actions.answer_part(part=entry.parts.get(), act=act, text=text, by=world.dung, at=now)


def test_sending_asks_each_coordinating_unit_once(world: World, sent: Entry, now: datetime) -> None:
    part = sent.parts.get()
    assert (part.unit, part.state, part.asked_at) == (world.unit_b, "asked", now)
    # asked on Wednesday 1 July: three working days end with Monday the 6th
    assert part.due_at == datetime(2026, 7, 6, 17, tzinfo=UTC)
    assert [row.state for row in part.answers.all()] == ["asked"]
    assert Notice.objects.get(kind="part.to_confirm").user == world.dung


def test_the_time_for_an_answer_is_a_setting(
    world: World, duty: Duty, task: Task, now: datetime, settings: pytest.FixtureRequest
) -> None:
    settings.TIENDO_PART_DAYS = 1  # type: ignore[attr-defined]
    assert send(world, duty, task, now).parts.get().due_at == datetime(2026, 7, 2, 17, tzinfo=UTC)


def test_the_unit_that_answers_today_is_asked(world: World, duty: Duty, task: Task, now: datetime) -> None:
    heir = make_unit("so-moi")
    make_user("moi", heir, Role.OFFICER)
    Succession.objects.create(
        predecessor=world.unit_b, successor=heir, kind="merge", effective_on=date(2026, 6, 1), is_default=True
    )
    assert send(world, duty, task, now).parts.get().unit == heir


def test_words_and_groups_ask_nobody_and_the_lead_never_itself(
    world: World, duty: Duty, plan: Plan, now: datetime
) -> None:
    task = make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_a])
    Assignment.objects.create(task=task, role="coordinating", printed="Hội Nhà báo", started_at=now)
    give_to(make_unit_group(world.unit_b), task)
    assert not send(world, duty, task, now).parts.exists()


def test_what_only_repeats_the_last_accepted_words_asks_nobody(
    world: World, plan: Plan, task: Task, duty: Duty, now: datetime
) -> None:
    before = now - timedelta(days=200)
    earlier = make_duty(make_period(plan, opens_at=before, due_at=before + timedelta(days=9)), world.unit_a)
    entry = make_entry(earlier, task, saved_by=world.an, state=HALF.state, percent=50, result=HALF.result)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    assert not send(world, duty, task, now).parts.exists()


def test_nothing_new_asks_nobody(world: World, duty: Duty, task: Task, now: datetime) -> None:
    actions.send_nothing_new(duty=duty, by=world.binh, at=now)
    assert not Part.objects.exists()


@pytest.mark.parametrize("who", ["officer", "head"])
def test_officer_and_head_of_the_unit_asked_answer_in_their_own_name(
    world: World, sent: Entry, who: str, now: datetime
) -> None:
    by = {"officer": world.dung, "head": make_user("truong-b", world.unit_b, Role.HEAD)}[who]
    part = actions.answer_part(part=sent.parts.get(), act="confirm", by=by, at=now)
    last = part.answers.order_by("-pk")[0]
    assert (part.state, last.answered_by, last.submission) == ("confirmed", by, sent.submissions.get())
    assert Event.objects.get(act="reporting.part.confirm").actor == by.username
    told = set(Notice.objects.filter(kind="part.answered").values_list("user__username", flat=True))
    assert told == {"an", "binh"}


@pytest.mark.parametrize("who", ["officer", "head", "coordinator", "decision_maker", "finance", "inspector"])
def test_nobody_else_answers(world: World, sent: Entry, who: str, now: datetime) -> None:
    part, events = sent.parts.get(), Event.objects.count()
    with pytest.raises(PermissionDenied, match="được hỏi"):
        actions.answer_part(part=part, act="confirm", by=world.people[who], at=now)
    part.refresh_from_db()
    assert (part.state, Event.objects.count()) == ("asked", events)


def test_a_unit_not_asked_sees_nothing(world: World, sent: Entry) -> None:
    stranger = make_user("la", make_unit("so-la"), Role.OFFICER)
    assert not Part.objects.visible_to(stranger).exists()
    for seen_by in (world.dung, world.an, world.chi, world.inspector):
        assert Part.objects.visible_to(seen_by).get() == sent.parts.get()


@pytest.mark.parametrize("act", [PartAct.AMEND, PartAct.DISPUTE])
def test_an_amendment_and_a_dispute_need_words(world: World, sent: Entry, act: PartAct, now: datetime) -> None:
    with pytest.raises(PermissionDenied, match="Hãy ghi rõ"):
        answer(world, sent, act, now, text="  ")
    assert answer(world, sent, act, now).answers.order_by("-pk")[0].text == "Ý kiến"


def test_what_is_accepted_is_not_disputed_any_more(world: World, sent: Entry, now: datetime) -> None:
    actions.accept_entry(entry=sent, by=world.chi, at=now)
    events = Event.objects.count()
    with pytest.raises(IllegalMove, match="đã được tiếp nhận"):
        answer(world, sent, PartAct.DISPUTE, now)
    assert (sent.parts.get().state, Event.objects.count()) == ("asked", events)
    assert answer(world, sent, PartAct.AMEND, now).state == "amended"


def test_completion_is_not_accepted_over_an_open_dispute(world: World, duty: Duty, task: Task, now: datetime) -> None:
    entry = send(world, duty, task, now, DONE)
    answer(world, entry, PartAct.DISPUTE, now, "Chưa bàn giao")
    for act in (
        lambda: actions.accept_entry(entry=entry, by=world.chi, at=now),
        lambda: actions.accept_duty(duty=duty, by=world.chi, at=now),
    ):
        with pytest.raises(IllegalMove, match="không thống nhất"):
            act()
    outcome = actions.accept_entries(duty=duty, seen={entry.pk: 1}, by=world.chi, at=now)
    assert not outcome.accepted
    assert "không thống nhất" in outcome.refused[entry.pk]
    task.refresh_from_db()
    assert task.state == "not_started"
    actions.settle_dispute(part=entry.parts.get(), reason="Đã có biên bản bàn giao", by=world.chi, at=now)
    actions.accept_entry(entry=entry, by=world.chi, at=now)
    task.refresh_from_db()
    assert task.state == "completed"


def test_progress_may_be_accepted_while_a_part_is_disputed(world: World, sent: Entry, now: datetime) -> None:
    answer(world, sent, PartAct.DISPUTE, now)
    assert actions.accept_entry(entry=sent, by=world.chi, at=now).status == "accepted"


def test_the_disputer_may_withdraw(world: World, sent: Entry, now: datetime) -> None:
    part = answer(world, sent, PartAct.DISPUTE, now)
    with pytest.raises(PermissionDenied):
        actions.withdraw_dispute(part=part, by=world.binh, at=now)
    assert actions.withdraw_dispute(part=part, by=world.dung, at=now).state == "confirmed"
    assert [row.state for row in part.answers.all()] == ["asked", "disputed", "confirmed"]


@pytest.mark.parametrize("who", ["officer", "head", "other_unit", "decision_maker", "inspector"])
def test_only_the_coordinator_settles(world: World, sent: Entry, who: str, now: datetime) -> None:
    part = answer(world, sent, PartAct.DISPUTE, now)
    with pytest.raises(PermissionDenied):
        actions.settle_dispute(part=part, reason="Lý do", by=world.people[who], at=now)
    with pytest.raises(PermissionDenied, match="Hãy ghi rõ"):
        actions.settle_dispute(part=part, reason=" ", by=world.chi, at=now)
    part.refresh_from_db()
    assert part.state == "disputed"


def test_nobody_settles_a_dispute_they_raised(world: World, sent: Entry, now: datetime) -> None:
    part = answer(world, sent, PartAct.DISPUTE, now)
    part.answers.filter(state="disputed").update(answered_by=world.chi)
    with pytest.raises(PermissionDenied, match="người khác"):
        actions.settle_dispute(part=part, reason="Lý do", by=world.chi, at=now)


def test_silence_is_recorded_from_the_due_moment_on_and_once(world: World, sent: Entry) -> None:
    part = sent.parts.get()
    assert actions.record_silence(by=None, at=part.due_at - timedelta(microseconds=1)) == []
    assert [each.pk for each in actions.record_silence(by=None, at=part.due_at)] == [part.pk]
    assert actions.record_silence(by=None, at=part.due_at + timedelta(days=9)) == []
    last = part.answers.order_by("-pk")[0]
    assert (last.state, last.answered_by, last.answered_at) == ("silent", None, part.due_at)
    assert Event.objects.filter(act="reporting.part.silence").count() == 1


def test_a_late_answer_follows_the_silence(world: World, sent: Entry) -> None:
    part = sent.parts.get()
    actions.record_silence(by=None, at=part.due_at)
    answer(world, sent, PartAct.DISPUTE, part.due_at + timedelta(hours=1))
    assert [row.state for row in part.answers.all()] == ["asked", "silent", "disputed"]


def test_silence_does_not_stand_in_the_way(world: World, duty: Duty, task: Task, now: datetime) -> None:
    entry = send(world, duty, task, now, DONE)
    actions.record_silence(by=None, at=entry.parts.get().due_at)
    assert actions.accept_entry(entry=entry, by=world.chi, at=now).status == "accepted"


Again = Callable[[Values], Entry]


@pytest.fixture
def again(world: World, sent: Entry, now: datetime) -> Again:
    """Returned, and sent once more with the values."""

    def resend(values: Values) -> Entry:
        actions.return_entry(entry=sent, reason="Thiếu số liệu", by=world.chi, at=now)
        return send(world, sent.duty, sent.task, now, values)

    return resend


def test_sent_again_with_other_words_asks_again(world: World, sent: Entry, again: Again, now: datetime) -> None:
    answer(world, sent, PartAct.CONFIRM, now)
    part = again(replace(HALF, percent=Decimal(60))).parts.get()
    assert part.state == "asked"
    assert [row.state for row in part.answers.all()] == ["asked", "confirmed", "asked"]
    assert Notice.objects.filter(kind="part.to_confirm", user=world.dung).count() == 2


def test_sent_again_with_the_same_words_keeps_the_confirmation(
    world: World, sent: Entry, again: Again, now: datetime
) -> None:
    answer(world, sent, PartAct.CONFIRM, now)
    assert again(HALF).parts.get().state == "confirmed"


def test_sending_other_words_does_not_end_a_dispute(world: World, sent: Entry, again: Again, now: datetime) -> None:
    answer(world, sent, PartAct.DISPUTE, now)
    assert again(replace(HALF, result="Viết khác đi")).parts.get().state == "disputed"
    assert Notice.objects.filter(kind="part.to_confirm", user=world.dung).count() == 2


def test_an_answer_to_words_no_longer_standing_is_refused(
    world: World, sent: Entry, again: Again, now: datetime
) -> None:
    again(replace(HALF, percent=Decimal(60)))
    with pytest.raises(IllegalMove, match="vừa gửi lại"):
        actions.answer_part(part=sent.parts.get(), act="confirm", number=1, by=world.dung, at=now)
    assert actions.answer_part(part=sent.parts.get(), act="confirm", number=2, by=world.dung, at=now)


def test_after_the_period_is_closed_nobody_answers(world: World, sent: Entry, now: datetime) -> None:
    actions.accept_entry(entry=sent, by=world.chi, at=now)
    actions.close_period(period=sent.duty.period, by=world.chi, at=now)
    with pytest.raises(PermissionDenied, match="khóa"):
        answer(world, sent, PartAct.CONFIRM, now)


def test_the_coordinator_hears_of_a_dispute(world: World, sent: Entry, now: datetime) -> None:
    answer(world, sent, PartAct.DISPUTE, now)
    told: set[User] = {notice.user for notice in Notice.objects.filter(kind="part.disputed")}
    assert told == {world.an, world.binh, world.chi}


def test_asking_takes_as_many_queries_for_three_items_as_for_one(
    world: World, plan: Plan, period: object, now: datetime
) -> None:
    counts = []
    for number in (1, 1, 3):  # the first of all makes the head of the log
        duty = make_duty(make_period(plan), world.unit_a)
        Task.objects.all().update(state=WorkState.CANCELLED)
        entries = [
            make_entry(duty, make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b]))
            for _ in range(number)
        ]
        submissions = [make_submission(entry, by=world.binh) for entry in entries]
        with CaptureQueriesContext(connection) as queries:
            ask_parts(duty=duty, submissions=submissions, by=world.binh, at=now)
        counts.append(len(queries))
    assert Part.objects.filter(state=PartState.ASKED).count() == 5
    assert counts[1] == counts[2]


def test_a_unit_with_nobody_in_the_house_is_not_asked(world: World, plan: Plan, duty: Duty, now: datetime) -> None:
    """Nobody could answer, and its silence would be said of it."""
    empty = make_unit("cong-ty")
    task = make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b, empty])
    assert [part.unit for part in send(world, duty, task, now).parts.all()] == [world.unit_b]


def test_silence_in_a_closed_period_waits_for_nobody(world: World, sent: Entry, now: datetime) -> None:
    Part.objects.update(state="silent")
    assert Part.objects.waiting().count() == 1
    sent.duty.period.closed_at = now + timedelta(days=30)
    sent.duty.period.save(update_fields=["closed_at"])
    assert not Part.objects.waiting().exists()
