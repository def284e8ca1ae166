"""Higher documents: who carries them out, and how far (R027)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import NOON, make_plan, make_task
from tiendo.audit.models import Event
from tiendo.plans.actions import carry_out, end_mandate
from tiendo.plans.higher import number_key
from tiendo.plans.models import HigherDocument, Mandate, Task
from tiendo.plans.queries import by_higher, mandates_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
PAPER = "Công văn số 12/SKHCN ngày 02/3/2026"


def test_one_document_however_its_number_is_written():
    assert number_key("03/NQ-CP") == number_key(" Số 03-NQ/CP ") == "03 nq cp"


def test_a_task_and_a_whole_plan_carry_out_documents(world):
    plan, other = make_plan(world.province), make_plan(world.province, "kh-58")
    named = make_task(plan, by=world.chi)
    make_task(plan, by=world.chi, due_on=date(2026, 5, 1))
    elsewhere = make_task(other, by=world.chi)
    carry_out(number="57-NQ/TW", plan=plan, quote="thực hiện Nghị quyết số 57-NQ/TW", by=world.chi, at=NOON)
    carry_out(number="57-NQ/TW", plan=plan, task=named, source=PAPER, by=world.chi, at=NOON)
    carry_out(number="06/QĐ-TTg", plan=other, task=elsewhere, source=PAPER, by=world.chi, at=NOON)
    counts = {row.document.number: row for row in by_higher(Task.objects.all(), on=TODAY)}
    assert (counts["57-NQ/TW"].total, counts["57-NQ/TW"].overdue, counts["57-NQ/TW"].plans) == (2, 1, ("kh-57",))
    assert counts["06/QĐ-TTg"].total == 1
    for row in counts.values():
        assert Task.objects.carrying_out(row.document).counted().count() == row.total
    assert [str(mandate.document) for mandate in mandates_of(named)] == ["57-NQ/TW", "57-NQ/TW"]


def test_saying_it_twice_changes_nothing_and_knowledge_grows(world):
    plan = make_plan(world.province)
    first = carry_out(number="03/NQ-CP", plan=plan, source=PAPER, by=world.chi, at=NOON)
    named = {"kind": "Nghị quyết", "issued_on": date(2025, 1, 9)}
    again = carry_out(number="03-NQ/CP", plan=plan, source=PAPER, named=named, by=world.chi, at=NOON)  # type: ignore[arg-type]
    carry_out(number="03/NQ-CP", plan=plan, source=PAPER, named={"kind": "Quyết định"}, by=world.chi, at=NOON)
    assert again == first
    assert Mandate.objects.count() == 1
    document = HigherDocument.objects.get()
    assert (str(document), document.issued_on) == ("Nghị quyết 03/NQ-CP", date(2025, 1, 9))
    assert Event.objects.filter(act="plans.plan.carry_out").count() == 1


def test_ending_keeps_the_row_and_lets_it_begin_again(world):
    plan = make_plan(world.province)
    mandate = carry_out(number="57-NQ/TW", plan=plan, source=PAPER, by=world.chi, at=NOON)
    end_mandate(mandate=mandate, source=PAPER, by=world.chi, at=NOON)
    end_mandate(mandate=mandate, source=PAPER, by=world.chi, at=NOON)
    assert by_higher(Task.objects.all(), on=TODAY) == []
    carry_out(number="57-NQ/TW", plan=plan, source=PAPER, by=world.chi, at=NOON)
    assert (Mandate.objects.count(), Mandate.objects.in_force().count()) == (2, 1)
    assert Event.objects.filter(act="plans.plan.end_mandate").count() == 1


@pytest.mark.parametrize(("number", "source"), [("", PAPER), (" . ", PAPER), ("57-NQ/TW", " ")])
def test_it_needs_a_number_and_a_ground(world, number, source):
    with pytest.raises(PermissionDenied):
        carry_out(number=number, plan=make_plan(world.province), source=source, by=world.chi, at=NOON)
    assert not Mandate.objects.exists()


def test_only_the_coordinator_says_so(world):
    plan = make_plan(world.province)
    mandate = carry_out(number="57-NQ/TW", plan=plan, source=PAPER, by=world.chi, at=NOON)
    for person in (world.an, world.binh, world.decision_maker):
        with pytest.raises(PermissionDenied):
            carry_out(number="06/QĐ-TTg", plan=plan, source=PAPER, by=person, at=NOON)
        with pytest.raises(PermissionDenied):
            end_mandate(mandate=mandate, source=PAPER, by=person, at=NOON)


def test_counts_do_not_ask_more_for_more_documents(world, django_assert_num_queries):
    plan = make_plan(world.province)
    task = make_task(plan, by=world.chi)
    for number in range(1, 9):
        carry_out(number=f"{number}/NQ-CP", plan=plan, task=task, source=PAPER, by=world.chi, at=NOON)
    with django_assert_num_queries(2):
        assert len(by_higher(Task.objects.all(), on=TODAY)) == 8
