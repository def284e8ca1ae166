"""Facts become lines: in words, with their act of the log, newest first; who answered is followed day by day."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.utils import translation

from tiendo.orgs.succession import Link
from tiendo.plans.succeeding import part_holder_on
from tiendo.plans.timeline import KIND_WORDS, WHATS, Fact, Kind, lines, told, turns
from tiendo.ui.saying import said

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 2)
MARCH, JULY = date(2025, 3, 1), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("what", "values", "words"),
    [
        ("due_moved", {"was": "2026-06-30", "day": "2026-12-31"}, "Thời hạn đổi từ 30/06/2026 thành 31/12/2026"),
        ("unit_given", {"unit": "Sở Y tế", "role": "lead"}, "Giao Sở Y tế chủ trì"),
        ("state_percent", {"state": "in_progress", "percent": "45.50"}, "“Đang thực hiện”, đạt 45,5\xa0%"),
        (
            "money_disbursed",
            {"year": "2026", "amount": "1500000"},
            "Giải ngân năm 2026 được xác nhận: 1.500.000\xa0đồng",
        ),
        ("terms_changed", {"fields": "title,due"}, "Kế hoạch sửa đổi: Nhiệm vụ, Thời hạn"),
        (
            "unit_succeeded",
            {"was": "Sở A", "unit": "Sở B", "how": "merge"},
            "Sở A hợp nhất, sáp nhập; nay do Sở B đảm nhiệm",
        ),
    ],
)
def test_a_fact_is_told_in_words(what: str, values: dict[str, str], words: str) -> None:
    assert told(what, values) == words


def test_a_reader_gets_codes_in_the_own_language() -> None:
    """What a fact keeps stays a code, so that the state is not quoted in Vietnamese inside an English sentence."""
    with translation.override("en"):
        assert "Đang" not in said(told("state", {"state": "in_progress"}))


def test_every_kind_has_words_and_every_fact_a_kind() -> None:
    assert set(KIND_WORDS) == set(Kind)
    assert {kind for kind, _words in WHATS.values()} <= set(Kind)


def test_lines_stand_newest_first_with_the_act_of_the_same_moment() -> None:
    about = ("plans.task:KH-1", "plans.task.assign_unit")
    first = Fact("set", AT, DAY - timedelta(days=30))
    early = Fact("unit_given", AT, DAY, {"unit": "A", "role": "lead"}, acts=(("x:1", "x.y.z"), about))
    late = Fact(
        "unit_ended", AT + timedelta(days=1), DAY + timedelta(days=1), {"unit": "A", "role": "lead"}, acts=(about,)
    )
    found = lines([early, first, late], {(about, AT): [7], (("x:1", "x.y.other"), AT): [6]})
    assert [(line.fact, line.seq) for line in found] == [(late, None), (early, 7), (first, None)]
    assert [line.kind for line in found] == [Kind.UNIT, Kind.UNIT, Kind.PLAN]


def test_facts_of_one_moment_take_its_acts_in_turn() -> None:
    """Two reminders at once are two acts; of one act that did much every fact tells."""
    about = ("plans.task:KH-1", "reporting.task.remind")
    facts = [
        Fact(what, AT, DAY, {"unit": "A"}, acts=(about,)) for what in ("reminded_overdue", "reminded_stale", "urged")
    ]
    found = {line.fact.what: line.seq for line in lines(facts, {(about, AT): [3, 4]})}
    assert found == {"reminded_overdue": 3, "reminded_stale": 4, "urged": 4}


def test_the_answer_passes_along_the_chain_and_a_handover_goes_first() -> None:
    defaults = {1: Link(1, 2, MARCH), 2: Link(2, 3, JULY)}
    assert [(turn.on, turn.was, turn.now) for turn in turns(1, defaults)] == [(MARCH, 1, 2), (JULY, 2, 3)]
    handed = Link(1, 9, MARCH)
    (turn,) = turns(1, defaults, [handed])
    assert (turn.on, turn.was, turn.now, turn.link) == (MARCH, 1, 9, handed)
    assert turns(5, defaults) == []


@pytest.mark.parametrize("seed", range(40))
def test_turns_say_what_the_rule_says_on_every_day(seed: int) -> None:
    """Units only pass to higher numbers, so no chain leads back; between two turns nobody else answers."""
    chance = Random(seed)
    first = date(2025, 1, 1)

    def links(most: int, step: int) -> list[Link]:
        units = [chance.randint(1, 6) for _ in range(chance.randint(0, most))]
        return [Link(unit, unit + step, first + timedelta(days=chance.randint(0, 364))) for unit in units]

    defaults, own = {link.predecessor: link for link in links(5, 1)}, links(2, 10)
    found = turns(1, defaults, own)
    for day in (first + timedelta(days=n) for n in range(0, 366, 5)):
        holder = next((turn.now for turn in reversed(found) if turn.on <= day), 1)
        assert holder == part_holder_on(1, day, defaults, own)
    assert all(turn.link.successor == turn.now for turn in found)
