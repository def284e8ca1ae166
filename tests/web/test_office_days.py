"""The page of the working calendar."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import World
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.orgs.models import OfficeDay

ClientOf = Callable[[User], Client]
TYPED = {"day": "2026-06-12", "kind": "off", "note": "12/TB-UBND"}


def page(year: int = 2026) -> str:
    return f"{reverse('orgs:office-day-list')}?nam={year}"


def test_a_year_shows_tet_beside_what_was_entered(world: World, client_of: ClientOf) -> None:
    OfficeDay.objects.create(day="2026-06-12", kind="off", note="12/TB-UBND")
    shown = client_of(world.an).get(page()).content.decode()
    assert "17/02/2026" in shown
    assert "12/06/2026" in shown
    assert "12/TB-UBND" in shown
    assert "Bỏ ngày này" not in shown
    assert "12/06/2026" not in client_of(world.an).get(page(2027)).content.decode()


def test_the_coordinator_enters_and_takes_away(world: World, client_of: ClientOf) -> None:
    chi = client_of(world.chi)
    assert chi.post(page(), TYPED).status_code == 302
    row = OfficeDay.objects.get()
    assert (str(row.day), row.kind, row.note) == ("2026-06-12", "off", "12/TB-UBND")
    gone = reverse("orgs:office-day-remove", args=[row.pk])
    chi.post(gone, {"reason": ""})
    assert OfficeDay.objects.exists()
    chi.post(gone, {"reason": "15/TB-UBND"})
    assert not OfficeDay.objects.exists()


def test_slips_are_asked_about(world: World, client_of: ClientOf) -> None:
    chi = client_of(world.chi)
    for slip in ({"day": "2026-06-13"}, {"kind": "worked"}, {"note": ""}, {"day": "1926-06-12"}, {"kind": "x"}):
        assert chi.post(page(), TYPED | slip).context["form"].errors
    assert chi.post(page(), {"day": "2026-06-13", "kind": "worked", "note": "12/TB-UBND"}).status_code == 302
    assert OfficeDay.objects.count() == 1


def test_others_only_read(world: World, client_of: ClientOf) -> None:
    for person in (world.an, world.binh, world.dung, world.inspector, world.decision_maker):
        assert client_of(person).post(page(), TYPED).status_code == 403
    assert not OfficeDay.objects.exists()
    assert not Event.objects.exists()


def test_a_year_nobody_means_is_this_year(world: World, client_of: ClientOf) -> None:
    for year in ("9999999999", "-1", "x", "0", "٢٠٢٦"):
        assert client_of(world.an).get(page() + "x&nam=" + year).status_code == 200


def test_the_page_asks_as_much_for_one_day_as_for_many(world: World, client_of: ClientOf) -> None:
    chi = client_of(world.chi)
    counts = []
    for days in (["2026-06-12"], ["2026-06-11", "2026-06-10"]):
        OfficeDay.objects.bulk_create([OfficeDay(day=day, kind="off", note="12/TB") for day in days])
        with CaptureQueriesContext(connection) as asked:
            chi.get(page())
        counts.append(len(asked))
    assert counts[0] == counts[1]
