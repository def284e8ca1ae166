"""The "6 rõ", each missing by itself."""

from dataclasses import replace

import pytest

from tiendo.plans.clarity import CLARITY_WORDS, Clarity, Known, lacks

WHOLE = Known(description=True, lead=True, officer=True, head=True, deadline=True, product=True, authority=True)


def test_a_whole_task_lacks_nothing_and_an_empty_one_all_six() -> None:
    assert lacks(WHOLE) == ()
    assert lacks(Known(*[False] * 7)) == tuple(Clarity)
    assert len(CLARITY_WORDS) == 6


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("description", Clarity.WORK),
        ("lead", Clarity.PERSON),
        ("officer", Clarity.PERSON),
        ("head", Clarity.RESPONSIBILITY),
        ("deadline", Clarity.TIME),
        ("product", Clarity.PRODUCT),
        ("authority", Clarity.AUTHORITY),
    ],
)
def test_each_is_missed_by_its_own_name(name: str, missing: Clarity) -> None:
    assert lacks(replace(WHOLE, **{name: False})) == (missing,)
