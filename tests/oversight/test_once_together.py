"""What may be done once is done once by two who do it at the same moment, on a database in which they meet."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from tests.factories import (
    NOON,
    make_duty,
    make_entry,
    make_evidence,
    make_period,
    make_plan,
    make_submission,
    make_task,
    make_world,
)
from tests.factories.obstacles import make_difficulty
from tests.reporting.test_together import together
from tiendo.accounts.models import User
from tiendo.evaluation.actions.audits import frame_audit
from tiendo.evaluation.models import ClaimAudit
from tiendo.evaluation.sampling import Design
from tiendo.oversight.difficulty_workflow import IllegalMove
from tiendo.oversight.models import Difficulty
from tiendo.plans.models import Task

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="a database in memory belongs to one thread"),
]


def test_one_report_s_words_enter_the_register_once_and_one_audit_is_framed() -> None:
    world = make_world()
    plan = make_plan(world.province)
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    entry = make_entry(
        make_duty(make_period(plan), world.unit_a), task, saved_by=world.an, state="completed", difficulty="Thiếu vốn"
    )
    make_evidence(entry, by=world.an)
    told = make_submission(entry, by=world.binh, accepted_by=world.chi)
    Task.objects.filter(pk=task.pk).update(state="completed", completed_on=date(2026, 6, 1))

    def register() -> object:
        return make_difficulty(plan, world.unit_a, by=User.objects.get(pk=world.an.pk), submission=told)

    def frame() -> object:
        chi, words = User.objects.get(pk=world.chi.pk), {"title": "Đợt 1", "seed_source": "Xổ số ngày 15/01/2027"}
        days = {"first": date(2026, 1, 1), "until": date(2027, 1, 1), "design": Design()}
        return frame_audit(plan=plan, by=chi, at=NOON, **words, **days)  # type: ignore[arg-type]

    refused = together(register, register, frame, frame)
    assert {type(each) for each in refused if each} == {IllegalMove, PermissionDenied}
    assert (Difficulty.objects.count(), ClaimAudit.objects.count()) == (1, 1)
