"""The one page that lets go of its database connection, asked for by everybody outside the rolled back stage."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_world
from tests.permissions.asking import Answer, outcome
from tests.permissions.expected import ROWS
from tests.permissions.test_matrix import STREAM
from tiendo.accounts.models import User


@pytest.mark.django_db(transaction=True)
def test_each_person_meets_what_is_written_down() -> None:
    row = next(row for row in ROWS if row.route == STREAM)
    people: dict[str, User | None] = {"anonymous": None, **make_world().people}
    assert {person: outcome(row, _ask(user)) for person, user in people.items()} == row.outcomes()


def _ask(user: User | None) -> Answer:
    client = Client()
    if user is not None:
        client.force_login(user)
    response = client.get(reverse(STREAM))
    location = response.headers.get("Location", "")
    response.close()
    return Answer(response.status_code, location, events=0, touched=False, changed=False)
