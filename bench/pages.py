"""What is measured: each page with the requests that ask for it, and how near the empty view it should come."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from bench.generate import Province, Size
from bench.measure import Build, get, post
from tiendo.accounts.models import User
from tiendo.reporting.models import Entry, Period

BACKEND = "django.contrib.auth.backends.ModelBackend"
TOKEN = "t" * 32  # the same in cookie and header, as the protection against forged requests asks
LISTS = 1 / 8
PUBLIC = 1 / 3


@dataclass(frozen=True)
class Page:
    name: str
    build: Build
    aim: float | None = None  # part of the empty view's rate


def pages(size: Size, province: Province, period: Period) -> Iterator[Page]:
    """In the order of the table; the empty view comes first."""
    chi = signed_in(province.coordinator)
    tasks = [f"kh-tai-{n}" for n in range(size.tasks)]
    lists = reverse("plans:task-list")
    narrowed = (f"{lists}?{urlencode({'cell': 'open_overdue', 'q': f'chuyen doi so {n}'})}" for n in range(size.tasks))
    yield Page("empty view", one(get("/trang-rong/")))
    yield Page("overview", one(get(reverse("plans:overview"), chi)), LISTS)
    yield Page("task list", one(get(lists, chi)), LISTS)
    yield Page("task list, each time other words", each(get(address, chi) for address in narrowed), LISTS)
    yield Page(
        "task page, each time another", each(get(reverse("plans:task-detail", args=[c]), chi) for c in tasks), LISTS
    )
    yield Page("one progress update (autosave)", updates(province, period))
    yield Page("CSV of all tasks, streamed", one(get(reverse("plans:task-export"), chi)))
    yield Page("portal, first page", one(get(reverse("portal:home"))), PUBLIC)
    yield Page("portal, one task", one(get(reverse("portal:task", args=[tasks[0]]))), PUBLIC)
    yield Page("portal, each time another task", each(get(reverse("portal:task", args=[c])) for c in tasks), PUBLIC)
    yield Page("portal, CSV of all tasks", one(get(reverse("portal:file", args=["nhiem-vu.csv"]))))
    hundreds = range(0, size.tasks, 100)
    yield Page("API, JSON of 100 tasks", each(get(f"/api/v1/tasks?limit=100&offset={n}") for n in hundreds), PUBLIC)


def one(request: bytes) -> Build:
    """The same request every time."""
    return lambda connection: request


def each(requests: Iterator[bytes]) -> Build:
    """Every request in turn, then from the beginning."""
    known, turn = list(requests), count()
    return lambda connection: known[next(turn) % len(known)]


def updates(province: Province, period: Period) -> Build:
    """Saves of drafts: every connection writes on a task of its own, one version after the other."""
    entries = list(Entry.objects.filter(duty__period=period, revision__gt=0).select_related("task", "duty")[:64])
    versions = [entry.revision for entry in entries]
    whose = {unit.pk: officer for unit, officer in zip(province.units, province.officers, strict=True)}
    cookies = {entry.duty.unit_id: signed_in(whose[entry.duty.unit_id]) for entry in entries}

    def build(connection: int) -> bytes:
        entry, version = entries[connection], versions[connection]
        versions[connection] += 1
        words = {
            "version": version,
            "state": "in_progress",
            "percent": "45,5",
            "result": f"Đã làm thêm bước {version}.",
        }
        headers = {**cookies[entry.duty.unit_id], "X-CSRFToken": TOKEN}
        path = reverse("reporting:entry-autosave", args=[entry.duty_id, entry.task.code])
        return post(path, headers, urlencode(words).encode())

    return build


def signed_in(user: User) -> dict[str, str]:
    """The cookies of somebody who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {"Cookie": f"sessionid={session.session_key}; csrftoken={TOKEN}"}
