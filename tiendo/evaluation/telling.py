"""Who is told that a yearly evaluation waits for them, or what became of it."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Role, User
from tiendo.evaluation.models import Cycle, Objection, Scorecard
from tiendo.evaluation.states import Stage
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.reporting.people import people_by_unit, people_holding_role
from tiendo.ui.sentences import Sentence

SAYINGS: dict[str, str] = {
    Stage.SELF_ASSESSMENT: gettext_noop("Mời tự đánh giá “{cycle}”, hạn cuối {self_until}."),
    Stage.CONSOLIDATION: gettext_noop("“{cycle}” đã chuyển sang tổng hợp."),
    Stage.APPRAISAL: gettext_noop("“{cycle}” chờ bạn thẩm định."),
    Stage.OBJECTION: gettext_noop("Kết quả dự kiến của “{cycle}” đã có; gửi ý kiến đến hết ngày {objection_until}."),
    Stage.DECIDED: gettext_noop("“{cycle}” đã có quyết định, chờ công bố."),
    Stage.PUBLISHED: gettext_noop("Đã công bố kết quả “{cycle}”."),
}


def tell_moved(cycle: Cycle, *, by: User, at: datetime) -> None:
    """Those who must act at the stage reached, and those it concerns; called in the transaction of the act."""
    people = _concerned(cycle, at)
    values = {
        "cycle": cycle.title,
        "self_until": f"{cycle.self_until:%d/%m/%Y}",
        "objection_until": f"{cycle.objection_until:%d/%m/%Y}" if cycle.objection_until else "",
    }
    sentence = Sentence.of(SAYINGS[cycle.stage], **values)
    _tell(cycle, people, sentence, f"moved:{cycle.stage}", by, at)


def tell_raised(objection: Objection, *, by: User, at: datetime) -> None:
    card = objection.scorecard
    sentence = Sentence.of(gettext_noop("{unit} gửi ý kiến về kết quả đánh giá."), unit=str(card.unit))
    people = people_holding_role(Role.COORDINATOR, on=localdate(at))
    _tell(card.cycle, people, sentence, f"objection:{objection.pk}:raised", by, at, body=objection.text)


def tell_answered(objection: Objection, *, by: User, at: datetime) -> None:
    card = objection.scorecard
    people = [*people_of_card(card, at), objection.raised_by]
    sentence = Sentence.of(gettext_noop("Ý kiến của {unit} về kết quả đánh giá đã được trả lời."), unit=str(card.unit))
    _tell(card.cycle, people, sentence, f"objection:{objection.pk}:answered", by, at, body=objection.answer_text)


def people_of_card(card: Scorecard, at: datetime) -> list[User]:
    """Who works for the unit judged; of a head's card the head alone."""
    if card.head_id is not None and card.head is not None:
        return [card.head]
    return people_by_unit([card.unit_id], on=localdate(at))[card.unit_id]


def _concerned(cycle: Cycle, at: datetime) -> list[User]:
    on = localdate(at)
    if cycle.stage == Stage.CONSOLIDATION:
        return people_holding_role(Role.COORDINATOR, on=on)
    if cycle.stage == Stage.APPRAISAL:
        named = cycle.assessors.filter(ended_at=None).select_related("user")
        return [each.user for each in named]
    if cycle.stage == Stage.DECIDED:
        return people_holding_role(Role.COORDINATOR, on=on)
    cards = cycle.scorecards.select_related("head")
    heads = [card.head for card in cards if card.head is not None]
    if heads:
        return heads
    found = people_by_unit([card.unit_id for card in cards], on=on)
    return [user for people in found.values() for user in people]


def _tell(
    cycle: Cycle, people: Iterable[User], sentence: str, about: str, by: User, at: datetime, *, body: str = ""
) -> None:
    notify(
        kind=Kind.EVALUATION,
        to=people,
        sentence=sentence,
        url=reverse("evaluation:cycle-detail", args=[cycle.pk]),
        about=f"evaluation.cycle:{cycle.pk}",
        key=f"evaluation.cycle:{cycle.pk}:{about}",
        body=body,
        by=by,
        at=at,
    )
