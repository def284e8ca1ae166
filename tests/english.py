"""The site as a reader of English meets it: what of its words is Vietnamese and stands in no row of the database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
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
from tests.permissions.typed import Forms
from tests.repository import ROOT
from tiendo.accounts.models import User
from tiendo.calendars.periods import half_year_periods
from tiendo.evaluation.shipped import PRESETS, preset
from tiendo.indicators import catalogues
from tiendo.intake.models import Import
from tiendo.orgs.models import Unit
from tiendo.orgs.presets import Preset, presets
from tiendo.oversight.security import check_items
from tiendo.papers.charts.multiples import WIDE
from tiendo.papers.charts.svg import lines_of
from tiendo.reporting.papers.paper import read_template, shipped_text
from tiendo.reporting.period_templates import TEMPLATES
from tiendo.web.intake.suggesting import suggested

CATALOGUE = ROOT / "tiendo/locale/en/LC_MESSAGES/django.po"
VIETNAMESE = re.compile(r"[À-ÖØ-öø-ỹ]")  # without × and ÷, which stand among them
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
    forms: Forms
    places: dict[str, tuple[Any, ...]]
    sessions: dict[str, str]
    known: list[str]
    judged: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def begun(cls) -> "Reading":
        stage = build_stage()
        known = {*NAMES, *data(), *examples(), *suggestions()}
        sessions = {person: _session(user) for person, user in stage.world.people.items()}
        return cls(stage, Forms(stage), places(stage), sessions, sorted(known, key=len, reverse=True))

    def opened(self, row: Row, person: str) -> str:
        """The page as this person gets it after choosing English; nothing for a file."""
        answer = self.client(person).get(self.address(row))
        assert answer.status_code == 200
        return _text(answer)

    def told(self, row: Row, person: str, *, blank: bool) -> tuple[str, list[str]]:
        """The page and the messages that answer an act, done with a form well filled or left blank; nothing is kept."""
        user = self.stage.world.people.get(person)
        given = {} if blank else self.forms.of(row, user)
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
    """Every piece of text on a page, and the words of attributes that are shown or spoken.

    Without what is marked as Vietnamese inside a page of another language: a draft of an official paper, its figures as
    it prints them, the name of a cell of a file.
    """
    reader = _Shown()
    reader.feed(page)
    reader.close()
    return {each.strip() for each in reader.found}


class _Shown(HTMLParser):
    EMPTY = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.left_out: list[str] = []  # the open elements, from the outermost whose words do not count

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_quoted = tag in ("script", "style") or (tag != "html" and given.get("lang") == "vi")
        if not (self.left_out or is_quoted):
            self.found += [given[name] or "" for name in SHOWN if name in given]
        elif tag not in self.EMPTY:
            self.left_out.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [] if self.left_out else [words or "" for name, words in attrs if name in SHOWN]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.left_out:
            del self.left_out[len(self.left_out) - 1 - self.left_out[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.found += [] if self.left_out else [data]


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


def suggestions() -> list[str]:
    """What a page offers to be kept as data: names of periods, the title of a plan, a reminder, parts of a report;
    and what the stage's workbooks say."""
    years = range(timezone.localdate().year - 1, timezone.localdate().year + 3)
    names = [dates.name for year in years for dates in half_year_periods(year)]
    names += [each.name(year, month) for each in TEMPLATES.values() for year in years for month in each.cut_in]
    parts = [part.title for part in read_template(shipped_text()).parts]
    urging = ("Đề nghị đơn vị gửi báo cáo kỳ", "Đề nghị đơn vị tập trung thực hiện nhiệm vụ và báo cáo kết quả.")
    typed_in = ("Thêm 3 xã.", "Thêm 4 xã.", "Cổng dịch vụ công")
    titles = [str(title) for source in Import.objects.all() if (title := suggested(source).get("title"))]
    return [*names, *parts, *titles, *urging, *typed_in, *shipped(), *labels()]


def shipped() -> list[str]:
    """Titles of what comes with the program, to be made data when somebody chooses it."""
    books = [catalogues.read(name) for name in catalogues.names()]
    return [
        *(words for book in books for words in (book.title, book.rests_on)),
        *(preset(code).title for code in PRESETS),
        *(words for item in check_items() for words in (item.part, item.text, item.source)),
        *(words for each in presets() for words in _words_of(each)),
    ]


def _words_of(each: Preset) -> Iterator[str]:
    """What an illustrative reorganisation says, and the names of the units it makes."""
    yield from (each.title, each.about)
    for change in each.changes:
        yield change.decision
        for successor in change.successors:
            yield successor.functions
            if successor.new is not None:
                yield from (successor.new.name, successor.new.short_name)


def labels() -> list[str]:
    """Names of units as small charts break them into lines."""
    return [line for unit in Unit.objects.all() for line in lines_of(unit.short_name, WIDE - 20, Decimal(11))]


def examples() -> list[str]:
    """English messages with an example of what to type in Vietnamese."""
    return [words for each in messages() for words in forms(each.string) if VIETNAMESE.search(words)]
