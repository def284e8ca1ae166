"""What a cycle still lacks before it may move on, each thing in a sentence; in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tiendo.evaluation.asking import allowance_of, asked_of, content_of
from tiendo.evaluation.models import Assessor, Cycle, Judgement, Objection, Scorecard, Snapshot
from tiendo.evaluation.states import Stage, Voice
from tiendo.evaluation.workflow import Outcome, outcome_of

NAMED = 6  # so many names in a sentence, the rest as a number
NEEDED = 2  # assessors


@dataclass(frozen=True)
class Standing:
    """Where the appraisal of one criterion of one card stands."""

    card: Scorecard
    criterion: str
    words: tuple[int, ...]
    referee: int | None
    outcome: Outcome


def lacking(cycle: Cycle, *, on: date) -> list[str]:
    """Everything that keeps the cycle at its stage on the day; empty when it may move on."""
    checks = {
        Stage.SELF_ASSESSMENT: _unsent,
        Stage.CONSOLIDATION: _unnamed,
        Stage.APPRAISAL: _unsettled,
        Stage.OBJECTION: _unready,
    }
    check = checks.get(Stage(cycle.stage))
    return list(check(cycle, on)) if check else []


def standings(cycle: Cycle) -> list[Standing]:
    """Every judged criterion of every card, in the order of cards and criteria."""
    rows = Judgement.objects.current().filter(scorecard__cycle=cycle, voice__in=[Voice.ASSESSOR, Voice.REFEREE])
    words: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for card_id, criterion, voice, level in rows.order_by("pk").values_list(
        "scorecard_id", "criterion", "voice", "level"
    ):
        if level is not None:
            words[card_id, criterion, voice].append(level)
    allowed = allowance_of(cycle.criteria.content)
    cards = cycle.scorecards.select_related("unit", "head")
    judged = [each.code for each in asked_of(cycle.criteria.content) if each.is_judged]
    return [_standing(card, code, words, allowed) for card in cards for code in judged]


def _standing(card: Scorecard, code: str, words: dict[tuple[int, str, str], list[int]], allowed: int) -> Standing:
    said = words.get((card.pk, code, Voice.ASSESSOR), [])
    third = words.get((card.pk, code, Voice.REFEREE), [])
    referee = third[-1] if third else None
    return Standing(card, code, tuple(said), referee, outcome_of(said, allowed=allowed, referee=referee))


def find_final(cycle: Cycle) -> Snapshot | None:
    """The newest snapshot made for the decision, if any."""
    return cycle.snapshots.filter(purpose=Snapshot.Purpose.FINAL).order_by("-number").first()


def _unsent(cycle: Cycle, on: date) -> Iterator[str]:
    if on > cycle.self_until:
        return
    silent = [_name(card) for card in cycle.scorecards.filter(submitted_at=None).select_related("unit", "head")]
    if silent:
        yield _("Còn trong hạn tự đánh giá (đến hết %(day)s) và chưa gửi: %(names)s.") % {
            "day": f"{cycle.self_until:%d/%m/%Y}",
            "names": listed(silent),
        }


def _unnamed(cycle: Cycle, on: date) -> Iterator[str]:
    if not any(each.is_judged for each in asked_of(cycle.criteria.content)):
        return
    named: dict[str, int] = defaultdict(int)
    for group in Assessor.objects.filter(cycle=cycle, voice=Voice.ASSESSOR, ended_at=None).values_list(
        "group", flat=True
    ):
        named[group] += 1
    words = group_words(cycle)
    for group in groups_of(cycle):
        if named[group] < NEEDED:
            yield _("Nhóm “%(group)s” chưa đủ hai người thẩm định.") % {"group": words.get(group, group)}


def _unsettled(cycle: Cycle, on: date) -> Iterator[str]:
    found = standings(cycle)
    waiting = list(dict.fromkeys(_name(each.card) for each in found if each.outcome == Outcome.WAITING))
    apart = list(dict.fromkeys(_name(each.card) for each in found if each.outcome == Outcome.APART))
    if waiting:
        yield _("Chưa đủ hai ý kiến thẩm định: %(names)s.") % {"names": listed(waiting)}
    if apart:
        yield _("Hai ý kiến lệch nhau quá mức, chờ người thẩm định thứ ba: %(names)s.") % {"names": listed(apart)}


def _unready(cycle: Cycle, on: date) -> Iterator[str]:
    if on < cycle.data_to:
        yield _("Kỳ số liệu chưa hết: số liệu tính đến trước ngày %(day)s.") % {"day": f"{cycle.data_to:%d/%m/%Y}"}
    if cycle.objection_until is not None and on <= cycle.objection_until:
        yield _("Còn trong hạn gửi ý kiến, đến hết ngày %(day)s.") % {"day": f"{cycle.objection_until:%d/%m/%Y}"}
    waiting = Objection.objects.waiting().filter(scorecard__cycle=cycle).select_related("scorecard__unit")
    if names := list(dict.fromkeys(_name(each.scorecard) for each in waiting)):
        yield _("Ý kiến chưa được trả lời: %(names)s.") % {"names": listed(names)}
    final = find_final(cycle)
    if final is None:
        yield _("Chưa chốt số liệu để trình quyết định.")
    elif heard_in(cycle) != final.heard or localdate(final.taken_at) < cycle.data_to <= on:
        yield _("Sau lần chốt số liệu trình quyết định đã có thay đổi; hãy chốt lại.")


def heard_in(cycle: Cycle) -> int:
    """How many words were said and objections answered. Neither is ever taken away, so the number only grows.

    What was said after a snapshot is told by this and not by the clock: a word that took long to arrive carries an
    earlier time than the snapshot it is not in, and leaving it out could raise a score.
    """
    words = Judgement.objects.filter(scorecard__cycle=cycle).count()
    return words + Objection.objects.filter(scorecard__cycle=cycle, answer__isnull=False).count()


def groups_of(cycle: Cycle) -> list[str]:
    """The groups whose cards are ranked together."""
    return sorted(set(cycle.scorecards.order_by().values_list("group", flat=True)))


def group_words(cycle: Cycle) -> dict[str, str]:
    """Code of a group → its name in the set."""
    return {group.code: group.name for group in content_of(cycle.criteria.content).groups}


def listed(names: list[str]) -> str:
    """The first names, and how many more."""
    more = len(names) - NAMED
    shown = "; ".join(names[:NAMED])
    return shown + ngettext(" và %(n)s phiếu nữa", " và %(n)s phiếu nữa", more) % {"n": more} if more > 0 else shown


def _name(card: Scorecard) -> str:
    return f"{card.head} ({card.unit.short_name})" if card.head_id else card.unit.short_name
