"""What never raises a score, on random contents: silence, delay, hiding, splitting, renaming, handing work on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evaluation.contents import TO, cards, contents, make_card, make_content, make_snapshot, make_task, snapshots
from tiendo.evaluation.content import CardOf, FailedCheck, Held, ReliabilityOf, ReportsOf, TaskOf
from tiendo.evaluation.criteria import Content, TaskRules, Trust
from tiendo.evaluation.results import Scored
from tiendo.evaluation.scoring import score, scored
from tiendo.evaluation.states import Voice

many = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def of(content: Content, card: CardOf) -> Fraction:
    """The card's exact sum, before it is rounded."""
    made: Scored = scored(content, card, TO)
    return sum((Fraction(c.weight) * s for c, s in zip(content.criteria, made.shares, strict=True)), Fraction(0))


def with_first(card: CardOf, *tasks: TaskOf) -> CardOf:
    return replace(card, tasks=(*tasks, *card.tasks[1:]))


TRICKS: dict[str, Callable[[TaskOf], TaskOf]] = {
    "not reported": lambda task: replace(task, reported=None, record=None),
    "reported less": lambda task: replace(task, reported=None if task.reported is None else task.reported / 2),
    "evidence kept back": lambda task: replace(task, evidence=()),
    "value of an indicator kept back": lambda task: replace(
        task, outcomes=tuple(replace(each, progress=None, figure=None, why="không cung cấp") for each in task.outcomes)
    ),
    "finished a month later": lambda task: replace(
        task, completed_on=None if task.completed_on is None else task.completed_on + timedelta(days=30)
    ),
    "day of completion kept back": lambda task: replace(task, completed_on=None),
    "not finished": lambda task: replace(
        task, state="in_progress" if task.state == "completed" else task.state, completed_on=None
    ),
    "one more failed check": lambda task: replace(
        task, failed_checks=(*task.failed_checks, FailedCheck("c:moi", "không đạt"))
    ),
    "handed on, only coordinating": lambda task: replace(task, roles=(*task.roles, Held("coordinating"))),
    "cause not confirmed": lambda task: replace(task, cause=None),
    "cancelled without a paper": lambda task: (
        replace(task, state="cancelled", cancelled_by=task.cancelled_by, completed_on=None)
        if not task.cancelled_by
        else task
    ),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_with_a_task_never_raises_the_score(trick: str) -> None:
    @given(contents(), cards("A").filter(lambda card: bool(card.tasks)))
    @many
    def check(content: Content, card: CardOf) -> None:
        assert of(content, with_first(card, TRICKS[trick](card.tasks[0]))) <= of(content, card)

    check()


def test_a_day_of_completion_kept_back_does_not_bring_a_task_into_the_cycle() -> None:
    """One done on the first day after the cycle, nearly too rare for chance to draw."""
    after = make_card("A", make_task(completed_on=TO))
    (item,) = scored(make_content(), after, TO).items
    (silent,) = scored(make_content(), with_first(after, replace(after.tasks[0], completed_on=None)), TO).items
    assert (item.completed, silent.completed) == (False, False)


@given(contents(), cards("A").filter(lambda card: bool(card.tasks)), st.integers(1, 200))
@many
def test_a_later_deadline_never_takes_a_task_out_of_the_count(content: Content, card: CardOf, days: int) -> None:
    task = card.tasks[0]
    later = replace(task, due=None if task.due is None else task.due + timedelta(days=days))
    counted = [item.path for item in scored(content, card, TO).items]
    assert counted == [item.path for item in scored(content, with_first(card, later), TO).items]


@given(contents(), cards("A").filter(lambda card: bool(card.tasks)), st.integers(0, 100))
@many
def test_splitting_a_task_never_raises_the_score(content: Content, card: CardOf, share: int) -> None:
    """One piece done altogether, the other left with what the first had more than the whole."""
    task = replace(card.tasks[0], beyond=None)
    whole = with_first(card, task)
    most = min(task.reported or Decimal(0), Decimal(100))
    easy = replace(task, code="P1", name="phần dễ", reported=Decimal(100), evidence=("e:moi",), failed_checks=())
    hard = replace(task, code="P2", name="phần khó", reported=most * share / 100)
    assert of(content, with_first(whole, easy, hard)) <= of(content, whole)


@given(contents(), cards("A"), st.integers(1, 5))
@many
def test_equal_pieces_of_one_item_weigh_as_the_item(content: Content, card: CardOf, pieces: int) -> None:
    task = make_task("T1", outcomes=())
    alone = replace(card, tasks=(task, make_task("T2", reported=Decimal(30))))
    parts = [replace(task, code=f"T1.{number}") for number in range(pieces)]
    assert of(content, with_first(alone, *parts)) == of(content, alone)


@given(contents(), cards("A"))
@many
def test_names_and_the_order_of_records_change_nothing(content: Content, card: CardOf) -> None:
    turned = replace(
        card,
        name="Tên khác",
        tasks=tuple(replace(task, name="khác") for task in reversed(card.tasks)),
        judgements=card.judgements[::-1],
    )
    assert of(content, turned) == of(content, card)


@given(contents(), cards("A"))
@many
def test_a_report_late_or_missing_never_raises_the_score(content: Content, card: CardOf) -> None:
    reports = replace(card.reports, owed=card.reports.owed + 1)
    on_time = replace(card, reports=replace(reports, on_time=reports.on_time + 1))
    late = replace(card, reports=replace(reports, late=reports.late + 1))
    missing = replace(card, reports=replace(reports, missing=reports.missing + 1))
    assert of(content, missing) <= of(content, late) <= of(content, on_time)


@given(contents(), cards("A"))
@many
def test_a_figure_or_a_word_kept_back_never_raises_the_score(content: Content, card: CardOf) -> None:
    silent = replace(
        card,
        figures=tuple(replace(each, value=None, progress=None, state="no_data", why="") for each in card.figures),
        judgements=tuple(each for each in card.judgements if each.voice is Voice.SELF),
    )
    assert of(content, silent) <= of(content, card)
    assert of(content, replace(silent, figures=())) == of(content, silent)


@given(contents(), cards("A"))
@many
def test_a_unit_cannot_score_itself(content: Content, card: CardOf) -> None:
    others = tuple(each for each in card.judgements if each.voice is not Voice.SELF)
    assert of(content, replace(card, judgements=others)) == of(content, card)


def audit(checked: int, confirmed: int) -> ReliabilityOf:
    rate = (Decimal(confirmed) / Decimal(checked)).quantize(Decimal("0.000001"))
    return ReliabilityOf(checked, confirmed, rate, Decimal(0), Decimal(1), Decimal("0.95"))


@given(contents(), cards("A"), st.integers(1, 30), st.integers(0, 30))
@many
def test_confirmed_findings_never_lower_and_refuted_never_raise(
    content: Content, card: CardOf, checked: int, confirmed: int
) -> None:
    confirmed = min(confirmed, checked)
    now = of(content, replace(card, reliability=audit(checked, confirmed)))
    assert of(content, replace(card, reliability=audit(checked + 1, confirmed + 1))) >= now
    assert of(content, replace(card, reliability=audit(checked + 1, confirmed))) <= now
    nothing_yet = of(content, replace(card, reliability=None))
    assert of(content, replace(card, reliability=audit(1, 1))) == nothing_yet
    assert of(content, replace(card, reliability=audit(1, 0))) <= nothing_yet


@given(contents(), cards("A"), st.decimals(0, 60, places=2))
@many
def test_a_better_figure_never_lowers_the_score(content: Content, card: CardOf, more: Decimal) -> None:
    """More progress; of the criterion where less is better, a lower value."""
    better = tuple(
        replace(
            each,
            progress=None if each.progress is None else each.progress + more,
            value=None if each.value is None else each.value - more,
        )
        for each in card.figures
    )
    assert of(content, replace(card, figures=better)) >= of(content, card)


@given(contents(), cards("A").filter(lambda card: bool(card.tasks)), st.decimals(0, 60, places=2))
@many
def test_more_done_never_lowers_the_score(content: Content, card: CardOf, more: Decimal) -> None:
    task = card.tasks[0]
    done = replace(task, reported=(task.reported or Decimal(0)) + more, evidence=("e:1",))
    reached = tuple(replace(each, progress=(each.progress or Decimal(0)) + more) for each in task.outcomes)
    assert of(content, with_first(card, replace(done, outcomes=reached))) >= of(content, card)


@given(snapshots())
@many
def test_scores_lie_within_bounds_and_ranks_within_their_interval(snapshot: object) -> None:
    results = score(snapshot)  # type: ignore[arg-type]
    total = sum(point.weight for point in results.cards[0].criteria)
    for card in results.cards:
        assert 0 <= card.score <= total + Decimal("0.5")
        assert 1 <= card.rank_low <= card.rank <= card.rank_high <= len(results.cards)
        assert all(0 <= point.points <= point.weight for point in card.criteria)


@given(contents(), cards("A"), cards("B"), st.randoms(use_true_random=False))
@many
def test_the_order_of_cards_changes_nothing_and_equal_cards_tie(
    content: Content, one: CardOf, two: CardOf, random: object
) -> None:
    twin = replace(one, key="C")
    listed = [one, two, twin]
    there = {card.key: card for card in score(make_snapshot(content, *listed, resamplings=5)).cards}
    back = {card.key: card for card in score(make_snapshot(content, *reversed(listed), resamplings=5)).cards}
    assert there == back
    same = replace(there["C"], key="A")
    assert same == there["A"]
    assert there["A"].tied >= 2


@given(snapshots())
@settings(many, max_examples=30)
def test_the_same_seed_gives_the_same_intervals(snapshot: object) -> None:
    assert score(snapshot) == score(snapshot)  # type: ignore[arg-type]


def test_a_strong_card_keeps_its_rank_and_close_cards_change_places() -> None:
    weak = make_card("C", make_task(reported=Decimal(10)), reports=ReportsOf(2, 0, 0, 2))
    close = [make_card("A", make_task(reported=Decimal(80))), make_card("B", reports=ReportsOf(6, 0, 1, 5))]
    made = {card.key: card for card in score(make_snapshot(make_content(), *close, weak, resamplings=200)).cards}
    assert (made["C"].rank_low, made["C"].rank_high) == (3, 3)
    assert (made["A"].rank_low, made["A"].rank_high) == (made["B"].rank_low, made["B"].rank_high) == (1, 2)


def test_the_lower_end_of_an_audit_is_not_offered() -> None:
    """One true claim of one has an interval from about 0.2: by its low end a true claim would lower the score."""
    assert set(Trust) == {"none", "rate", "high"}
    assert TaskRules().reliability is Trust.RATE


def test_what_is_not_due_is_out_for_everybody_whatever_was_done() -> None:
    later = {"original_due": date(2027, 6, 30), "due": date(2027, 6, 30)}
    content = make_content()
    done, silent = make_task("T2", **later), make_task("T2", **later, reported=None, state="not_started")
    both = [of(content, make_card("A", make_task(), task)) for task in (done, silent)]
    assert both[0] == both[1] == of(content, make_card("A"))
