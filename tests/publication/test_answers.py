import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from tiendo.publication.answers import MOST_WITH_A_QUERY, Current, answer

NOW = Current(1, 1, "a" * 64, datetime(2026, 7, 1, tzinfo=UTC))
LATER = datetime(2026, 7, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


class _Maker:
    """Counts how often an answer had to be made."""

    def __init__(self, body: str = "chữ " * 200, status: int = 200) -> None:
        self.made, self.body, self.status = 0, body, status

    def __call__(self) -> HttpResponse:
        self.made += 1
        return HttpResponse(self.body, status=self.status, content_type="text/plain; charset=utf-8")


def _request(address: str = "/", **headers: str) -> HttpRequest:
    return RequestFactory().get(address, headers=headers)


def test_the_same_question_is_answered_once() -> None:
    make = _Maker()
    first, second = answer(_request(), NOW, make), answer(_request(), NOW, make)
    assert make.made == 1
    assert first.content == second.content  # type: ignore[attr-defined]
    assert second["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("address", "now"),
    [("/?q=a", NOW), ("/khac/", NOW), ("/", NOW._replace(seals="b" * 64)), ("/", NOW._replace(changed_at=LATER))],
    ids=["query", "address", "release", "withdrawal"],
)
def test_another_question_is_another_answer(address: str, now: Current) -> None:
    make = _Maker()
    tags = {answer(_request(), NOW, make)["ETag"], answer(_request(address), now, make)["ETag"]}
    assert (make.made, len(tags)) == (2, 2)


def test_another_language_is_another_answer() -> None:
    make = _Maker()
    answer(_request(), NOW, make)
    with translation.override("en"):
        answer(_request(), NOW, make)
    assert make.made == 2


def test_what_is_not_found_is_not_kept() -> None:
    make = _Maker(status=404)
    assert [answer(_request(), NOW, make).status_code for _ in range(2)] == [404, 404]
    assert make.made == 2


@pytest.mark.parametrize(("address", "made"), [("/du-lieu/nhiem-vu.csv", 1), ("/du-lieu/nhiem-vu.csv?x=1", 2)])
def test_a_large_answer_is_kept_only_at_its_plain_address(address: str, made: int) -> None:
    hardly_packed = "".join(random.Random(1).choices("0123456789abcdef", k=3 * MOST_WITH_A_QUERY))
    make = _Maker(hardly_packed)
    for _ in range(2):
        answer(_request(address), NOW, make)
    assert make.made == made


def test_a_reader_who_has_it_costs_nothing() -> None:
    make = _Maker()
    tag = answer(_request(), NOW, make)["ETag"]
    cache.clear()
    again = answer(_request(**{"If-None-Match": tag}), NOW, make)
    assert (again.status_code, make.made) == (304, 1)
