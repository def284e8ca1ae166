"""Units: the list, one unit through time, and what the administrator mends."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import World, make_duty, make_period, make_task, make_unit
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.orgs.models import Succession, Unit
from tiendo.plans.models import Plan, Task

ClientOf = Callable[[User], Client]


def address(name: str, *args: object) -> str:
    return reverse(f"orgs:{name}", args=args)


@pytest.fixture
def old(world: World) -> Unit:
    """A department that passed into unit A."""
    unit = make_unit("so-gtvt", "Sở Giao thông vận tải", valid_to=date(2025, 3, 1))
    Succession.objects.create(
        predecessor=unit, successor=world.unit_a, kind="merge", effective_on=date(2025, 3, 1), decision="NQ 05"
    )
    return unit


def test_units_ask_to_sign_in(client: Client, world: World) -> None:
    for url in (address("unit-list"), address("unit-detail", "so-y-te"), address("unit-add")):
        assert client.get(url).status_code == 302


def test_units_are_found_by_words_without_marks_by_code_and_by_kind(
    world: World, old: Unit, client_of: ClientOf
) -> None:
    def found(**asked: str) -> set[str]:
        groups = client_of(world.an).get(address("unit-list"), asked).context["groups"]
        return {unit.code for _label, units in groups for unit in units}

    assert found(q="XAY dung") == found(q="so-xay") == {"so-xay-dung"}
    assert found(kind="committee") == {"ubnd-tinh"}
    assert "so-gtvt" not in found()
    assert found(q="giao thong", past="on") == {"so-gtvt"}


def test_a_former_unit_says_who_answers_now(world: World, old: Unit, plan: Plan, client_of: ClientOf) -> None:
    make_task(plan, by=world.chi, lead=old)
    page = client_of(world.an).get(address("unit-detail", "so-gtvt"))
    assert page.context["now"] == world.unit_a
    assert "Sở Xây dựng" in page.content.decode()
    heir = client_of(world.an).get(address("unit-detail", "so-xay-dung"))
    assert [link.predecessor for link in heir.context["chain"]] == [old]
    assert sum(cell.number for cell in heir.context["cells"]) == 1
    for cell in heir.context["cells"]:
        assert client_of(world.an).get(cell.url).context["page"].paginator.count == cell.number


def test_a_unit_page_shows_only_what_the_reader_may_see(world: World, plan: Plan, client_of: ClientOf) -> None:
    make_task(plan, by=world.chi, lead=world.unit_a)
    make_duty(make_period(plan, "Kỳ kín"), world.unit_a)
    mine = client_of(world.an).get(address("unit-detail", "so-xay-dung"))
    theirs = client_of(world.dung).get(address("unit-detail", "so-xay-dung"))
    assert "Kỳ kín" in mine.content.decode()
    assert "Lò Thị Bình" in mine.content.decode()
    assert "Kỳ kín" not in theirs.content.decode()
    assert "Lò Thị Bình" not in theirs.content.decode()
    assert sum(cell.number for cell in theirs.context["cells"]) == 0


def test_the_list_asks_as_often_for_few_as_for_many(world: World, old: Unit, client_of: ClientOf) -> None:
    client, counts = client_of(world.an), []
    for names in ([], ["a", "b", "c"]):
        for name in names:
            unit = make_unit(name)
            Succession.objects.create(
                predecessor=unit, successor=world.unit_b, kind="merge", effective_on=date(2025, 3, 1), decision="NQ"
            )
        with CaptureQueriesContext(connection) as asked:
            client.get(address("unit-list"), {"past": "on"})
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_administrator_adds_a_unit(world: World, client_of: ClientOf) -> None:
    data = {
        "code": "03637",
        "name": "UBND xã Mường Kim",
        "short_name": "",
        "kind": "commune",
        "parent": "ubnd-tinh",
        "aliases": "xã Mường Kim\n\n Mường Kim ",
        "reports": "on",
        "valid_from": "2025-07-01",
    }
    answer = client_of(world.administrator).post(address("unit-add"), data)
    assert answer["Location"] == address("unit-detail", "03637")
    unit = Unit.objects.get(code="03637")
    assert (unit.parent, unit.short_name, unit.reports) == (world.province, "UBND xã Mường Kim", True)
    assert "Mường Kim" in set(unit.aliases.values_list("text", flat=True))
    assert Event.objects.get().actor == "quan-tri"
    again = client_of(world.administrator).post(address("unit-add"), data)
    assert list(again.context["form"].errors) == ["code"]


def test_the_administrator_mends_what_is_not_the_name(world: World, client_of: ClientOf) -> None:
    data = {"short_name": "Sở XD", "official_id": "H35.10"}
    assert client_of(world.administrator).post(address("unit-correct", "so-xay-dung"), data).status_code == 302
    world.unit_a.refresh_from_db()
    assert (world.unit_a.short_name, world.unit_a.official_id, world.unit_a.reports) == ("Sở XD", "H35.10", False)


@pytest.mark.parametrize("part", ["officer", "head", "coordinator", "decision_maker", "inspector", "other_unit"])
def test_nobody_else_changes_units(world: World, client_of: ClientOf, part: str) -> None:
    client = client_of(world.people[part])
    assert client.post(address("unit-add"), {}).status_code == 403
    assert client.post(address("unit-correct", "so-y-te"), {"short_name": "X"}).status_code == 403
    assert not Event.objects.exists()


def test_a_late_report_is_said_to_be_late(world: World, plan: Plan, client_of: ClientOf) -> None:
    now = timezone.now()
    period = make_period(plan, opens_at=now - timedelta(days=365), due_at=now - timedelta(days=351))
    make_duty(period, world.unit_a)
    [(_duty, state, late)] = client_of(world.chi).get(address("unit-detail", "so-xay-dung")).context["duties"]
    assert (state, late) == ("overdue", False)


def test_a_unit_with_others_below_it_counts_them_with_it(world: World, task: Task, client_of: ClientOf) -> None:
    url = reverse("orgs:unit-detail", args=[world.province.code])
    page = client_of(world.chi).get(url)
    assert "Cả các đơn vị bên dưới" in page.content.decode()
    assert [(row.unit, row.total) for row in page.context["below"].rows] == [(world.unit_a, 1)]
    assert "Cả các đơn vị bên dưới" not in client_of(world.dung).get(url).content.decode()
    leaf = client_of(world.chi).get(reverse("orgs:unit-detail", args=[world.unit_a.code]))
    assert leaf.context["below"] is None
