"""Whose desk a report goes to for approval, and why. Pure: people and absences in, a route with its reasons out.

Each step in its order, then the unit's head; somebody away is replaced by their substitute; who wrote what is to be
sent approves none of it. Where nobody of the unit can sign, the unit above does.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from tiendo.reporting.workflow import Desk
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Signer:
    """A person who may approve; `away_until` is the last day of an absence, `substitute` whoever stands in."""

    user: int
    name: str
    away_until: date | None = None
    substitute: int | None = None
    substitute_name: str = ""


@dataclass(frozen=True)
class Step:
    """An approval the unit wants before its head's."""

    position: int
    title: str
    signer: Signer


@dataclass(frozen=True)
class Route:
    """The desk, the one person on it where it is one person's, and in sentences why it is not somebody else's."""

    desk: Desk
    step: int = 0
    user: int | None = None
    name: str = ""
    reasons: tuple[str, ...] = ()


def approver_for(
    *,
    steps: Sequence[Step],
    heads: Sequence[Signer],
    superiors: Sequence[Signer],
    superior_unit: str,
    writers: Collection[int],
    after: int = 0,
    past_head: bool = False,
) -> Route:
    """The next desk after step `after` (0: from the officers; `past_head`: the head passes it on).

    `superior_unit` names the unit above, empty where there is none.
    """
    reasons: list[str] = []
    for step in sorted(steps, key=lambda step: step.position):
        if step.position > after and not past_head:
            person = _one_who_may(step.signer, writers, reasons)
            if person is not None:
                return Route(Desk.APPROVER, step.position, person[0], person[1], tuple(reasons))
    if not past_head:
        found = _all_who_may(heads, writers, reasons)
        if found:
            return Route(Desk.HEAD, 0, *_if_alone(found), tuple(reasons))
        if not heads:
            reasons.append(_("Đơn vị hiện chưa có thủ trưởng."))
    found = _all_who_may(superiors, writers, reasons)
    if found:
        return Route(Desk.PARENT, 0, *_if_alone(found), (*reasons, Sentence.of(_ABOVE, unit=superior_unit)))
    return Route(Desk.HEAD, 0, None, "", (*reasons, _NOBODY))


_ABOVE = _("Vì vậy đơn vị cấp trên ký: {unit}.")
_NOBODY = _("Hiện chưa có ai ký được; hãy cử người thay hoặc báo quản trị bổ sung thủ trưởng.")
_AWAY = _("{name} vắng đến hết ngày {day}, chưa cử người thay.")
_REPLACED = _("{name} vắng đến hết ngày {day}; {other} thay.")
_WROTE = _("{name} đã soạn nội dung nên không tự duyệt.")

Person = tuple[int, str]


def _all_who_may(signers: Sequence[Signer], writers: Collection[int], reasons: list[str]) -> list[Person]:
    found = [_one_who_may(signer, writers, reasons) for signer in signers]
    return list(dict.fromkeys(person for person in found if person is not None))


def _one_who_may(signer: Signer, writers: Collection[int], reasons: list[str]) -> Person | None:
    """The signer or the substitute, unless away or a writer; adds the reason to the list."""
    person = (signer.user, signer.name)
    if signer.away_until is not None:
        day = f"{signer.away_until:%d/%m/%Y}"
        if signer.substitute is None:
            reasons.append(Sentence.of(_AWAY, name=signer.name, day=day))
            return None
        reasons.append(Sentence.of(_REPLACED, name=signer.name, day=day, other=signer.substitute_name))
        person = (signer.substitute, signer.substitute_name)
    if person[0] in writers:
        reasons.append(Sentence.of(_WROTE, name=person[1]))
        return None
    return person


def _if_alone(people: Sequence[Person]) -> tuple[int | None, str]:
    """One person is named; a desk of several is the unit's."""
    return people[0] if len(people) == 1 else (None, ", ".join(name for _pk, name in people))
