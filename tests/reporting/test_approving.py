"""Whose desk a report goes to, and why not somebody else's."""

from datetime import date

import pytest

from tiendo.reporting.approving import Route, Signer, Step, approver_for
from tiendo.reporting.workflow import Desk

LAST = date(2026, 7, 10)
DEPUTY, HEAD, SECOND, ABOVE = (Signer(1, "Phó"), Signer(2, "Bình"), Signer(3, "Nam"), Signer(9, "Chủ tịch"))
AWAY = Signer(2, "Bình", LAST)
REPLACED = Signer(2, "Bình", LAST, 4, "Cầm")
CHECK = Step(1, "Thẩm định", DEPUTY)


def route(**more: object) -> Route:
    given: dict[str, object] = {
        "steps": (),
        "heads": (HEAD,),
        "superiors": (ABOVE,),
        "superior_unit": "UBND tỉnh",
        "writers": (),
    }
    return approver_for(**(given | more))  # type: ignore[arg-type]


def test_without_steps_the_head_is_next() -> None:
    assert route() == Route(Desk.HEAD, 0, 2, "Bình")


def test_steps_are_taken_in_order_then_the_head() -> None:
    steps = (Step(2, "Pháp chế", SECOND), CHECK)
    assert route(steps=steps) == Route(Desk.APPROVER, 1, 1, "Phó")
    assert route(steps=steps, after=1) == Route(Desk.APPROVER, 2, 3, "Nam")
    assert route(steps=steps, after=2) == Route(Desk.HEAD, 0, 2, "Bình")


@pytest.mark.parametrize("writer", [1, 5])
def test_a_step_whose_approver_wrote_or_is_away_is_passed_over(writer: int) -> None:
    step = CHECK if writer == 1 else Step(1, "Thẩm định", Signer(1, "Phó", LAST))
    found = route(steps=(step,), writers={writer})
    assert (found.desk, found.user) == (Desk.HEAD, 2)
    assert "Phó" in found.reasons[0]


def test_a_substitute_takes_the_step_and_the_heads_place() -> None:
    step = Step(1, "Thẩm định", Signer(1, "Phó", LAST, 6, "Sinh"))
    assert route(steps=(step,)).user == 6
    found = route(heads=(REPLACED,))
    assert (found.desk, found.user, found.name) == (Desk.HEAD, 4, "Cầm")
    assert found.reasons == ("Bình vắng đến hết ngày 10/07/2026; Cầm thay.",)


@pytest.mark.parametrize(
    ("heads", "writers", "why"),
    [
        ((), (), "chưa có thủ trưởng"),
        ((AWAY,), (), "chưa cử người thay"),
        ((HEAD,), (2,), "đã soạn"),
        ((REPLACED,), (4,), "Cầm đã soạn"),
        ((HEAD, AWAY), (2,), "chưa cử người thay"),
    ],
)
def test_where_nobody_of_the_unit_can_sign_the_unit_above_does(
    heads: tuple[Signer, ...], writers: tuple[int, ...], why: str
) -> None:
    found = route(heads=heads, writers=writers)
    assert (found.desk, found.user) == (Desk.PARENT, 9)
    assert why in " ".join(found.reasons)
    assert found.reasons[-1] == "Vì vậy đơn vị cấp trên ký: UBND tỉnh."


def test_a_second_head_signs_what_the_first_one_wrote() -> None:
    assert route(heads=(HEAD, SECOND), writers=(2,)).user == 3


def test_a_desk_of_several_heads_is_nobodys_alone() -> None:
    assert route(heads=(HEAD, SECOND)) == Route(Desk.HEAD, 0, None, "Bình, Nam")


def test_the_head_passes_on_to_the_unit_above() -> None:
    assert route(past_head=True, steps=(CHECK,)).desk == Desk.PARENT


def test_with_nobody_at_all_it_waits_at_the_head_and_says_what_to_do() -> None:
    found = route(heads=(), superiors=())
    assert (found.desk, found.user) == (Desk.HEAD, None)
    assert "cử người thay" in found.reasons[-1]
