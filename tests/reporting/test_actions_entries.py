"""The officer writes."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from tests.factories import World, make_task
from tiendo.audit.models import Event
from tiendo.plans.files import FileKind, RefusedFile, inspect_file
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.plans.storage import read_file
from tiendo.reporting import actions
from tiendo.reporting.actions import evidence as acts
from tiendo.reporting.models import Duty, Entry
from tiendo.reporting.queries import values_of
from tiendo.reporting.rules import Values
from tiendo.reporting.workflow import IllegalMove

HALF = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Đã lắp 6 trạm")


def save(world: World, duty: Duty, task: Task, now: datetime, *, values: Values = HALF, revision: int = 0) -> Entry:
    return actions.save_draft(duty=duty, task=task, values=values, revision=revision, by=world.an, at=now)


def test_save_draft_keeps_what_is_typed_and_who_typed_it(world: World, duty: Duty, task: Task, now: datetime) -> None:
    entry = save(world, duty, task, now)
    assert (entry.state, entry.percent, entry.result) == ("in_progress", Decimal(50), "Đã lắp 6 trạm")
    assert (entry.revision, entry.saved_by, entry.saved_at) == (1, world.an, now)
    event = Event.objects.get(act="reporting.entry.save")
    assert (event.actor, event.subject) == ("an", f"reporting.entry:{entry.pk}")


def test_save_draft_keeps_half_typed_words(world: World, duty: Duty, task: Task, now: datetime) -> None:
    assert save(world, duty, task, now, values=Values(result="Đang")).state is None


def test_save_draft_of_an_older_page_is_told_and_overwrites_nothing(
    world: World, duty: Duty, task: Task, now: datetime
) -> None:
    save(world, duty, task, now)
    with pytest.raises(actions.Conflict, match="Nguyễn Văn An") as caught:
        actions.save_draft(duty=duty, task=task, values=Values(result="khác"), revision=0, by=world.binh, at=now)
    assert caught.value.entry.result == "Đã lắp 6 trạm"
    assert Entry.objects.get().result == "Đã lắp 6 trạm"


def test_two_edits_at_once_one_wins_the_other_is_told_and_nothing_is_lost(
    world: World, duty: Duty, task: Task, now: datetime
) -> None:
    """Both change the percentage: told, field by field. What only one changed is kept from both."""
    base = values_of(save(world, duty, task, now))
    ahead = replace(base, percent=Decimal(60), difficulty="Thiếu vốn")
    actions.save_draft(duty=duty, task=task, values=ahead, revision=1, base=base, by=world.binh, at=now)
    mine = replace(base, percent=Decimal(55), result="Đã lắp 7 trạm")
    given = {"duty": duty, "task": task, "revision": 1, "base": base, "by": world.an, "at": now}
    with pytest.raises(actions.Conflict, match="Lò Thị Bình") as caught:
        actions.save_draft(values=mine, **given)
    assert caught.value.fields == ("percent",)
    assert (caught.value.entry.percent, caught.value.entry.result) == (Decimal(60), "Đã lắp 6 trạm")
    assert Entry.objects.get().revision == 2
    entry = actions.save_draft(values=replace(mine, percent=base.percent), **given)
    assert (entry.percent, entry.result, entry.difficulty) == (Decimal(60), "Đã lắp 7 trạm", "Thiếu vốn")
    assert entry.writer_ids == sorted([world.an.pk, world.binh.pk])


def test_a_conflict_with_oneself_names_another_page(world: World, duty: Duty, task: Task, now: datetime) -> None:
    save(world, duty, task, now)
    with pytest.raises(actions.Conflict, match="một trang khác"):
        save(world, duty, task, now, values=Values(result="khác"))


def test_values_not_given_stay_as_they_are(world: World, duty: Duty, task: Task, now: datetime) -> None:
    save(world, duty, task, now)
    entry = actions.save_draft(
        duty=duty, task=task, values=Values(result="Thêm 1"), fields=["result"], revision=1, by=world.an, at=now
    )
    assert (entry.result, entry.percent, entry.state) == ("Thêm 1", Decimal(50), "in_progress")


def test_everybody_who_wrote_or_backed_is_known(world: World, duty: Duty, task: Task, now: datetime) -> None:
    save(world, duty, task, now)
    actions.add_document_evidence(duty=duty, task=task, number="12/QĐ", dated=date(2026, 6, 1), by=world.binh, at=now)
    assert Entry.objects.get().writer_ids == sorted([world.an.pk, world.binh.pk])


def test_the_same_file_sent_twice_over_a_broken_link_is_kept_once(
    world: World, duty: Duty, task: Task, now: datetime
) -> None:
    given = {"duty": duty, "task": task, "data": b"Bien ban", "name": "a.txt", "by": world.an, "at": now}
    assert actions.add_file_evidence(**given) == actions.add_file_evidence(**given)
    assert Event.objects.filter(act="reporting.entry.add_evidence").count() == 1


def test_save_draft_refuses_a_percentage_beyond_100(world: World, duty: Duty, task: Task, now: datetime) -> None:
    with pytest.raises((ValidationError, Exception), match="100"):
        save(world, duty, task, now, values=Values(state=WorkState.IN_PROGRESS, percent=Decimal("100.01")))
    assert not Entry.objects.exclude(percent=None).exists()


@pytest.mark.parametrize(
    "who", ["coordinator", "decision_maker", "finance", "inspector", "administrator", "other_unit"]
)
def test_save_draft_by_anybody_outside_the_unit_writes_and_records_nothing(
    world: World, duty: Duty, task: Task, now: datetime, who: str
) -> None:
    with pytest.raises(PermissionDenied, match="đơn vị"):
        actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=world.people[who], at=now)
    assert not Entry.objects.exists()
    assert not Event.objects.exists()


def test_save_draft_of_a_task_another_unit_leads_is_refused(
    world: World, plan: Plan, duty: Duty, now: datetime
) -> None:
    theirs = make_task(plan, by=world.chi, lead=world.unit_b, coordinating=[world.unit_a])
    with pytest.raises(PermissionDenied, match="không chủ trì"):
        save(world, duty, theirs, now)
    assert not Entry.objects.exists()


def test_a_sent_entry_is_not_edited_until_it_comes_back(world: World, duty: Duty, task: Task, now: datetime) -> None:
    save(world, duty, task, now)
    actions.send_duty(duty=duty, by=world.binh, at=now)
    with pytest.raises(IllegalMove, match="Đã nộp"):
        save(world, duty, task, now, revision=1)


def test_file_evidence_is_stored_by_content_and_opens_unchanged(
    world: World, duty: Duty, task: Task, now: datetime
) -> None:
    data = "Biên bản nghiệm thu 12 trạm".encode()
    evidence = actions.add_file_evidence(duty=duty, task=task, data=data, name="bien-ban.txt", by=world.an, at=now)
    assert evidence.file is not None
    assert read_file(evidence.file) == data
    assert evidence.file_name == "bien-ban.txt"


def test_evidence_that_is_not_what_its_name_says_is_refused(
    world: World, duty: Duty, task: Task, now: datetime
) -> None:
    with pytest.raises(RefusedFile):
        actions.add_file_evidence(
            duty=duty, task=task, data=b"<html><body>x</body></html>", name="quyet-dinh.docx", by=world.an, at=now
        )
    assert not Entry.objects.exists()
    assert not Event.objects.exists()


def test_a_file_is_inspected_while_others_may_write(
    world: World, duty: Duty, task: Task, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test itself holds a transaction, so one of the act's own would show as a savepoint."""
    held: list[int] = []

    def inspecting(*args: Any, **given: Any) -> FileKind:
        held.append(len(connection.savepoint_ids))
        return inspect_file(*args, **given)

    monkeypatch.setattr(acts, "inspect_file", inspecting)
    actions.add_file_evidence(duty=duty, task=task, data=b"Bien ban", name="a.txt", by=world.an, at=now)
    assert held == [0]


def test_removed_evidence_is_left_out_of_what_is_sent_next(world: World, duty: Duty, task: Task, now: datetime) -> None:
    save(world, duty, task, now)
    kept = actions.add_document_evidence(
        duty=duty, task=task, number="12/QĐ-UBND", dated=date(2026, 6, 1), by=world.an, at=now
    )
    gone = actions.add_document_evidence(
        duty=duty, task=task, number="13/QĐ-UBND", dated=date(2026, 6, 2), by=world.an, at=now
    )
    actions.remove_evidence(evidence=gone, by=world.an, at=now)
    actions.send_duty(duty=duty, by=world.binh, at=now)
    assert Entry.objects.get().submissions.get().evidence_ids == [kept.pk]
