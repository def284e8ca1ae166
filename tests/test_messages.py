"""Every message has its English, the catalogue is whole, and no page shows Vietnamese words to a reader of English."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.permissions.expected import ROWS, Row
from tests.permissions.stage import Stage, build_stage, places
from tests.repository import ROOT
from tiendo.calendars.periods import half_year_periods
from tiendo.web.intake.suggesting import suggested

CATALOGUE = ROOT / "tiendo/locale/en/LC_MESSAGES/django.po"
VIETNAMESE = re.compile(r"[À-ỹĐđ]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd](?!\w)")
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


def placeholders(words: str) -> tuple[list[str], list[str]]:
    """What is put into a sentence, both ways of writing it."""
    braces = [] if PLACEHOLDER.search(words) else [name for _, name, _, _ in Formatter().parse(words) if name]
    return sorted(PLACEHOLDER.findall(words)), sorted(braces)


def test_extracting_again_finds_nothing_without_english(tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        if "CI" in os.environ:
            pytest.fail("xgettext is missing: apt-get install gettext")
        pytest.skip("xgettext (Debian package gettext) is not installed")
    skipped = shutil.ignore_patterns("static", "migrations", "__pycache__", "sample", "*.po", "*.mo")
    shutil.copytree(ROOT / "tiendo", tmp_path / "tiendo", ignore=skipped)
    found = tmp_path / "tiendo/locale/en/LC_MESSAGES/django.po"
    found.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-location", "--no-wrap"]
    plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=tmp_path / "tiendo", env=plain, check=True, capture_output=True)
    with found.open("rb") as file:
        extracted = {(each.context, str(each.id)) for each in read_po(file) if each.id}
    assert len(extracted) > 1000
    assert extracted - {(each.context, str(each.id)) for each in messages()} == set(), "run `make messages`"


def test_every_message_is_said_in_english() -> None:
    silent = [each.id for each in messages() if each.fuzzy or not all(forms(each.string))]
    assert silent == []


def test_english_keeps_what_is_put_into_a_sentence() -> None:
    changed = [
        (here, there)
        for each in messages()
        for here, there in zip(forms(each.id), forms(each.string), strict=True)
        if placeholders(here) != placeholders(there) or edges(here) != edges(there)
    ]
    assert changed == []


def edges(words: str) -> tuple[bool, ...]:
    """Sentences are joined at their ends: a space or a new line there must stay."""
    return words[:1].isspace(), words[-1:].isspace(), words.endswith("\n"), words.startswith("\n")


def test_the_catalogue_compiles(tmp_path: Path) -> None:
    assert [each.id for each in messages() for _error in each.check()] == []
    with (tmp_path / "django.mo").open("wb") as file:
        write_mo(file, catalogue())
    assert (tmp_path / "django.mo").stat().st_size > 50_000


@dataclass
class Reading:
    """The stage of the permission tests, on which every address of the site exists, as readers of English see it."""

    stage: Stage
    places: dict[str, tuple[Any, ...]]
    known: list[str]
    clients: dict[str, Client] = field(default_factory=dict)
    judged: dict[str, bool] = field(default_factory=dict)

    def opened(self, row: Row, person: str) -> str:
        """The page as this person gets it after choosing English; nothing for a file."""
        answer = self.client(person).get(reverse(row.route, args=self.places.get(row.key, ())))
        page = answer.headers["Content-Type"].startswith("text/html")
        text = answer.content.decode() if page else ""
        answer.close()
        return text

    def client(self, person: str) -> Client:
        if person not in self.clients:
            self.clients[person] = Client()
            if person in self.stage.world.people:
                self.clients[person].force_login(self.stage.world.people[person])
            self.clients[person].cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        return self.clients[person]

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


@pytest.fixture(scope="module")
def reading(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Reading]:
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        stage = build_stage()
        known = sorted({*NAMES, *data(), *examples(), *suggestions(stage)}, key=len, reverse=True)
        yield Reading(stage, places(stage), known)
        transaction.set_rollback(True)
    cache.clear()


READERS = {"anonymous", "head", "coordinator", "decision_maker", "administrator"}  # the others see no other words
ELSEWHERE = {"plans:overview-events", "portal:robots"}  # a stream, and a file for machines
PAGES = [row for row in ROWS if row.method == "GET" and not row.route.startswith("api:") and row.route not in ELSEWHERE]


@pytest.mark.django_db
@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_no_page_in_english_shows_vietnamese_words(reading: Reading, row: Row) -> None:
    for person in sorted(row.done & READERS):
        page = reading.opened(row, person)
        assert '<html lang="en">' in page or "<html" not in page
        assert (person, reading.vietnamese(page)) == (person, [])


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
    """What a form is filled with, to be kept as data: the name of a period, the title of a plan."""
    this_year = timezone.localdate().year
    names = [dates.name for year in range(this_year - 1, this_year + 3) for dates in half_year_periods(year)]
    return [*names, str(suggested(stage.source)["title"])]


def examples() -> list[str]:
    """English messages with an example of what to type in Vietnamese."""
    return [words for each in messages() for words in forms(each.string) if VIETNAMESE.search(words)]
