"""A briefing at any date: red first, what changed between two days, as it was known then and not as it is now."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOON, World, make_duty, make_entry, make_group, make_period, make_submission, make_task
from tiendo.papers.model import Bullet, Heading, Run
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting.models import Urging
from tiendo.reporting.papers.briefing import MOST, BriefingFacts, brief, briefing_paper
from tiendo.reporting.papers.consolidation import Record, TaskLine
from tiendo.reporting.papers.gathering_briefing import Scope, briefing_facts
from tiendo.reporting.papers.paper import Letterhead

ON, SINCE = date(2026, 7, 1), date(2026, 6, 17)
AT = datetime(2026, 7, 1, 5, tzinfo=UTC)
HEAD = Letterhead("UBND tỉnh", "Sở KH&CN", "BC-SKHCN", "Lai Châu", "UBND tỉnh", "Giám đốc", "Trần A")


def line(code: str, due_on: date | None, done_on: date | None = None, difficulty: str = "") -> TaskLine:
    record = Record(0, int(code), code, "Sở A", "Kỳ 1", 1, AT, "Bình", AT, "Chi", ())
    state = WorkState.COMPLETED if done_on else WorkState.IN_PROGRESS
    return TaskLine(
        code, f"Việc {code}", "Nhóm", "Sở A", None, due_on, state=state, completed_on=done_on,
        difficulty=difficulty, record=record,
    )  # fmt: skip


LINES = (
    line("1", date(2026, 5, 1), difficulty="Thiếu vốn"),  # overdue at both days
    line("2", date(2026, 6, 20)),  # overdue since between
    line("3", date(2026, 6, 30)),  # overdue since this morning
    line("4", date(2026, 7, 1)),  # its last good day is today
    line("5", date(2026, 7, 8)),  # due in seven days
    line("6", date(2026, 7, 9)),  # due in eight
    line("7", date(2026, 6, 30), date(2026, 6, 20)),  # finished in time, between
    line("8", date(2026, 6, 1), date(2026, 6, 20)),  # finished late, between
    line("9", date(2026, 6, 30), date(2026, 6, 17)),  # finished on the day of the last meeting
    line("10", None, difficulty="Chưa có hướng dẫn"),
)
FACTS = BriefingFacts("Kế hoạch", ON, SINCE, LINES, LINES, {"1": "Lò Thị Bình"})


def codes(lines: tuple[TaskLine, ...]) -> list[str]:
    return [each.code for each in lines]


def test_each_section_by_hand() -> None:
    found = brief(FACTS)
    assert codes(found.overdue) == ["1", "2", "3"]
    assert codes(found.due_soon) == ["4", "5"]
    assert (codes(found.completed), codes(found.completed_late)) == (["7"], ["8"])
    assert codes(found.newly_overdue) == ["2", "3"]
    assert codes(found.difficulties) == ["1", "10"]


def test_a_task_that_was_not_there_at_the_last_meeting_is_new() -> None:
    found = brief(BriefingFacts("Kế hoạch", ON, SINCE, LINES, LINES[:1]))
    assert codes(found.newly_overdue) == ["2", "3"]
    assert codes(found.completed) == ["7", "9"]


def test_the_paper_says_why_who_and_since_when() -> None:
    paper = briefing_paper(brief(FACTS), HEAD, at=AT, illustrative=False)
    said = [
        "".join(run.text for run in block.runs if isinstance(run, Run))
        for block in paper.body
        if isinstance(block, Bullet)
    ]
    assert said[0] == "Việc 1 (Sở A, Lò Thị Bình): quá hạn từ ngày 02/05/2026, 61 ngày; thiếu vốn."
    assert next(block.text for block in paper.body if isinstance(block, Heading)) == "Quá hạn chưa hoàn thành (3)"


def test_a_long_list_is_cut_on_paper_and_counted() -> None:
    many = tuple(line(str(number), date(2026, 5, 1)) for number in range(1, MOST + 6))
    paper = briefing_paper(brief(BriefingFacts("Kế hoạch", ON, SINCE, many, many)), HEAD, at=AT, illustrative=False)
    said = [block.runs[0].text for block in paper.body if isinstance(block, Bullet)]  # type: ignore[union-attr]
    assert len(said) == MOST + 1
    assert said[-1] == "và 5 việc khác."


def test_a_past_day_shows_what_was_known_then(world: World, plan: Plan, task: Task) -> None:
    scope = Scope(plan)
    duty = make_duty(make_period(plan), world.unit_a)
    done = {"state": "completed", "percent": 100, "completed_on": date(2026, 6, 25), "result": "Xong"}
    make_submission(make_entry(duty, task, **done), by=world.binh, accepted_by=world.chi, at=NOON)
    today = NOON.date()
    (known,) = briefing_facts(scope, on=today, since=SINCE).lines
    (then,) = briefing_facts(scope, on=today - timedelta(days=1), since=SINCE).lines
    assert (known.state, then.state) == (WorkState.COMPLETED, WorkState.NOT_STARTED)
    assert then.record is None


def test_who_did_not_report_and_what_was_not_answered(world: World, plan: Plan, task: Task) -> None:
    period = make_period(plan, due_at=NOON - timedelta(days=2))
    late = make_duty(period, world.unit_a)
    Urging.objects.create(unit=world.unit_a, duty=late, message="Gửi sớm", sent_by=world.chi, sent_at=NOON)
    found = briefing_facts(Scope(plan), on=NOON.date(), since=SINCE)
    assert [(each.unit, each.since) for each in found.late] == [("Sở Xây dựng", date(2026, 6, 29))]
    assert [each.unit for each in found.urgings] == ["Sở Xây dựng"]
    earlier = briefing_facts(Scope(plan), on=date(2026, 6, 28), since=SINCE)
    assert (earlier.late, earlier.urgings) == ((), ())
    other = briefing_facts(Scope(plan, unit=world.unit_b), on=NOON.date(), since=SINCE)
    assert (other.lines, other.late, other.urgings) == ((), (), ())


def test_nobody_is_waited_for_about_a_report_that_can_be_sent_no_more(world: World, plan: Plan, task: Task) -> None:
    late = make_duty(make_period(plan, closed_at=NOON), world.unit_a)
    for about in ({"duty": late}, {"task": task}):
        Urging.objects.create(unit=world.unit_a, message="Gửi", sent_by=world.chi, sent_at=NOON, **about)
    found = briefing_facts(Scope(plan), on=NOON.date(), since=SINCE).urgings
    assert [each.about for each in found] == [f"nhiệm vụ {task.title}"]


def test_a_group_a_unit_and_a_level_narrow_it(world: World, plan: Plan, task: Task) -> None:
    second = make_group(plan, "III.9", "Nhóm chín")
    make_task(plan, by=world.chi, lead=world.unit_b, group=second)

    def count(**scope: object) -> int:
        return len(briefing_facts(Scope(plan, **scope), on=NOON.date(), since=SINCE).lines)  # type: ignore[arg-type]

    assert (count(), count(group="III.9"), count(unit=world.unit_a)) == (2, 1, 1)
    assert (count(level="department"), count(level="commune")) == (2, 0)


def test_as_many_queries_for_three_tasks_as_for_one(world: World, plan: Plan, task: Task) -> None:
    counts = []
    for _each in range(2):
        with CaptureQueriesContext(connection) as asked:
            briefing_facts(Scope(plan), on=NOON.date(), since=SINCE)
        counts.append(len(asked))
        for _more in range(2):
            make_task(plan, by=world.chi, lead=world.unit_a)
    assert counts[0] == counts[1]


def test_the_page_and_its_papers(world: World, plan: Plan, task: Task, client: Client) -> None:
    client.force_login(world.chi)
    asked = f"?plan={plan.code}&on=2026-07-01&since=2026-06-17"
    page = client.get(reverse("reporting:briefing") + asked).content.decode()
    assert "Quá hạn chưa hoàn thành" in page
    assert client.get(reverse("reporting:briefing-file", args=["docx"]) + asked).content.startswith(b"PK")
    assert client.get(reverse("reporting:briefing-file", args=["pdf"]) + asked).content.startswith(b"%PDF")


@pytest.mark.parametrize("since", ["2026-07-01", "2026-08-01"])
def test_the_last_meeting_is_before_the_day(world: World, plan: Plan, client: Client, since: str) -> None:
    client.force_login(world.chi)
    page = client.get(reverse("reporting:briefing") + f"?on=2026-07-01&since={since}").content.decode()
    assert "Cuộc họp trước phải trước ngày lấy số liệu." in page


def test_units_do_not_see_it(world: World, plan: Plan, client: Client) -> None:
    for user in (world.an, world.binh, world.dung):
        client.force_login(user)
        assert client.get(reverse("reporting:briefing")).status_code == 404
