"""A set of criteria is drafted, edited, linked to what it serves, proposed, and put into force by somebody else."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.evaluation.content import criteria_sha256
from tiendo.evaluation.criteria import Content, data_of
from tiendo.evaluation.models import CriteriaSet, CriterionLink
from tiendo.evaluation.set_rules import can_draft_set, can_edit_set, can_put_in_force, can_take_back_set
from tiendo.evaluation.sets import content_of_set, faults_of_set, hash_of, link_rows
from tiendo.evaluation.shaping import Misfit
from tiendo.evaluation.states import SetStatus
from tiendo.indicators.models import Indicator
from tiendo.plans.models import Plan, PlanItem


class Changed(Exception):
    """Somebody else saved the draft meanwhile; the message says so."""


@transaction.atomic
def draft_set(
    *, plan: Plan, code: str, content: Content, by: User, at: datetime, former: CriteriaSet | None = None
) -> CriteriaSet:
    """The next version of `code` from a content: a shipped one's, or an older version's (`former`), whose links come
    along where the indicator is in use and the plan in force still has the item. One draft of a code at a time."""
    require(can_draft_set(by))
    plan = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    versions = CriteriaSet.objects.filter(code=code)
    if versions.exclude(plan=plan).exists():
        require(no(_("Mã này đã dùng cho bộ tiêu chí của kế hoạch khác.")))
    if versions.filter(status__in=[SetStatus.DRAFT, SetStatus.PROPOSED]).exists():
        require(no(_("Bộ tiêu chí này đang có một bản soạn dở hoặc chờ ban hành.")))
    newest = versions.order_by("-number").first()
    data = data_of(content)
    made = CriteriaSet.objects.create(
        code=code,
        number=newest.number + 1 if newest else 1,
        title=content.title,
        plan=plan,
        content=data,
        sha256=criteria_sha256(data, []),
        made_by=by,
        made_at=at,
    )
    if former is not None:
        _carry_links(former, made)
    _sealed(made)
    _record("draft", made, by, at, former=str(former) if former else "", rule=made.sha256)
    return made


def _carry_links(former: CriteriaSet, made: CriteriaSet) -> None:
    items = {item.path: item for item in PlanItem.objects.filter(version=made.plan.version)}
    for link in former.links.select_related("indicator", "item"):
        if link.indicator is not None and link.indicator.retired_on is None:
            CriterionLink.objects.create(criteria=made, criterion=link.criterion, indicator=link.indicator)
        elif link.item is not None and link.item.path in items:
            CriterionLink.objects.create(criteria=made, criterion=link.criterion, item=items[link.item.path])


@transaction.atomic
def edit_set(*, criteria: CriteriaSet, content: Content, sha256: str, by: User, at: datetime) -> CriteriaSet:
    """Save a draft as it is now; faults may remain until it is proposed. `sha256` is the hash the editor began from.

    Raises `Changed` when somebody saved meanwhile. Links of criteria that are gone go with them.
    """
    criteria = _locked(criteria)
    require(can_edit_set(by, criteria))
    if criteria.sha256 != sha256:
        raise Changed(_("Người khác vừa sửa bản soạn này. Hãy xem bản mới rồi sửa tiếp; điều bạn gõ vẫn còn dưới đây."))
    was = criteria.sha256
    criteria.content, criteria.title = data_of(content), content.title
    criteria.links.exclude(criterion__in=[each.code for each in content.criteria]).delete()
    criteria.save(update_fields=["content", "title"])
    _sealed(criteria)
    _record("edit", criteria, by, at, was=was, now=criteria.sha256)
    return criteria


@transaction.atomic
def link_criterion(
    *,
    criteria: CriteriaSet,
    criterion: str,
    by: User,
    at: datetime,
    indicator: Indicator | None = None,
    item: PlanItem | None = None,
) -> CriterionLink:
    """Say which indicator or clause of the plan a criterion serves (R004); done twice it is the same link."""
    criteria = _locked(criteria)
    require(can_edit_set(by, criteria))
    if criterion not in {each.code for each in content_of_set(criteria).criteria}:
        require(no(_("Bộ tiêu chí không có tiêu chí này.")))
    if (indicator is None) == (item is None):
        require(no(_("Hãy chọn một chỉ tiêu hoặc một mục của kế hoạch.")))
    if item is not None and item.version_id != criteria.plan.version.pk:
        require(no(_("Mục này không thuộc bản kế hoạch đang áp dụng.")))
    link, is_new = CriterionLink.objects.get_or_create(
        criteria=criteria, criterion=criterion, indicator=indicator, item=item
    )
    if is_new:
        _sealed(criteria)
        _record("link", criteria, by, at, criterion=criterion, end=_end(link), now=criteria.sha256)
    return link


@transaction.atomic
def unlink_criterion(*, link: CriterionLink, by: User, at: datetime) -> CriteriaSet:
    """Take a link of a draft away."""
    criteria = _locked(link.criteria)
    require(can_edit_set(by, criteria))
    link = CriterionLink.objects.select_related("indicator", "item").get(pk=link.pk)
    end = _end(link)
    link.delete()
    _sealed(criteria)
    _record("unlink", criteria, by, at, criterion=link.criterion, end=end, now=criteria.sha256)
    return criteria


@transaction.atomic
def propose_set(*, criteria: CriteriaSet, by: User, at: datetime) -> CriteriaSet:
    """Lay it before the decision-maker; its words are fixed from now on. Raises `Misfit` with every fault."""
    criteria = _locked(criteria)
    require(can_edit_set(by, criteria))
    _require_sound(criteria)
    return _moved(criteria, SetStatus.PROPOSED, "propose", by, at)


@transaction.atomic
def take_back_set(*, criteria: CriteriaSet, reason: str, by: User, at: datetime) -> CriteriaSet:
    """Back to a draft: taken back by the coordinator, or returned with a reason by whoever would decide."""
    criteria = _locked(criteria)
    require(can_take_back_set(by, criteria))
    if not reason.strip():
        require(no(_("Hãy ghi lý do.")))
    return _moved(criteria, SetStatus.DRAFT, "take_back", by, at, reason=reason.strip())


@transaction.atomic
def drop_draft(*, criteria: CriteriaSet, by: User, at: datetime) -> None:
    """Throw a draft away with its links; only a draft. The log keeps who did it and the hash of what it said."""
    criteria = _locked(criteria)
    require(can_edit_set(by, criteria))
    _record("drop_draft", criteria, by, at, title=criteria.title, was=criteria.sha256)
    criteria.delete()


@transaction.atomic
def put_in_force(*, criteria: CriteriaSet, decision: str, in_force_from: date, by: User, at: datetime) -> CriteriaSet:
    """In force by a paper; the version in force until now is retired in the same act.

    Raises `Misfit` naming every criterion without a link (R004) and every other fault.
    """
    criteria = _locked(criteria)
    require(can_put_in_force(by, criteria))
    if not decision.strip():
        require(no(_("Hãy ghi số, ngày của văn bản ban hành.")))
    _require_sound(criteria)
    retired = [_retire(former, by, at) for former in _in_force(criteria)]
    criteria.decision, criteria.in_force_from = decision.strip(), in_force_from
    criteria.decided_by, criteria.decided_at = by, at
    facts = {"decision": criteria.decision, "in_force_from": in_force_from, "rule": criteria.sha256}
    return _moved(criteria, SetStatus.IN_FORCE, "put_in_force", by, at, retired=retired, **facts)


def _in_force(criteria: CriteriaSet) -> list[CriteriaSet]:
    return list(CriteriaSet.objects.select_for_update().filter(code=criteria.code).in_force())


def _retire(former: CriteriaSet, by: User, at: datetime) -> str:
    former.status = SetStatus.RETIRED.value
    former.save(update_fields=["status"])
    _record("retire", former, by, at, on=localdate(at))
    return str(former)


def _require_sound(criteria: CriteriaSet) -> None:
    if found := faults_of_set(criteria):
        raise Misfit(found)


def _moved(criteria: CriteriaSet, to: SetStatus, act: str, by: User, at: datetime, **detail: object) -> CriteriaSet:
    was, criteria.status = criteria.status, to.value
    criteria.save()
    _record(act, criteria, by, at, was=was, now=to.value, **detail)
    return criteria


def _sealed(criteria: CriteriaSet) -> None:
    criteria.sha256 = hash_of(criteria)
    criteria.save(update_fields=["sha256"])


def _end(link: CriterionLink) -> str:
    return ":".join(link_rows([link])[0][1:])


def _locked(criteria: CriteriaSet) -> CriteriaSet:
    return CriteriaSet.objects.select_for_update(of=("self",)).select_related("plan").get(pk=criteria.pk)


def _record(act: str, criteria: CriteriaSet, by: User, at: datetime, **detail: object) -> None:
    record(
        act=f"evaluation.criteria_set.{act}",
        subject=f"evaluation.criteria_set:{criteria.pk}",
        actor=by.username,
        at=at,
        **{"set": str(criteria), **detail},
    )
