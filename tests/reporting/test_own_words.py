"""Nobody signs their own words, neither after a return nor when somebody else took them from a workbook."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import World, make_user
from tests.web.test_report_workbook import at, filled_in
from tiendo.accounts.models import Role, User
from tiendo.plans.models import Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, Entry, Submission
from tiendo.reporting.routing import writers_of
from tiendo.reporting.rules import Values
from tiendo.reporting.workbooks.reading import read_report
from tiendo.reporting.workbooks.stored import compare

HALF = Values(state=WorkState.IN_PROGRESS, percent=Decimal(50), result="Đã lắp 6 trạm")


@pytest.fixture
def hoa(world: World) -> User:
    """A second head of unit A, who also writes."""
    return make_user("hoa", world.unit_a, Role.HEAD)


def refused(world: World, duty: Duty, by: User, now: datetime) -> None:
    sent = Submission.objects.count()
    with pytest.raises(PermissionDenied, match="đã soạn nội dung sắp gửi"):
        actions.send_duty(duty=duty, by=by, at=now)
    assert Submission.objects.count() == sent


def test_a_return_does_not_make_them_somebody_elses(
    world: World, duty: Duty, task: Task, hoa: User, now: datetime
) -> None:
    entry = actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=hoa, at=now)
    for number in (1, 2):
        actions.send_duty(duty=duty, by=world.binh, at=now)
        assert hoa.pk in entry.submissions.get(number=number).writer_ids
        actions.return_entry(entry=entry, reason="Nói rõ hơn", by=world.chi, at=now)
        entry.refresh_from_db()
        more = replace(HALF, percent=Decimal(50 + number))
        actions.save_draft(duty=duty, task=task, values=more, revision=entry.revision, by=world.an, at=now)
        assert writers_of(duty) == {hoa.pk, world.an.pk}
        refused(world, duty, hoa, now)


@pytest.mark.parametrize("begun", [False, True])
def test_who_handed_the_workbook_in_wrote_it(
    world: World, duty: Duty, task: Task, hoa: User, now: datetime, begun: bool
) -> None:
    if begun:
        actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=world.an, at=now)
    data = filled_in(duty, {at("state"): "Đang thực hiện", at("result"): "Đã lắp 8 trạm"})
    book = actions.receive_workbook(duty=duty, data=data, name="bao-cao.xlsx", by=hoa, at=now)
    seen = compare(read_report(data), duty, at=now).mark
    actions.take_workbook(workbook=book, codes=[task.code], over={}, seen=seen, by=world.an, at=now)
    assert set(Entry.objects.get().writer_ids) == {hoa.pk, world.an.pk}
    refused(world, duty, hoa, now)
    actions.send_duty(duty=duty, by=world.binh, at=now)
