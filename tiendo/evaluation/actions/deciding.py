"""The result is decided by who may, under a paper's number, and then published."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.evaluation.actions.snapshots import locked
from tiendo.evaluation.conditions import find_final, lacking
from tiendo.evaluation.models import Cycle
from tiendo.evaluation.permissions import can_decide_cycle, can_steer_cycle
from tiendo.evaluation.sets import hidden_measures
from tiendo.evaluation.states import Stage, Subject
from tiendo.evaluation.telling import tell_moved
from tiendo.evaluation.workflow import Act, IllegalMove, move
from tiendo.ui.saying import said


@transaction.atomic
def decide_cycle(*, cycle: Cycle, decision: str, conclusion: str, by: User, at: datetime) -> Cycle:
    """The result of the last final snapshot is the result, under the decision's number and with what it concludes.

    Raises IllegalMove naming everything that is lacking: the window still open, an objection unanswered, no final
    snapshot, or one older than the last word said.
    """
    cycle = locked(cycle)
    require(can_decide_cycle(by, cycle))
    to = move(Stage(cycle.stage), Act.DECIDE).to
    if not decision.strip():
        require(no(_("Hãy ghi số, ký hiệu văn bản quyết định.")))
    if found := lacking(cycle, on=localdate(at)):
        raise IllegalMove(" ".join(found))
    cycle.stage, cycle.decision, cycle.conclusion = to.value, decision.strip(), conclusion.strip()
    cycle.decided_by, cycle.decided_at = by, at
    cycle.save(update_fields=["stage", "decision", "conclusion", "decided_by", "decided_at"])
    final = find_final(cycle)
    _record("decide", cycle, by, at, decision=cycle.decision, snapshot=final.sha256 if final else "")
    tell_moved(cycle, by=by, at=at)
    return cycle


@transaction.atomic
def publish_cycle(*, cycle: Cycle, by: User, at: datetime) -> Cycle:
    """What was decided becomes readable by everybody; of heads only by themselves and those who steer.

    Raises IllegalMove naming the criteria that read an indicator kept from the public: the facts that everybody may
    compute again would tell its value.
    """
    cycle = locked(cycle)
    require(can_steer_cycle(by, cycle, Act.PUBLISH))
    if cycle.subject == Subject.UNIT and (hidden := hidden_measures(cycle.criteria)):
        raise IllegalMove(
            " ".join([*map(said, hidden), _("Kết quả công bố phải tính lại được nên chưa công bố được.")])
        )
    cycle.stage, cycle.published_at = move(Stage(cycle.stage), Act.PUBLISH).to.value, at
    cycle.save(update_fields=["stage", "published_at"])
    _record("publish", cycle, by, at, decision=cycle.decision)
    tell_moved(cycle, by=by, at=at)
    return cycle


def _record(verb: str, cycle: Cycle, by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"evaluation.cycle.{verb}",
        subject=f"evaluation.cycle:{cycle.pk}",
        actor=by.username,
        at=at,
        year=cycle.year,
        **detail,
    )
