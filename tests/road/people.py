"""Everybody on the road, each with a client of their own; nothing happens but by what they ask for."""

import re
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.factories import World
from tiendo.web.plans.views.tasks import PAGE

LINK = re.compile(r'href="/lam-viec/nhiem-vu/([\w-]+-\d+)/"')


class Traveller:
    """One person's browser. A page is asked for and an act is posted by the name of its address."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def page(self, name: str, /, *args: object, status: Any = 200, **query: Any) -> Any:
        answer = self.client.get(reverse(name, args=args), query)
        assert answer.status_code == status, (name, answer.status_code)
        return answer

    def act(self, name: str, /, *args: object, status: Any = 302, **typed: Any) -> Any:
        answer = self.client.post(reverse(name, args=args), typed)
        assert answer.status_code == status, (name, answer.status_code, _complaints(answer))
        return answer

    def listed(self, url: str) -> list[str]:
        """The code of every task of a list, page after page, until a page is not full or shows nothing new."""
        found: dict[str, None] = {}
        for number in count(1):
            shown = self.client.get(f"{url}{'&' if '?' in url else '?'}page={number}").content.decode()
            codes = dict.fromkeys(LINK.findall(shown))
            full = len(codes) == PAGE and not codes.keys() <= found.keys()
            found |= codes
            if not full:
                return list(found)
        raise AssertionError("pages never end")


def _complaints(answer: Any) -> object:
    form = answer.context["form"] if answer.context and "form" in answer.context else None
    return form.errors if form is not None else answer.content[:300]


class Road:
    """The travellers by the part they play."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.anybody = Traveller(Client())
        self.officer, self.head = _signed_in(world.an), _signed_in(world.binh)
        self.coordinator, self.stranger = _signed_in(world.chi), _signed_in(world.dung)
        self.decider, self.inspector = _signed_in(world.decision_maker), _signed_in(world.inspector)


def _signed_in(user: Any) -> Traveller:
    client = Client()
    assert client.login(username=user.username, password=user.username * 2)
    return Traveller(client)
