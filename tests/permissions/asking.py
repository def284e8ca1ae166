"""Asks for an address as a person, says what happened, and puts everything back."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Model
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.expected import PEOPLE, Outcome, Row
from tests.permissions.stage import build_stage, places
from tests.permissions.typed import Forms
from tiendo.audit.models import Event

SIGN_IN = "/lam-viec/dang-nhap/"
WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')
AS_IT_STANDS = {"api:not-found": "/api/v1/khong-co/"}


@dataclass(frozen=True)
class Answer:
    """What one person met, and what it left behind."""

    status: int
    location: str
    events: int
    touched: bool  # a statement wrote to a table other than the sessions
    changed: bool  # and afterwards a row differed


class Matrix:
    """The stage, its addresses, and a session for each person."""

    def __init__(self) -> None:
        self.stage = build_stage()
        self.users = {"anonymous": None, **self.stage.world.people}
        self.places = places(self.stage)
        self.sessions = {person: self._session(person) for person in PEOPLE}
        self.forms = Forms(self.stage)
        self.events = Event.objects.count()
        self.rows = {table: rows_of(table) for table in tables()}

    def ask(self, row: Row, person: str) -> Answer:
        """The request, its answer, and nothing left of it."""
        with transaction.atomic():
            written: set[str] = set()
            with connection.execute_wrapper(_noting(written)):
                response = self._request(row, person)
                if response.streaming:
                    list(response.streaming_content)  # type: ignore[attr-defined]  # to its end, as a reader would
            answer = Answer(
                status=response.status_code,
                location=response.headers.get("Location", ""),
                events=Event.objects.count() - self.events,
                touched=bool(written),
                changed=any(rows_of(table) != self.rows[table] for table in written),
            )
            transaction.set_rollback(True)
        return answer

    def address(self, row: Row) -> str:
        """Where a row's page or act stands on this stage."""
        return AS_IT_STANDS.get(row.route) or reverse(row.route, args=self.places.get(row.key, ()))

    def _request(self, row: Row, person: str) -> HttpResponseBase:
        client = Client()
        if session := self.sessions[person]:
            client.cookies["sessionid"] = session
        if row.method == "GET":
            return client.get(self.address(row))
        return client.post(self.address(row), self.forms.of(row, self.users[person]))

    def _session(self, person: str) -> str:
        user = self.users[person]
        if user is None:
            return ""
        client = Client()
        client.force_login(user)
        return client.cookies["sessionid"].value


def outcome(row: Row, answer: Answer) -> Outcome:
    """The word for an answer. An act counts as done only when the log says so, unless it is never recorded."""
    if answer.status == 302 and answer.location.startswith(SIGN_IN):
        return Outcome.SIGN_IN
    refused = {401: Outcome.KEY, 403: Outcome.DENIED, 404: Outcome.UNSEEN}
    if answer.status in refused:
        return refused[answer.status]
    assert answer.status in (200, 302, 409, 422), answer
    if row.method == "GET":
        return Outcome.DONE if answer.status == 200 else Outcome.MOVED
    return Outcome.DONE if answer.events or not row.recorded else Outcome.UNFIT


@cache
def tables() -> Mapping[str, type[Model]]:
    """Every table but that of the sessions."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in models if model is not Session}


def rows_of(table: str) -> list[str]:
    """Every row of a table, in an order of its own."""
    return sorted(map(repr, tables()[table]._base_manager.values_list()))


def routes() -> set[str]:
    """The names of every address of the site."""
    return set(_names(get_resolver().url_patterns, ""))


def _names(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        else:
            yield from _names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else prefix)


def _noting(written: set[str]) -> Callable[..., Any]:
    """Notes the tables written to, the sessions' apart. Cheaper than Django's log of queries, which spells each out."""

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if (found := WRITES.match(sql)) and found[1] != Session._meta.db_table:
            written.add(found[1])
        return execute(sql, params, many, context)

    return note
