"""The words of the consolidated report: edited with every number bound, kept by part, frozen when issued."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import World, make_duty, make_entry, make_period, make_submission
from tiendo.audit.models import Event
from tiendo.plans.models import Plan, Task
from tiendo.reporting import actions
from tiendo.reporting.models import IssuedReport, Period, ReportDraft, ReportTemplate
from tiendo.reporting.papers.gathering import facts_of
from tiendo.reporting.papers.paper import shipped_text
from tiendo.reporting.papers.template import BadTemplate, PartKey
from tiendo.reporting.papers.texts import PartText, text_of
from tiendo.reporting.workflow import IllegalMove

PART = PartKey.ASSESSMENT
WORDS = "Đã hoàn thành {done} trong {total} nhiệm vụ."


def part_of(period: Period) -> PartText:
    return next(each for each in text_of(period, facts_of(period)).parts if each.key == PART)


def save(world: World, period: Period, now: datetime, text: str = WORDS, revision: int = 0) -> ReportDraft:
    return actions.save_part(period=period, part=PART, text=text, revision=revision, by=world.chi, at=now)


def issue(world: World, period: Period, now: datetime) -> IssuedReport:
    return actions.issue_report(period=period, by=world.chi, at=now, confirmed=True)


def test_a_part_follows_the_template_until_it_is_written_and_again_after(
    world: World, period: Period, now: datetime
) -> None:
    before = part_of(period)
    assert not before.is_own
    save(world, period, now)
    assert (part_of(period).part.source, part_of(period).is_own) == (WORDS, True)
    actions.follow_template(period=period, part=PART, revision=1, by=world.chi, at=now)
    assert part_of(period).part == before.part
    assert ReportDraft.objects.get().text == WORDS  # kept, not printed
    assert [event.act for event in Event.objects.order_by("seq")] == [
        "reporting.report.write",
        "reporting.report.follow_template",
    ]


def test_two_saves_at_once_one_wins_and_the_other_is_told(world: World, period: Period, now: datetime) -> None:
    save(world, period, now)
    with pytest.raises(actions.DraftConflict) as conflict:
        save(world, period, now, "Lời khác.", revision=0)
    assert conflict.value.draft.text == WORDS
    assert part_of(period).part.source == WORDS
    with pytest.raises(actions.DraftConflict):
        actions.follow_template(period=period, part=PART, revision=0, by=world.chi, at=now)
    assert save(world, period, now, "Lời khác.", revision=1).revision == 2


def test_a_part_that_cannot_be_printed_is_kept_and_keeps_the_report_from_being_issued(
    world: World, period: Period, now: datetime
) -> None:
    save(world, period, now, "Có {sai} nhiệm vụ.")
    assert [str(problem.sentence) for problem in part_of(period).problems] == [
        "Dòng 1: không có số liệu nào mang mã “sai”."
    ]
    with pytest.raises(IllegalMove):
        issue(world, period, now)
    assert not IssuedReport.objects.exists()


def test_a_number_typed_by_hand_keeps_the_report_from_being_issued(world: World, period: Period, now: datetime) -> None:
    make_duty(period, world.unit_a)
    save(world, period, now, "Đạt 95% kế hoạch.")
    with pytest.raises(IllegalMove, match="95"):
        issue(world, period, now)
    save(world, period, now, "Đạt [95% | Báo cáo số 12/BC-UBND] kế hoạch, có {total} nhiệm vụ.", revision=1)
    issued = issue(world, period, now)
    assert issued.prose[PART] == "Đạt [95% | Báo cáo số 12/BC-UBND] kế hoạch, có {total} nhiệm vụ."


def test_figures_in_the_draft_follow_the_acceptances(
    world: World, plan: Plan, period: Period, task: Task, now: datetime
) -> None:
    save(world, period, now)
    assert facts_of(period).counted[0].record is None
    entry = make_entry(make_duty(period, world.unit_a), task, saved_by=world.an)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    assert facts_of(period).counted[0].record is not None


def test_the_words_issued_stay_when_the_draft_and_the_template_change(
    world: World, period: Period, now: datetime
) -> None:
    first = issue(world, period, now)
    save(world, period, now)
    actions.upload_template(text=shipped_text().replace("Đánh giá chung", "Đánh giá"), note="", by=world.chi, at=now)
    second = issue(world, period, now + timedelta(days=1))
    first.refresh_from_db()
    assert (first.template_number, second.template_number) == (None, 1)
    assert first.template_hash != second.template_hash
    assert (first.prose[PART] == second.prose[PART], second.prose[PART]) == (False, WORDS)


@pytest.mark.parametrize("who", ["an", "binh", "dung", "inspector", "decision_maker"])
def test_only_the_coordinator_writes(world: World, period: Period, now: datetime, who: str) -> None:
    by = getattr(world, who)
    with pytest.raises(PermissionDenied):
        actions.save_part(period=period, part=PART, text="x", revision=0, by=by, at=now)
    with pytest.raises(PermissionDenied):
        actions.upload_template(text=shipped_text(), note="", by=by, at=now)
    assert not ReportDraft.objects.exists()
    assert not ReportTemplate.objects.exists()
    assert not Event.objects.exists()


def test_nothing_is_written_before_the_period_opens(world: World, plan: Plan, now: datetime) -> None:
    coming = make_period(plan, opened_at=None)
    with pytest.raises(PermissionDenied):
        save(world, coming, now)
    with pytest.raises(IllegalMove):
        issue(world, coming, now)


def test_what_is_missing_is_said_and_must_be_confirmed(world: World, period: Period, task: Task, now: datetime) -> None:
    make_duty(period, world.unit_b)
    make_submission(make_entry(make_duty(period, world.unit_a), task, saved_by=world.an), by=world.binh)
    with pytest.raises(actions.Unconfirmed) as refused:
        actions.issue_report(period=period, by=world.chi, at=now)
    gaps = refused.value.gaps
    assert (gaps.units, gaps.waiting, gaps.returned) == (("Sở Y tế",), 1, 0)
    undone = {"units": ["Sở Y tế"], "waiting": 1, "returned": 0, "disputed": 0, "unheard": 0}
    assert issue(world, period, now).gaps == undone


def test_versions_of_the_template_are_kept_and_come_back(world: World, now: datetime) -> None:
    first = actions.upload_template(text=shipped_text(), note="Lần đầu", by=world.chi, at=now)
    second = actions.upload_template(text=shipped_text() + "\n; thêm", note="", by=world.chi, at=now)
    first.refresh_from_db()
    assert (first.retired_by, second.number) == (world.chi, 2)
    actions.retire_template(by=world.chi, at=now)
    assert not ReportTemplate.objects.filter(retired_at=None).exists()
    with pytest.raises(IllegalMove):
        actions.retire_template(by=world.chi, at=now)


@pytest.mark.parametrize("text", ["", "# chi-dao: A", shipped_text() + "\nĐạt 95% kế hoạch."])
def test_a_template_that_cannot_be_used_is_refused_whole(world: World, now: datetime, text: str) -> None:
    with pytest.raises(BadTemplate):
        actions.upload_template(text=text, note="", by=world.chi, at=now)
    assert not ReportTemplate.objects.exists()
    assert not Event.objects.exists()


def test_a_closed_period_gives_the_same_facts_again(world: World, period: Period, task: Task, now: datetime) -> None:
    entry = make_entry(make_duty(period, world.unit_a), task, saved_by=world.an)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    actions.close_period(period=period, by=world.chi, at=now)
    period.refresh_from_db()
    before = issue(world, period, now)
    assert issue(world, period, now + timedelta(days=400)).figures == before.figures


def test_the_clerk_number_is_written_beside_and_changes_no_file(world: World, period: Period, now: datetime) -> None:
    issued = issue(world, period, now)
    noted = actions.note_report_document(
        issued=issued, number="12/BC-SKHCN", on=now.date(), url="https://vb.example/12", by=world.chi, at=now
    )
    assert (noted.document_number, noted.docx_id, noted.pdf_id, noted.seal) == (
        "12/BC-SKHCN",
        issued.docx_id,
        issued.pdf_id,
        issued.seal,
    )
    with pytest.raises(PermissionDenied):
        actions.note_report_document(issued=issued, number="13", on=None, url="", by=world.inspector, at=now)
    assert IssuedReport.objects.get().document_number == "12/BC-SKHCN"
