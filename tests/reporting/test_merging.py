"""Two versions of one entry, field by field."""

from decimal import Decimal

from tiendo.plans.states import WorkState
from tiendo.reporting.merging import changed, merge
from tiendo.reporting.rules import Values

BASE = Values(state=WorkState.IN_PROGRESS, percent=Decimal(40), result="Đã khảo sát 5 xã.")


def test_what_only_one_side_changed_is_kept_from_both() -> None:
    mine = Values(state=WorkState.IN_PROGRESS, percent=Decimal(45), result="Đã khảo sát 5 xã.")
    theirs = Values(state=WorkState.IN_PROGRESS, percent=Decimal(40), result="Đã khảo sát 7 xã.")
    merged = merge(base=BASE, mine=mine, theirs=theirs)
    assert (merged.values.percent, merged.values.result) == (Decimal(45), "Đã khảo sát 7 xã.")
    assert (merged.taken, merged.clashes) == (("result",), ())


def test_what_both_changed_differently_is_a_clash_and_stays_mine() -> None:
    mine = Values(state=WorkState.IN_PROGRESS, percent=Decimal(45), result="Đã khảo sát 6 xã.")
    theirs = Values(state=WorkState.IN_PROGRESS, percent=Decimal(60), result="Đã khảo sát 6 xã.")
    merged = merge(base=BASE, mine=mine, theirs=theirs)
    assert (merged.clashes, merged.taken) == (("percent",), ())
    assert merged.values == mine


def test_the_same_change_on_both_sides_is_no_clash() -> None:
    same = Values(state=WorkState.PAUSED, percent=Decimal(40), result="Đã khảo sát 5 xã.")
    assert merge(base=BASE, mine=same, theirs=same).clashes == ()


def test_line_ends_and_blanks_at_the_ends_are_no_change() -> None:
    base, typed = Values(result="Một\nHai"), Values(result="Một\r\nHai ")
    theirs = Values(result="Một\nHai\nBa")
    assert changed(base, typed) == ()
    assert merge(base=base, mine=typed, theirs=theirs).values.result == "Một\nHai\nBa"


def test_a_value_taken_out_is_a_change_too() -> None:
    merged = merge(base=BASE, mine=Values(result="Đã khảo sát 5 xã."), theirs=BASE)
    assert merged.values.state is None
    assert changed(BASE, merged.values) == ("state", "percent")
