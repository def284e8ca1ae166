"""Every message has its English, the catalogue is whole, and nobody who reads English is shown Vietnamese words."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.english import VIETNAMESE, Reading, catalogue, forms, messages
from tests.permissions.expected import ROWS, Row
from tests.repository import ROOT

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd](?!\w)")


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


@pytest.mark.django_db
def test_english_is_chosen_by_the_reader_and_kept(client: Client) -> None:
    """Also the one test here that asks for a database: those below live on the stage and are not marked."""
    assert '<html lang="vi">' in client.get("/").content.decode()
    client.post("/ngon-ngu/", {"language": "en"})
    assert '<html lang="en">' in client.get("/").content.decode()


# Tests that use it are not marked django_db: such a mark ends with a closed connection, and the stage with it.
@pytest.fixture(scope="module")
def reading(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Reading]:
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        yield Reading.begun()
        transaction.set_rollback(True)
    cache.clear()


READERS = {"anonymous", "head", "coordinator", "decision_maker", "administrator"}  # the others see no other words
ELSEWHERE = {"plans:overview-events", "portal:robots"}  # a stream, and a file for machines
PAGES = [row for row in ROWS if row.method == "GET" and not row.route.startswith("api:") and row.route not in ELSEWHERE]


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_no_page_in_english_shows_vietnamese_words(reading: Reading, row: Row) -> None:
    for person in sorted(row.done & READERS):
        page = reading.opened(row, person)
        assert '<html lang="en">' in page or "<html" not in page
        assert (person, reading.vietnamese(page)) == (person, [])


ACTS = [row for row in ROWS if row.method == "POST"]


@pytest.mark.parametrize("row", ACTS, ids=lambda row: row.name)
def test_no_answer_to_an_act_in_english_is_in_vietnamese(reading: Reading, row: Row) -> None:
    may, may_not = sorted(row.done & READERS)[:1], sorted(READERS - row.done)[:2]
    for person, blank in [*((each, True) for each in may), *((each, False) for each in (*may, *may_not))]:
        page, said = reading.told(row, person, blank=blank)
        left = [words for words in said if VIETNAMESE.search(words) and reading.is_ours(words)]
        assert (person, blank, reading.vietnamese(page), left) == (person, blank, [], [])
