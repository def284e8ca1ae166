"""Nobody is offered what is then refused: every link on the pages of the report cycle opens for whom it is shown to."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.permissions.asking import Matrix
from tests.permissions.expected import PEOPLE

pytestmark = pytest.mark.django_db


def test_no_link_offered_leads_to_a_refusal(matrix: Matrix) -> None:
    stage = matrix.stage
    duties = [stage.writing, stage.ready, stage.waiting, stage.blank, stage.own]
    pages = [reverse("reporting:my-work"), reverse("reporting:period-list")]
    pages += [reverse("reporting:task-urge", args=[stage.task.pk])]
    pages += [reverse("reporting:duty-detail", args=[duty.pk]) for duty in duties]
    periods = {duty.period_id for duty in duties} | {stage.coming.pk, stage.issued.period_id}
    pages += [reverse("reporting:period-detail", args=[pk]) for pk in sorted(periods)]
    refused, followed = [], 0
    for person in PEOPLE:
        links = _offered(matrix, person, pages)
        followed += len(links)
        refused += [(person, page, link) for link, page in links.items() if _get(matrix, person, link)[0] >= 400]
    assert refused == []
    assert followed > 50


def test_issued_reports_are_offered_to_those_who_may_read_them(matrix: Matrix) -> None:
    issued = matrix.stage.issued
    page, report = (
        reverse("reporting:period-detail", args=[issued.period_id]),
        reverse("reporting:report-detail", args=[issued.pk]),
    )
    offered = {person for person in PEOPLE if report in _get(matrix, person, page)[1]}
    assert offered == {"coordinator", "decision_maker", "finance", "inspector"}


def _offered(matrix: Matrix, person: str, pages: list[str]) -> dict[str, str]:
    """Addresses of this house that these pages link to, menus included, each with a page that does."""
    found = {}
    for page in pages:
        status, text = _get(matrix, person, page)
        if status == 200:
            found |= {link.split("#")[0]: page for link in re.findall(r'<a\b[^>]* href="(/[^"]*)"', text)}
    return found


def _get(matrix: Matrix, person: str, address: str) -> tuple[int, str]:
    client = Client()
    if session := matrix.sessions[person]:
        client.cookies["sessionid"] = session
    with transaction.atomic():
        response = client.get(address)
        text = "" if response.streaming else response.content.decode(errors="replace")
        transaction.set_rollback(True)
    return response.status_code, text
