"""Who was commended, by which paper, for which results (R045)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.indicators.models import Indicator
from tiendo.orgs.models import Unit
from tiendo.oversight.models import Commendation
from tiendo.oversight.register_queries import results_of
from tiendo.oversight.register_rules import can_keep_registers
from tiendo.plans.models import Plan, Task
from tiendo.reporting.models import Submission


@transaction.atomic
def commend(
    *,
    plan: Plan,
    unit: Unit,
    form: str,
    decision: str,
    decided_on: date,
    reason: str,
    by: User,
    at: datetime,
    person: str = "",
    tasks: Collection[Task] = (),
    submissions: Collection[Submission] = (),
    indicators: Collection[Indicator] = (),
) -> Commendation:
    """Enter a commendation with the results it rests on: at least one, each the unit's own."""
    require(can_keep_registers(by))
    _require_decided(form, decision, decided_on, localdate(at))
    _require_own(plan, unit, tasks, submissions, indicators, on=localdate(at))
    made = Commendation.objects.create(
        plan=plan,
        unit=unit,
        person=person.strip(),
        form=form.strip(),
        decision=decision.strip(),
        decided_on=decided_on,
        reason=reason.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    made.tasks.set(tasks)
    made.submissions.set(submissions)
    made.indicators.set(indicators)
    detail: dict[str, object] = {"plan": plan.code, "unit": unit.code, "title": made.form, "source": made.decision}
    detail |= {"tasks": sorted(each.code for each in tasks), "submissions": sorted(each.pk for each in submissions)}
    detail |= {"indicators": sorted(each.code for each in indicators), "of_a_person": bool(made.person)}
    subject = f"oversight.commendation:{made.pk}"
    record(act="oversight.commendation.enter", subject=subject, actor=by.username, at=at, **detail)
    return made


def _require_decided(form: str, decision: str, decided_on: date, today: date) -> None:
    if not form.strip() or not decision.strip():
        require(no(_("Hãy ghi hình thức và số, ngày quyết định khen thưởng.")))
    if decided_on > today:
        require(no(_("Ngày quyết định không thể ở tương lai.")))


def _require_own(
    plan: Plan,
    unit: Unit,
    tasks: Collection[Task],
    submissions: Collection[Submission],
    indicators: Collection[Indicator],
    *,
    on: date,
) -> None:
    """The results are there, and the unit's."""
    if not (tasks or submissions or indicators):
        require(no(_("Hãy chọn ít nhất một kết quả: nhiệm vụ, báo cáo đã tiếp nhận hoặc chỉ tiêu.")))
    own = results_of(plan, unit, on=on)
    pairs = ((tasks, own.tasks), (submissions, own.submissions), (indicators, own.indicators))
    for chosen, rows in pairs:
        wanted = {each.pk for each in chosen}
        if wanted - set(rows.filter(pk__in=wanted).values_list("pk", flat=True)):
            require(no(_("Chỉ gắn được kết quả của chính đơn vị được khen.")))
