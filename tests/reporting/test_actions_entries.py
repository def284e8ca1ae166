"""The officer writes."""

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
from tiendo.reporting.actions import entries
from tiendo.reporting.models import Duty, Entry
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

    monkeypatch.setattr(entries, "inspect_file", inspecting)
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
