"""A decision changes units from its day on; an undo gives back what was; former days read the same all the while."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import NOON, World, make_task, make_unit, make_user
from tests.factories.changing import CHANGED_ON, make_change
from tiendo.accounts.models import Role
from tiendo.audit.models import Event
from tiendo.orgs import actions, history
from tiendo.orgs.actions import CannotUndo, undo_change
from tiendo.orgs.models import GroupMembership, Succession, Unit, UnitChange, UnitGroup
from tiendo.orgs.queries import holders, unit_holding
from tiendo.orgs.reorganisation import CannotReorganise, Kind, Reorganisation, Successor
from tiendo.plans.models import Plan

DAY_BEFORE = CHANGED_ON - timedelta(days=1)


@pytest.fixture
def group(world: World) -> UnitGroup:
    group = UnitGroup.objects.create(code="cac-so", name="các sở", folded="cac so")
    for unit in (world.unit_a, world.unit_b):
        GroupMembership.objects.create(group=group, unit=unit)
    return group


def undo(change: UnitChange, reason: str = "Nhập nhầm") -> UnitChange:
    return undo_change(change=change, reason=reason, by="quan-tri", at=NOON)


def codes(units: object) -> set[str]:
    return {unit.code for unit in units}  # type: ignore[attr-defined]


def seen(on: date) -> dict[str, Any]:
    """Everything this room says of a day."""
    names = dict(Unit.objects.values_list("pk", "code"))
    return {
        "units": codes(Unit.objects.in_force(on)),
        "above": {names[pk]: names.get(above or 0) for pk, above in history.parents_on(on).items()},
        "holders": {names[old]: names[new] for old, new in holders(on=on).items() if old != new},
        "groups": {group.code: codes(history.members_on(group, on)) for group in UnitGroup.objects.all()},
        "links": [(link.predecessor.code, link.successor.code) for link in _links(on)],
    }


def _links(on: date) -> Iterator[Succession]:
    rows = Succession.objects.standing().filter(effective_on__lte=on).select_related("predecessor", "successor")
    return iter(rows.order_by("predecessor__code", "successor__code"))


def test_a_rename_is_a_new_unit_and_the_old_name_stays_on_old_days(world: World, group: UnitGroup) -> None:
    change = make_change("rename", world.unit_a, to=("so-moi",), join=True)
    new = Unit.objects.get(code="so-moi")
    assert (new.valid_from, new.made_by, change.ended) == (CHANGED_ON, change, ["so-xay-dung"])
    assert unit_holding(world.unit_a, on=DAY_BEFORE) == world.unit_a
    assert unit_holding(world.unit_a, on=CHANGED_ON) == new
    assert codes(history.members_on(group, DAY_BEFORE)) == {"so-xay-dung", "so-y-te"}
    assert codes(history.members_on(group, CHANGED_ON)) == {"so-moi", "so-y-te"}


def test_a_split_leaves_the_rest_with_the_default(world: World) -> None:
    make_change("split", world.unit_a, to=("phan-mot", "phan-hai"))
    assert unit_holding(world.unit_a, on=CHANGED_ON).code == "phan-hai"
    links = world.unit_a.successions.order_by("-is_default", "successor__code")
    assert [link.successor.code for link in links] == ["phan-hai", "phan-mot"]


def test_a_unit_that_stays_answers_for_itself(world: World) -> None:
    change = make_change("split", world.unit_a, to=("phan-mot",), stays=True)
    assert unit_holding(world.unit_a, on=CHANGED_ON) == world.unit_a
    assert change.ended == []
    assert Unit.objects.in_force(CHANGED_ON).filter(code="so-xay-dung").exists()


def test_units_below_stand_under_whoever_took_over(world: World) -> None:
    below = make_unit("chi-cuc", parent=world.unit_a)
    make_change("merge", world.unit_a, to=(world.unit_b,))
    assert history.parent_on(below, DAY_BEFORE) == world.unit_a
    assert history.parent_on(below, CHANGED_ON) == world.unit_b
    make_change("dissolve", world.unit_b, on=CHANGED_ON + timedelta(days=9))
    assert history.parent_on(below, CHANGED_ON + timedelta(days=9)) == world.province


def test_the_tree_of_a_day_has_each_unit_once(world: World) -> None:
    make_unit("chi-cuc", parent=world.unit_a)
    make_change("merge", world.unit_a, to=(world.unit_b,))

    def flat(branches: tuple[history.Branch, ...]) -> Iterator[str]:
        for branch in branches:
            yield branch.unit.code
            yield from flat(branch.below)

    for on in (DAY_BEFORE, CHANGED_ON):
        found = list(flat(history.tree_on(on)))
        assert sorted(found) == sorted(codes(Unit.objects.in_force(on)))
    with CaptureQueriesContext(connection) as asked:
        history.tree_on(CHANGED_ON)
    assert len(asked) == 4


def test_a_move_keeps_the_tree_of_former_days_and_its_undo_the_place(world: World) -> None:
    first = make_change("move", world.unit_b, parent=world.unit_a)
    later = CHANGED_ON + timedelta(days=30)
    second = make_change("move", world.unit_b, parent=world.finance_unit, on=later)
    days = [DAY_BEFORE, CHANGED_ON, later]
    assert [history.parent_on(world.unit_b, day) for day in days] == [
        world.province,
        world.unit_a,
        world.finance_unit,
    ]
    with pytest.raises(CannotUndo, match="hãy hủy thay đổi ấy trước"):
        undo(first)
    undo(second)
    assert history.parent_on(world.unit_b, later) == world.unit_a
    undo(first)
    assert Unit.objects.get(pk=world.unit_b.pk).parent == world.province
    assert [history.parent_on(world.unit_b, day) for day in days] == [world.province] * 3


def test_a_refused_change_writes_nothing(world: World) -> None:
    before, units = Event.objects.count(), Unit.objects.count()
    asked = Reorganisation(Kind.MERGE, CHANGED_ON, "QĐ", ("so-y-te",), (Successor("so-y-te"),))
    with pytest.raises(CannotReorganise, match="tự tiếp nhận"):
        actions.reorganise(change=asked, by="quan-tri", at=NOON)
    assert (Event.objects.count(), Unit.objects.count(), UnitChange.objects.count()) == (before, units, 0)


def test_a_change_and_its_undo_are_recorded(world: World) -> None:
    change = make_change("rename", world.unit_a, to=("so-moi",))
    undo(change)
    made, recorded, undone = Event.objects.order_by("seq")
    assert (made.act, recorded.act, undone.act) == (
        "orgs.unit.create",
        "orgs.unit_change.record",
        "orgs.unit_change.undo",
    )
    assert recorded.detail["made"] == ["so-moi"]
    assert undone.detail["released"] == {"so-moi": f"so-moi-huy-{change.pk}"}
    assert undone.detail["restored"] == ["so-xay-dung"]


def test_what_was_undone_may_be_entered_rightly_under_the_same_code(world: World) -> None:
    undo(make_change("rename", world.unit_a, to=("so-moi",)))
    later = CHANGED_ON + timedelta(days=14)
    make_change("rename", world.unit_a, to=("so-moi",), on=later)
    assert unit_holding(world.unit_a, on=CHANGED_ON) == world.unit_a
    assert unit_holding(world.unit_a, on=later).code == "so-moi"


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_undo_needs_a_reason(world: World, reason: str) -> None:
    change = make_change("merge", world.unit_a, to=(world.unit_b,))
    with pytest.raises(CannotUndo, match="lý do"):
        undo(change, reason)
    undo(change)
    with pytest.raises(CannotUndo, match="đã được hủy"):
        undo(change)


def test_a_unit_at_work_is_not_withdrawn(world: World, plan: Plan) -> None:
    change = make_change("rename", world.unit_a, to=("so-moi",))
    new = Unit.objects.get(code="so-moi")
    make_user("moi", new, Role.OFFICER)
    events = Event.objects.count()
    with pytest.raises(CannotUndo, match="hãy ghi một thay đổi mới"):
        undo(change)
    assert Event.objects.count() == events
    assert Unit.objects.in_force(CHANGED_ON).filter(pk=new.pk).exists()
    other = make_change("create", to=("khac",))
    make_task(plan, by=world.chi, lead=Unit.objects.get(code="khac"))
    with pytest.raises(CannotUndo, match="hãy ghi một thay đổi mới"):
        undo(other)
    last = make_change("create", to=("nua",))
    make_unit("duoi-nua", parent=Unit.objects.get(code="nua"))
    with pytest.raises(CannotUndo, match="hãy ghi một thay đổi mới"):
        undo(last)


def test_a_chain_is_told_from_each_of_its_units(world: World) -> None:
    make_change("rename", world.unit_a, to=("hai",))
    second = Unit.objects.get(code="hai")
    make_change("merge", second, to=(world.unit_b,), on=CHANGED_ON + timedelta(days=60))
    for unit in (world.unit_a, second, world.unit_b):
        chain = [(row.predecessor.code, row.successor.code) for row in history.history_of(unit)]
        assert chain == [("so-xay-dung", "hai"), ("hai", "so-y-te")]
    assert history.history_of(world.province) == []


def test_the_list_of_changes_asks_as_often_for_few_as_for_many(world: World) -> None:
    counts = []
    for code in ("mot", "hai", "ba"):
        make_change("create", to=(code,))
        with CaptureQueriesContext(connection) as asked:
            assert history.changes()[0].kind == "create"
        counts.append(len(asked))
    assert counts[0] == counts[-1]


def test_a_name_taken_since_keeps_the_old_unit_from_coming_back(world: World, now: datetime) -> None:
    change = make_change("rename", world.unit_a, to=("so-moi",))
    actions.create_unit(code="so-xd-2", name=world.unit_a.name, kind="department", by="quan-tri", at=now)
    with pytest.raises(CannotUndo, match="Đã có đơn vị khác mang tên"):
        undo(change)


# Any sequence of changes and undos, on any days.

DAYS = [CHANGED_ON + timedelta(days=offset) for offset in (-400, -1, 0, 90, 900)]
STEP = st.tuples(
    st.sampled_from([*Kind, "undo", "undo"]),
    st.integers(0, 200),
    st.lists(st.integers(0, 7), min_size=1, max_size=2, unique=True),
    st.lists(st.integers(0, 9), min_size=1, max_size=2, unique=True),
    st.booleans(),
)


@contextmanager
def _and_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _attempt(step: Any, number: int) -> UnitChange | None:
    """The step on the units there are, if it may be; what the rules refuse changes nothing."""
    kind, offset, before, after, flag = step
    units = list(Unit.objects.standing().order_by("pk"))
    olds = [units[place % len(units)] for place in before]
    to = [units[place % len(units)] if place < 5 else f"moi-{number}-{place}" for place in after]
    more: dict[str, Any] = {"stays": flag and kind == Kind.SPLIT, "join": True}
    if kind == Kind.MOVE:
        to, more["parent"] = [], units[after[0] % len(units)]
    if kind == Kind.CREATE:
        olds = []
    try:
        with transaction.atomic():
            return make_change(kind, *olds, to=tuple(to), on=CHANGED_ON + timedelta(days=offset), **more)
    except CannotReorganise:
        return None


def _undo_one(which: int) -> None:
    standing = list(UnitChange.objects.filter(undone_at=None).order_by("pk"))
    if standing:
        with transaction.atomic():
            try:
                undo(standing[which % len(standing)])
            except CannotUndo:
                transaction.set_rollback(True)


@pytest.mark.usefixtures("group")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=6))
def test_former_days_never_change_and_undoing_all_gives_back_everything(world: World, steps: list[Any]) -> None:
    with _and_back():
        first = {day: seen(day) for day in DAYS}
        for number, step in enumerate(steps):
            before = {day: seen(day) for day in DAYS}
            if step[0] == "undo":
                _undo_one(step[1])
            elif change := _attempt(step, number):
                for day in DAYS:
                    if day < change.effective_on:
                        assert seen(day) == before[day]
            for day in DAYS:
                above = history.parents_on(day)
                assert set(above) == set(Unit.objects.in_force(day).values_list("pk", flat=True))
        for change in UnitChange.objects.filter(undone_at=None).order_by("-pk"):
            undo(change)
        assert {day: seen(day) for day in DAYS} == first
