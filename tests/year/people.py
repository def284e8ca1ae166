"""Browsers with a clock: a person opens a page, fills the form that stands there, and sends it, at a given moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import lxml.html
import time_machine
from django.test import Client
from django.utils.timezone import localdate

from tiendo.accounts.models import User


class Refused(AssertionError):
    """The house did not let the act through; the message holds what it said."""


@contextmanager
def moment(at: datetime) -> Iterator[None]:
    """Every clock of the house stands at that moment."""
    with time_machine.travel(at, tick=False):
        yield


class Person:
    """One browser, signed in."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client()
        self.signed_in_on: date | None = None

    def sign_in(self) -> None:
        """Sessions end with the day; who comes back on another signs in again."""
        if self.signed_in_on != localdate():
            self.client.force_login(self.user)
            self.signed_in_on = localdate()

    def open(self, address: str) -> "Page":
        answer = self.client.get(address, follow=True)
        if answer.status_code != 200:
            raise Refused(f"{self.user} {address}: {answer.status_code}")
        return Page(self, answer)

    def post(self, address: str, typed: dict[str, Any]) -> int:
        """The status; pages that would follow are not looked at. Raises Refused at anything but an act done."""
        answer = self.client.post(address, typed)
        if answer.status_code not in (200, 204, 302):
            raise Refused(f"{self.user} {address}: {answer.status_code} {answer.content[:300]!r}")
        return int(answer.status_code)


class Page:
    """What a person sees."""

    def __init__(self, person: Person, answer: Any) -> None:
        self.person = person
        self.address = answer.request["PATH_INFO"]
        self.words = answer.content.decode()
        self.tree = lxml.html.fromstring(self.words)

    def has_form(self, action: str) -> bool:
        return any(form.get("action", "").split("?")[0] == action for form in self.tree.forms)

    def send(self, action: str | None, **typed: Any) -> None:
        """Send the form that leads to `action` (None: the one that leads to the page itself) with what it holds and
        what is typed. Raises Refused when there is no such form: the act is not offered."""
        wanted = [form for form in self.tree.forms if (form.get("action") or None) == action and form.method == "POST"]
        if not wanted:
            raise Refused(f"{self.person.user}: no form leads to {action}")
        held = {name: value for name, value in wanted[0].form_values() if name}
        address = action or self.address
        self.person.post(address, held | {name: value for name, value in typed.items() if value is not None})
