"""The ground the tests stand on."""

import socket

import pytest

from tests.conftest import NetworkUsed
from tests.factories import World, make_entry, make_evidence, make_submission
from tiendo.plans.models import Task
from tiendo.reporting.models import Duty


def test_the_network_is_closed_and_loopback_is_not() -> None:
    with pytest.raises(NetworkUsed, match="stay on this machine"):
        socket.create_connection(("192.0.2.1", 53), timeout=1)
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as caller:
        assert caller.getpeername() == server.getsockname()


def test_four_people_stand_where_permission_tests_expect_them(world: World) -> None:
    assert world.an.access.held_unit_ids == world.binh.access.held_unit_ids == {world.unit_a.pk}
    assert world.binh.access.headed_unit_ids == {world.unit_a.pk}
    assert world.chi.access.reads_everything
    assert world.dung.access.held_unit_ids == {world.unit_b.pk}


def test_a_made_submission_is_frozen_as_the_entry_stood(world: World, task: Task, duty: Duty) -> None:
    entry = make_entry(duty, task, saved_by=world.an)
    evidence = make_evidence(entry, by=world.an)
    submission = make_submission(entry, by=world.binh, accepted_by=world.chi)
    assert submission.percent == 40
    assert submission.evidence_ids == [evidence.pk]
    assert (entry.status, duty.status) == ("accepted", "accepted")
