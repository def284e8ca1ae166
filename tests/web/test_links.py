"""No page offers what it then refuses: every link of the signed-in pages is followed as each of the people."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.factories import World, make_duty, make_entry, make_evidence, make_period, make_submission, make_task
from tests.factories.plans import make_item
from tiendo.accounts.models import User
from tiendo.plans.models import Annex, Plan
from tiendo.web.context import MENU

ClientOf = Callable[[User], Client]
ROLES = ("officer", "head", "coordinator", "decision_maker", "finance", "inspector", "administrator", "other_unit")
HOUSE = "/lam-viec/"
YEAR = re.compile(r"[?&]nam=(\d{4})")


class Links(HTMLParser):
    """The addresses that a page's links lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.found.add(address)


def links_of(client: Client, page: str) -> set[str]:
    """Those of this site, without their fragments; the page itself must open."""
    answer = client.get(page, follow=True)
    assert answer.status_code == 200, (page, answer.status_code)
    if answer.streaming or not answer["Content-Type"].startswith("text/html"):
        return set()
    read = Links()
    read.feed(answer.content.decode())
    whole = {urldefrag(urljoin(page, address)).url for address in read.found}
    return {address for address in whole if address.startswith("/")}


@pytest.fixture
def lived_in(world: World, plan: Plan) -> None:
    """A plan with a task in every stage, a report accepted, one sent and one owed, and an annex still missing."""
    base = {"by": world.chi, "lead": world.unit_a, "head": world.binh, "officer": world.an}
    task = make_task(plan, coordinating=[world.unit_b], **base)  # type: ignore[arg-type]
    make_task(plan, due_on=None, product=None, by=world.chi)
    make_item(plan.version, "PL-I.1", "Hồ sơ trực tuyến", kind="indicator_row", details={"unit_text": "%"})
    Annex.objects.create(plan=plan, label="Phụ lục II")
    entry = make_entry(make_duty(make_period(plan), world.unit_a), task, saved_by=world.an, difficulty="Thiếu vốn.")
    make_evidence(entry, by=world.an)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    sent = make_entry(make_duty(make_period(plan), world.unit_a), task, saved_by=world.an)
    make_submission(sent, by=world.binh)
    make_duty(make_period(plan), world.unit_b)


def is_far(address: str) -> bool:
    """A calendar offers its neighbours, year after year for decades: one person walks to the end, others turn round."""
    year = YEAR.search(address)
    return year is not None and abs(int(year[1]) - localdate().year) > 2


@pytest.mark.parametrize("role", ROLES)
def test_every_link_offered_opens(world: World, lived_in: None, client_of: ClientOf, role: str) -> None:
    client = client_of(world.people[role])
    start = reverse("reporting:my-work")
    seen, waiting = {start}, [start]
    while waiting:
        for address in links_of(client, waiting.pop()) - seen:
            seen.add(address)
            if is_far(address) and role != "coordinator":
                continue
            if address.startswith(HOUSE):
                waiting.append(address)
            else:
                assert client.get(address, follow=True).status_code == 200, address
    assert reverse("accounts:password-change") in seen
    assert len(seen) > 20


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_offers_the_log_to_those_who_may_read_it(world: World, client_of: ClientOf, role: str) -> None:
    client = client_of(world.people[role])
    offered = links_of(client, reverse("reporting:my-work"))
    for name, _words, _decide in MENU:
        assert (reverse(name) in offered) == (client.get(reverse(name)).status_code == 200), name


def test_the_bar_names_the_person_and_the_unit(world: World, client_of: ClientOf) -> None:
    client = client_of(world.an)
    page = client.get(reverse("plans:overview")).content.decode()
    own = reverse("accounts:person-detail", args=[world.an.username])
    assert f'<a href="{own}"><b>Nguyễn Văn An</b></a>Sở Xây dựng' in page
    assert "Đổi mật khẩu" in client.get(own).content.decode()
