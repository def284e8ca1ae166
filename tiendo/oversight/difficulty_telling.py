"""Who is told of a difficulty: those whose turn it is, and those who wait for its end."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Role, User
from tiendo.notices.actions import notify
from tiendo.notices.kinds import Kind
from tiendo.oversight.difficulty_permissions import raised_by
from tiendo.oversight.difficulty_workflow import Act
from tiendo.oversight.models import Difficulty
from tiendo.reporting.people import people_by_unit, people_holding_role
from tiendo.reporting.routing import signing_for, superiors_above
from tiendo.ui.sentences import Sentence

SAYINGS: dict[Act, str] = {
    Act.SEND: gettext_noop("{unit} nêu khó khăn: {title}"),
    Act.TAKE_BACK: gettext_noop("{unit} lấy lại để sửa: {title}"),
    Act.WITHDRAW: gettext_noop("{unit} rút lại khó khăn đã nêu: {title}"),
    Act.RETURN: gettext_noop("Khó khăn của {unit} được trả lại để bổ sung: {title}"),
    Act.FORWARD: gettext_noop("Khó khăn của {unit} chuyển đến {authority}, trả lời trước hết ngày {day}: {title}"),
    Act.DECLINE: gettext_noop("{authority} chuyển lại vì không thuộc thẩm quyền: {title}"),
    Act.DECIDE: gettext_noop("Khó khăn của {unit} đã có quyết định: {title}"),
    Act.STOP: gettext_noop("Tạm dừng tính hạn trả lời khó khăn của {unit}: {title}"),
    Act.RESUME: gettext_noop("Tính tiếp hạn trả lời khó khăn của {unit}: {title}"),
    Act.STAND: gettext_noop("{unit} báo vẫn còn vướng: {title}"),
    Act.REMOVE: gettext_noop("Khó khăn của {unit} đã được tháo gỡ: {title}"),
}
OVERDUE = gettext_noop("{authority} chưa trả lời khó khăn của {unit}, quá hạn {days} ngày làm việc: {title}")
LONGEST = 120


def tell_act(difficulty: Difficulty, act: Act, authority: str, *, note: str, by: User | None, at: datetime) -> None:
    """Tell those the act concerns, in its transaction. `authority` names who held it before the act."""
    if act in SAYINGS:
        key = f"oversight.difficulty:{difficulty.pk}:{act}:{at:%Y%m%d%H%M%S%f}"
        people = list(dict.fromkeys(_concerned(difficulty, act, localdate(at), by_clock=by is None)))
        _tell(difficulty, _sentence(SAYINGS[act], difficulty, authority), people, key, note, by=by, at=at)


def tell_overdue(difficulty: Difficulty, days: int, *, by: User | None, at: datetime) -> list[User]:
    """Tell those above the authority, the coordinator and the decision-maker, once; who was told."""
    on = localdate(at)
    assert difficulty.authority is not None
    people = list(dict.fromkeys([*superiors_above(difficulty.authority, on=on), *_above(on)]))
    sentence = _sentence(OVERDUE, difficulty, difficulty.authority.short_name, days=days)
    key = f"oversight.difficulty:{difficulty.pk}:overdue:{difficulty.reply_due_on}:{difficulty.authority_id}"
    _tell(difficulty, sentence, people, key, "", by=by, at=at)
    return people


def _tell(
    difficulty: Difficulty, sentence: Sentence, to: list[User], key: str, body: str, *, by: User | None, at: datetime
) -> None:
    notify(
        kind=Kind.DIFFICULTY,
        to=to,
        sentence=sentence,
        body=body,
        url=reverse("oversight:difficulty-detail", args=[difficulty.pk]),
        about=f"oversight.difficulty:{difficulty.pk}",
        key=key,
        by=by,
        at=at,
    )


def _sentence(pattern: str, difficulty: Difficulty, authority: str, **values: object) -> Sentence:
    title = difficulty.title if len(difficulty.title) <= LONGEST else f"{difficulty.title[: LONGEST - 1]}…"
    day = f"{difficulty.reply_due_on:%d/%m/%Y}" if difficulty.reply_due_on else ""
    given = {"unit": difficulty.unit.short_name, "authority": authority, "day": day, "title": title, **values}
    return Sentence.of(pattern, **{name: value for name, value in given.items() if f"{{{name}}}" in pattern})


def _concerned(difficulty: Difficulty, act: Act, on: date, *, by_clock: bool) -> Iterable[User]:
    unit, coordinators = _unit(raised_by(difficulty), on), people_holding_role(Role.COORDINATOR, on=on)
    authority = _authority(difficulty, on)
    if act == Act.RETURN:
        return unit
    if act == Act.FORWARD:
        return [*authority, *unit]
    if act in (Act.STOP, Act.RESUME):
        return [*authority, *unit, *(coordinators if by_clock else ())]
    if act == Act.DECIDE:
        return [*unit, *coordinators]
    return [*coordinators, *authority]


def _authority(difficulty: Difficulty, on: date) -> list[User]:
    """Those who may answer, and the people of that unit who prepare the answer."""
    if difficulty.authority_id is None:
        return []
    return [*signing_for(difficulty.authority_id, on=on), *_unit(difficulty.authority_id, on)]


def _unit(unit_id: int, on: date) -> list[User]:
    return people_by_unit([unit_id], on=on)[unit_id]


def _above(on: date) -> list[User]:
    return [*people_holding_role(Role.COORDINATOR, on=on), *people_holding_role(Role.DECISION_MAKER, on=on)]
