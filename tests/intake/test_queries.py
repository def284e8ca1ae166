"""Who sees imports, what waits in them, what accepting would take."""

from datetime import datetime

import pytest

from tests.factories import World
from tests.intake.conftest import Accept, Read
from tiendo.intake.actions import decide_proposals, discard_import
from tiendo.intake.models import Import
from tiendo.intake.queries import (
    attached_as,
    count_by_kind,
    count_missing,
    count_taken,
    find_import_of,
    headings_of,
    imports_for_list,
    known_to,
    missing_annexes,
)
from tiendo.plans.models import Annex, Plan


@pytest.mark.parametrize(
    ("person", "sees"),
    [("chi", True), ("decision_maker", True), ("inspector", True), ("an", False), ("binh", False), ("dung", False)],
)
def test_imports_are_seen_by_those_who_steer_and_inspect(read: Read, units: World, person: str, sees: bool) -> None:
    read("ke-hoach.docx")
    assert imports_for_list(getattr(units, person)).exists() is sees


def test_the_list_says_how_many_wait(read: Read, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    tasks = source.proposals.filter(kind="task")
    decide_proposals(source=source, proposals=tasks, decision="accepted", by=units.chi, at=now)
    listed = imports_for_list(units.chi).get()
    assert (listed.total, listed.pending) == (96, 96 - tasks.count())  # type: ignore[attr-defined]


def test_the_newest_import_comes_first(read: Read, units: World) -> None:
    read("ke-hoach.docx")
    newest = read("phu-luc-1.docx")
    assert imports_for_list(units.chi)[0] == newest


def test_a_discarded_import_is_not_found_again(read: Read, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    assert find_import_of(source.file.sha256) == source
    discard_import(source=source, reason="Nhầm", by=units.chi, at=now)
    assert find_import_of(source.file.sha256) is None


def test_counts_by_kind(read: Read) -> None:
    counts = count_by_kind(read("ke-hoach.docx"))
    assert {kind: count.total for kind, count in counts.items()} == {
        "document": 1,
        "section": 18,
        "item": 41,
        "task": 34,
        "annex": 2,
    }
    assert counts["task"].pending == 34
    assert 0 < counts["task"].unsure < 34


def test_what_accepting_would_take(read: Read, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    some = source.proposals.filter(kind="task", key="III.1.3#1")
    decide_proposals(source=source, proposals=some, decision="accepted", by=units.chi, at=now)
    assert count_taken(source, take_pending=True)["task"] == 34
    chosen = count_taken(source, take_pending=False)
    assert (chosen["task"], chosen["item"], chosen["section"], chosen["document"]) == (1, 1, 3, 1)


def test_missing_annexes_are_counted_and_listed(read: Read, accept: Accept) -> None:
    source = read("ke-hoach.docx")
    assert count_missing(source) == 2
    assert not missing_annexes().exists()
    accept(source)
    assert [annex.label for annex in missing_annexes()] == ["Phụ lục I", "Phụ lục II"]


def test_a_new_plan_knows_the_headings_of_its_own_import(read: Read, units: World) -> None:
    source = read("ke-hoach.docx")
    plan = Plan(code="x", title="x", owner=units.province, created_at=source.uploaded_at)
    plan.save()
    known = known_to(plan, source)
    assert set(known.headings) == {"III", "III.1", "III.2", *(f"III.1.{n}" for n in range(1, 9))}
    assert (known.groups, known.paths) == ({}, frozenset())


def test_an_annex_knows_the_plan_it_joins(sample_plan: Plan, read: Read) -> None:
    annex = Annex.objects.get(plan=sample_plan, label="Phụ lục II")
    source = read("phu-luc-2.docx", annex)
    known = known_to(sample_plan, source)
    assert "III.1.8" in known.headings
    assert "III.2#1" in known.paths
    attached = attached_as(annex)
    assert attached is not None
    assert (attached.path, attached.announced_in) == ("PL-II", "III.2#1")
    assert headings_of(Import.objects.get(pk=source.pk))["III.1.3"].startswith("Phát triển hạ tầng số")
