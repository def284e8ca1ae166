"""The sample as it stands in the database after being loaded through readers and acts."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tiendo.accounts.models import Absence, Post, User
from tiendo.audit.models import Event
from tiendo.audit.queries import find_break
from tiendo.config.sample.load import is_loaded, load_sample
from tiendo.config.sample.story import PASSWORD
from tiendo.orgs.models import Unit
from tiendo.oversight.models import Amendment, Proposal
from tiendo.plans.models import Annex, Assignment, DeadlineLine, Milestone, PlanItem, Task
from tiendo.plans.queries import overview, unclear
from tiendo.publication.models import Release
from tiendo.reporting.models import (
    ApprovalStep,
    Duty,
    Entry,
    Evidence,
    ExtensionRequest,
    IssuedReport,
    Part,
    PartAnswer,
    Period,
    ProgrammeEntry,
    Remark,
    Schedule,
    Submission,
    Urging,
)

NOW = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
TODAY = NOW.date()

# The mark makes the database, also when these tests run alone; each test is rolled back to what was loaded.
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module", autouse=True)
def said(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """The sample, loaded once for this module and rolled back after it; what the loader said on the way."""
    words: list[str] = []
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.conf.settings.MEDIA_ROOT", tmp_path_factory.mktemp("files"))
        load_sample(now=NOW, say=words.append)
        yield words
        transaction.set_rollback(True)


def test_sample_says_where_it_is_and_knows_that_it_is_loaded(said: list[str]) -> None:
    assert len(said) >= 7
    assert is_loaded()


def test_sample_has_every_unit_and_the_people_who_report() -> None:
    assert Unit.objects.in_force(TODAY).filter(kind="commune").count() == 38
    assert Post.objects.filter(role="head").values("unit").distinct().count() == 57
    assert User.objects.get(username="can-bo.y-te").check_password(PASSWORD)


def test_sample_has_tasks_in_eight_groups_and_indicators() -> None:
    assert Task.objects.count() >= 60
    assert set(Task.objects.values_list("group__code", flat=True)) == {f"III.1.{number}" for number in range(1, 9)}
    latest = PlanItem.objects.filter(version__number=3)
    assert latest.filter(kind="indicator_row").count() >= 30
    assert not Annex.objects.filter(document=None).exists()


def test_sample_has_two_closed_periods_and_an_open_one() -> None:
    assert Period.objects.exclude(closed_at=None).count() == 2
    current = Period.objects.get(closed_at=None, opened_at__isnull=False, programme_entry=None)
    assert current.is_open
    assert not current.is_past_due(NOW)
    assert Duty.objects.filter(period=current).count() == 58
    assert current.duties.get(unit__reports=False).unit.code == "tinh-doan"  # asked for the one task it leads


@pytest.mark.parametrize("cell", ["done_on_time", "done_late", "open_in_time", "open_overdue"])
def test_each_official_cell_has_several_tasks(cell: str) -> None:
    assert overview(Task.objects.all(), on=TODAY).counts[cell] >= 5


@pytest.mark.parametrize("concern", ["due_soon", "without_lead", "without_report", "stale"])
def test_each_concern_of_the_overview_has_tasks(concern: str) -> None:
    assert overview(Task.objects.all(), on=TODAY).counts[concern] >= 1


def test_sample_has_returned_late_and_missing_reports() -> None:
    assert Submission.objects.filter(verdict="returned").count() == 3
    assert sum(duty.is_late for duty in Duty.objects.select_related("period")) >= 6
    assert Duty.objects.missing().exclude(period__closed_at=None).exclude(unit__reports=False).count() == 6
    assert Duty.objects.filter(status="returned").count() == 1
    assert Entry.objects.filter(status="draft").count() >= 2


def test_completion_refused_for_want_of_evidence_was_never_submitted() -> None:
    sent = Submission.objects.filter(entry__task__number="14").order_by("pk")

    assert [row.state for row in sent] == ["in_progress", "in_progress", "completed"]


def test_every_accepted_completion_has_evidence() -> None:
    completed = Submission.objects.filter(state="completed", verdict="accepted")

    assert completed.count() >= 25
    assert all(row.evidence_ids for row in completed)
    assert Evidence.objects.exclude(file=None).count() >= 5


def test_task_of_a_merged_department_keeps_its_name_and_is_reported_by_the_successor() -> None:
    task = Task.objects.get(number="21")
    lead = task.assignments.get(role=Assignment.Role.LEAD)

    assert lead.unit == Unit.objects.get(code="so-gtvt")
    assert {entry.duty.unit.code for entry in task.entries.all()} == {"so-xay-dung"}


def test_one_deadline_was_put_off_with_its_reason() -> None:
    lines = DeadlineLine.objects.filter(task__number="24")

    assert [line.due_on.isoformat() for line in lines if line.due_on] == ["2026-03-31", "2026-12-31"]
    assert "gia hạn một lần" in lines[1].reason


def test_the_plan_was_amended_once_and_a_proposal_waits() -> None:
    amendment = Amendment.objects.get()
    line = amendment.lines.get()
    assert amendment.state == "in_force"
    assert amendment.version == amendment.plan.version
    assert line.task is not None
    assert line.task.due_on == date.fromisoformat(line.wanted["due"]["on"])
    assert Proposal.objects.get(line=line).state == "decided"
    waiting = Proposal.objects.get(line=None)
    assert (waiting.state, waiting.unit.code, waiting.kind) == ("sent", "so-y-te", "change")


def test_release_is_approved_and_another_waits() -> None:
    approved = Release.objects.get(status="approved")

    assert Release.objects.get(status="proposed").data_as_of > approved.data_as_of
    assert approved.summary["document"]["symbol"] == "68/KH-UBND"
    assert not approved.tasks.filter(title__startswith="Bản đồ số phòng thủ").exists()


def test_both_closed_periods_have_an_issued_report() -> None:
    issued = IssuedReport.objects.filter(period__closed_at__isnull=False)

    assert issued.count() == 2
    assert all(row.docx.size > 10_000 and row.pdf.size > 10_000 for row in issued)


def test_units_were_urged_and_one_has_answered() -> None:
    assert Urging.objects.count() >= 10
    assert Urging.objects.exclude(seen_at=None).count() == 1


def test_some_tasks_lack_one_of_the_six_and_some_lack_none() -> None:
    lacking = unclear(Task.objects.all()).count()

    assert 10 < lacking < Task.objects.count() - 10


def test_log_verifies_and_its_times_never_go_back() -> None:
    moments = list(Event.objects.order_by("seq").values_list("at", flat=True))

    assert find_break() is None
    assert all(earlier <= later for earlier, later in pairwise(moments))
    assert moments[-1] <= NOW


def test_stored_files_are_outside_the_database(said: list[str], settings: object) -> None:
    folder = Path(settings.MEDIA_ROOT)  # type: ignore[attr-defined]

    assert sum(file.is_file() for file in folder.rglob("*")) >= 10


def test_open_period_belongs_to_the_schedule_of_the_plan_which_has_made_the_next_one() -> None:
    schedule = Schedule.objects.get()

    assert [(row.name, row.is_open) for row in schedule.periods.order_by("due_at")] == [
        ("6 tháng cuối năm 2026", True),
        ("6 tháng đầu năm 2027", False),
    ]


def test_programme_asks_two_units() -> None:
    assert ProgrammeEntry.objects.get().period.duties.count() == 2


def test_one_extension_was_granted_and_one_waits() -> None:
    found = ExtensionRequest.objects.order_by("asked_at").values_list("task__number", "verdict")

    assert list(found) == [("24", "granted"), ("42", "waiting")]


def test_somebody_is_away_and_somebody_stands_in() -> None:
    absence = Absence.objects.within(TODAY, TODAY).get()

    assert absence.substitute.username == "thanh-tra"


def test_one_department_has_a_step_of_approval() -> None:
    assert ApprovalStep.objects.in_force(TODAY).get().unit.code == "so-tai-chinh"


def test_one_unit_has_planned_its_work() -> None:
    steps = Milestone.objects.all()

    assert Task.objects.filter(number__in=["27", "29"], starts_on__gte="2025-09-15").count() == 2
    assert [steps.count(), steps.exclude(done_on=None).count()] == [3, 1]


def test_one_item_that_waits_is_talked_about() -> None:
    assert Remark.objects.get().entry.status == "submitted"


def test_most_parts_were_answered() -> None:
    count = Counter(Part.objects.values_list("state", flat=True))

    assert count["amended"] == count["settled"] == 1
    assert 0 < count["silent"] < count["confirmed"] / 4
    assert count["asked"] >= 1
    assert count["disputed"] == 0
    assert PartAnswer.objects.filter(state="disputed").count() == 1
