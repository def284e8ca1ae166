"""Related programmes, commendations, security checklists: who writes, what is refused, who sees (R015, R045, R049)."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, make_duty, make_entry, make_indicator, make_period, make_submission, make_task
from tests.factories.registering import make_related, put_tag_on
from tiendo.audit.models import Event
from tiendo.oversight.actions.commendations import commend
from tiendo.oversight.actions.register_papers import Paper
from tiendo.oversight.actions.related import add_related, review_related
from tiendo.oversight.actions.security import CheckAnswer, answer_security
from tiendo.oversight.commendation_queries import commendations_visible_to
from tiendo.oversight.models import Commendation, RelatedProgramme, SecurityCheck
from tiendo.oversight.plan_calls import ReviewStanding, review_standing
from tiendo.oversight.register_queries import review_lines, security_lines
from tiendo.oversight.security import check_items, check_state

pytestmark = pytest.mark.django_db
DUE = date(2025, 12, 31)
TODAY = date(2026, 7, 1)
ALL = ["an", "binh", "chi", "dung", "decision_maker", "finance", "inspector", "administrator"]


@pytest.mark.parametrize(
    ("reviewed_on", "on", "expected"),
    [
        (DUE, TODAY, ReviewStanding.REVIEWED),
        (date(2026, 1, 1), TODAY, ReviewStanding.REVIEWED_LATE),
        (None, DUE, ReviewStanding.DUE),
        (None, date(2026, 1, 1), ReviewStanding.LATE),
    ],
)
def test_a_review_stands_against_its_day(reviewed_on, on, expected):
    assert review_standing(reviewed_on, due_on=DUE, on=on) == expected


def test_only_the_coordinator_adds_a_programme_and_once(world, plan):
    given = {"plan": plan, "number": "5/CTr", "title": "CĐS", "reviewer": world.unit_a, "due_on": DUE, "at": NOON}
    for name in ALL:
        if name != "chi":
            with pytest.raises(PermissionDenied):
                add_related(by=getattr(world, name), **given)
    made = add_related(by=world.chi, **given)
    assert (made.due_on, Event.objects.last().act) == (DUE, "oversight.related_programme.add")
    with pytest.raises(PermissionDenied, match="đã có"):
        add_related(by=world.chi, **given)
    assert RelatedProgramme.objects.count() == 1


def test_only_the_reviewing_unit_says_the_result(world, plan):
    row = make_related(plan, world.unit_a, world)
    events = Event.objects.count()
    for name in ALL:
        if name not in ("an", "binh"):
            with pytest.raises(PermissionDenied):
                review_related(programme=row, outcome="keep", reason="", by=getattr(world, name), at=NOON)
    assert Event.objects.count() == events
    review_related(programme=row, outcome="keep", reason="", by=world.an, at=NOON)
    row.refresh_from_db()
    assert (row.outcome, row.reviewed_by, row.reviewed_at) == ("keep", world.an, NOON)


def test_a_result_said_again_keeps_the_first_day(world, plan):
    row = make_related(plan, world.unit_a, world, due_on=TODAY)
    review_related(programme=row, outcome="keep", reason="", by=world.an, at=NOON)
    later = datetime.fromisoformat("2026-07-09T12:00:00+07:00")
    review_related(programme=row, outcome="amend", reason="Lỗi thời", by=world.binh, at=later)
    assert review_lines(world.an, on=date(2026, 7, 10))[0].standing == ReviewStanding.REVIEWED
    assert Event.objects.last().detail["was"] == "keep"


def test_a_change_needs_a_reason(world, plan):
    row = make_related(plan, world.unit_a, world)
    with pytest.raises(PermissionDenied, match="lý do"):
        review_related(programme=row, outcome="replace", reason=" ", by=world.an, at=NOON)
    row.refresh_from_db()
    assert row.outcome == ""


def test_the_late_stand_in_the_list(world, plan):
    make_related(plan, world.unit_a, world, due_on=DUE)
    assert [line.standing for line in review_lines(world.dung, on=TODAY)] == [ReviewStanding.LATE]


def commended(plan, unit, by, **more):
    given = {"form": "Bằng khen", "decision": "QĐ 7", "decided_on": date(2026, 6, 1), "reason": "Sớm hạn"}
    return commend(plan=plan, unit=unit, by=by, at=NOON, **(given | more))


def finished(plan, world, unit):
    return make_task(plan, by=world.chi, lead=unit, state="completed", completed_on=date(2026, 5, 1))


def test_a_commendation_stands_with_the_results_it_rests_on(world, plan):
    task = finished(plan, world, world.unit_a)
    entry = make_entry(make_duty(make_period(plan), world.unit_a), task, saved_by=world.an)
    report = make_submission(entry, by=world.binh, accepted_by=world.chi)
    indicator = make_indicator("CT-1", by=world.chi, plan=plan, owner=world.unit_a)
    made = commended(
        plan, world.unit_a, world.chi, tasks=[task], submissions=[report], indicators=[indicator], person="Lò Thị Bình"
    )
    assert [list(rows.all()) for rows in (made.tasks, made.submissions, made.indicators)] == [
        [task],
        [report],
        [indicator],
    ]
    assert Event.objects.last().detail["tasks"] == [task.code]
    assert "Lò Thị Bình" not in str(Event.objects.last().detail)


def test_a_commendation_without_a_result_or_for_another_units_is_refused(world, plan):
    others, open_task = finished(plan, world, world.unit_b), make_task(plan, by=world.chi, lead=world.unit_a)
    for tasks in ([], [others], [open_task]):
        with pytest.raises(PermissionDenied):
            commended(plan, world.unit_a, world.chi, tasks=tasks)
    assert not Commendation.objects.exists()


def test_only_the_coordinator_enters_commendations(world, plan):
    task = finished(plan, world, world.unit_a)
    for name in ALL:
        if name != "chi":
            with pytest.raises(PermissionDenied):
                commended(plan, world.unit_a, getattr(world, name), tasks=[task])
    assert not Commendation.objects.exists()


def test_only_readers_and_the_unit_see_a_commendation(world, plan):
    commended(plan, world.unit_a, world.chi, tasks=[finished(plan, world, world.unit_a)])
    seen = {name for name in ALL if commendations_visible_to(getattr(world, name)).exists()}
    assert seen == {"an", "binh", "chi", "decision_maker", "finance", "inspector"}


DONE = CheckAnswer("done")


def answered(task, by, answers):
    return answer_security(task=task, answers=answers, by=by, at=NOON)


def test_the_shipped_list_names_a_paper_for_each_point():
    assert len(check_items()) >= 12
    assert all(item.source and item.text and item.part for item in check_items())


def test_a_checklist_is_complete_when_every_point_has_an_answer():
    every = {item.code: "done" for item in check_items()}
    assert check_state(every).is_settled
    open_point = every | {"sao-luu": "not_done", "khong-con": "done"}
    assert (check_state(open_point).is_complete, check_state(open_point).is_settled) == (True, False)
    assert not check_state({}).is_complete


def test_only_people_of_the_lead_unit_answer(world, plan):
    task = make_task(plan, by=world.chi, lead=world.unit_a, coordinating=[world.unit_b])
    put_tag_on(task, world)
    events = Event.objects.count()
    for name in ALL:
        if name not in ("an", "binh"):
            with pytest.raises(PermissionDenied):
                answered(task, getattr(world, name), {"sao-luu": DONE})
    assert (SecurityCheck.objects.count(), Event.objects.count()) == (0, events)
    assert len(answered(task, world.an, {"sao-luu": DONE})) == 1


def test_only_what_differs_is_written_and_the_earlier_answer_is_kept(world, task):
    put_tag_on(task, world)
    paper = Paper(b"%PDF-1.4\n%%EOF\n", "kiem-thu.pdf")
    answered(task, world.an, {"sao-luu": CheckAnswer("partly", "hằng tuần", paper), "mang": DONE})
    made = answered(task, world.binh, {"sao-luu": CheckAnswer("done", "hằng ngày"), "mang": DONE})
    assert [(row.item, row.answer) for row in made] == [("sao-luu", "done")]
    assert made[0].file.extension == "pdf"
    assert SecurityCheck.objects.filter(item="sao-luu").count() == 2
    assert answered(task, world.binh, {"mang": DONE}) == []


def test_a_point_said_not_to_apply_says_why(world, task):
    put_tag_on(task, world)
    with pytest.raises(PermissionDenied, match="vì sao"):
        answered(task, world.an, {"mang": CheckAnswer("not_needed", " ")})
    with pytest.raises(ValueError, match="khong-co"):
        answered(task, world.an, {"khong-co": DONE})


def test_a_task_that_is_no_it_project_carries_no_checklist(world, task):
    with pytest.raises(PermissionDenied, match="nhãn"):
        answered(task, world.an, {"mang": DONE})
    assert not security_lines(world.chi)


def test_projects_with_the_least_answered_stand_on_top(world, plan):
    first, second = (make_task(plan, by=world.chi, lead=world.unit_a) for _ in range(2))
    other = make_task(plan, by=world.chi, lead=world.unit_b)
    for task in (first, second, other):
        put_tag_on(task, world)
    answered(first, world.an, {"mang": DONE})
    assert [line.task for line in security_lines(world.an)] == [second, first]
    assert [line.task for line in security_lines(world.dung)] == [other]
    assert len(security_lines(world.inspector)) == 3
