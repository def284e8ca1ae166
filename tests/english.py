"""The site as a reader of English meets it: what of its words is Vietnamese and stands in no row of the database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import models, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.permissions.asking import SIGN_IN
from tests.permissions.expected import Row
from tests.permissions.stage import Stage, build_stage, places
from tests.permissions.typed import typed
from tests.repository import ROOT
from tiendo.accounts.models import User
from tiendo.calendars.periods import half_year_periods
from tiendo.web.intake.suggesting import suggested

CATALOGUE = ROOT / "tiendo/locale/en/LC_MESSAGES/django.po"
VIETNAMESE = re.compile(r"[À-ỹĐđ]")
SHOWN = ("aria-label", "alt", "title", "placeholder", "data-label", "content")
# The switch names a language in itself; the product, the place and the currency have no other name.
NAMES = ("Tiếng Việt", "Tiến Độ", settings.TIENDO_PLACE, "đồng")


def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


def forms(words: str | list[str] | tuple[str, ...]) -> list[str]:
    """A message's one form, or its two."""
    return [words] if isinstance(words, str) else list(words)


@dataclass
class Reading:
    """The stage of the permission tests, on which every address of the site exists, as readers of English see it."""

    stage: Stage
    places: dict[str, tuple[Any, ...]]
    sessions: dict[str, str]
    known: list[str]
    judged: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def begun(cls) -> "Reading":
        stage = build_stage()
        known = {*NAMES, *data(), *examples(), *suggestions(stage)}
        sessions = {person: _session(user) for person, user in stage.world.people.items()}
        return cls(stage, places(stage), sessions, sorted(known, key=len, reverse=True))

    def opened(self, row: Row, person: str) -> str:
        """The page as this person gets it after choosing English; nothing for a file."""
        answer = self.client(person).get(self.address(row))
        assert answer.status_code == 200
        return _text(answer)

    def told(self, row: Row, person: str, *, blank: bool) -> tuple[str, list[str]]:
        """The page and the messages that answer an act, done with a form well filled or left blank; nothing is kept."""
        user = self.stage.world.people.get(person)
        given = {} if blank else typed(self.stage, user).get(row.route, {})
        with transaction.atomic():
            answer = self.client(person).post(self.address(row), given)
            assert person not in self.sessions or SIGN_IN not in answer.headers.get("Location", "")
            said = [str(message) for message in get_messages(answer.wsgi_request)]
            transaction.set_rollback(True)
        return _text(answer), said

    def address(self, row: Row) -> str:
        return reverse(row.route, args=self.places.get(row.key, ()))

    def client(self, person: str) -> Client:
        """A new browser, in the session of this person and with English chosen."""
        client = Client()
        if person in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[person]
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        return client

    def vietnamese(self, page: str) -> list[str]:
        """The words of a page in which Vietnamese letters remain when everything known is taken out."""
        return [words for words in shown(page) if VIETNAMESE.search(words) and self.is_ours(words)]

    def is_ours(self, words: str) -> bool:
        if words not in self.judged:
            rest = words
            for each in self.known:
                rest = rest.replace(each, " ") if each in rest else rest
            self.judged[words] = bool(VIETNAMESE.search(rest)) and not self.is_cut(words)
        return self.judged[words]

    def is_cut(self, words: str) -> bool:
        """A longer text that was shortened."""
        return words.endswith("…") and any(words[:-1].rstrip() in each for each in self.known)


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _text(answer: HttpResponseBase) -> str:
    """A page's source; nothing for a file. Read to its end: closing an answer would close the stage's connection."""
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    body = b"".join(answer)  # type: ignore[arg-type]
    return body.decode() if is_page else ""


def shown(page: str) -> set[str]:
    """Every piece of text on a page, and the words of attributes that are shown or spoken."""
    inner = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    attributes = [match[1] for name in SHOWN for match in re.finditer(rf'\b{name}="([^"]*)"', inner)]
    return {unescape(each).strip() for each in (*attributes, *re.split(r"<[^>]*>", inner))}


def data() -> set[str]:
    """Every Vietnamese text in the database: names, plans, reports. People wrote it and nobody translates it."""
    found: set[str] = set()
    for model in apps.get_models():
        kept = (models.CharField, models.TextField, models.JSONField)
        names = [column.name for column in model._meta.fields if isinstance(column, kept)]
        for row in model._base_manager.values_list(*names):
            found.update(text for value in row for text in texts(value))
    return found


def texts(value: Any) -> Iterator[str]:
    """The Vietnamese texts in a stored value, line by line."""
    if isinstance(value, str):
        yield from (line.strip() for line in value.splitlines() if VIETNAMESE.search(line))
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def suggestions(stage: Stage) -> list[str]:
    """What a form is filled with, to be kept as data: the name of a period, the title of a plan, a reminder."""
    this_year = timezone.localdate().year
    names = [dates.name for year in range(this_year - 1, this_year + 3) for dates in half_year_periods(year)]
    urging = ("Đề nghị đơn vị gửi báo cáo kỳ", "Đề nghị đơn vị tập trung thực hiện nhiệm vụ và báo cáo kết quả.")
    return [*names, str(suggested(stage.source)["title"]), *urging]


def examples() -> list[str]:
    """English messages with an example of what to type in Vietnamese."""
    return [words for each in messages() for words in forms(each.string) if VIETNAMESE.search(words)]
