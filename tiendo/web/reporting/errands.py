"""What of money, figures and scores waits for the reader: one line each, which opens the page where it is done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds
from tiendo.budget.models import MoneyLine
from tiendo.budget.permissions import can_see_queue
from tiendo.budget.queries import waiting_for
from tiendo.evaluation.models import Assessor, AuditedClaim, Scorecard
from tiendo.evaluation.states import Stage
from tiendo.indicators.ledger import missing_values, waiting
from tiendo.indicators.permissions import can_open_queue


@dataclass(frozen=True)
class Errand:
    """One thing to do, in words, and where."""

    words: str
    url: str


def errands_of(user: User, *, on: date) -> list[Errand]:
    """In the order in which others wait for them; a constant number of queries."""
    return [errand for kind in KINDS for errand in kind(user, on)]


def _money_to_confirm(user: User, on: date) -> Iterator[Errand]:
    if can_see_queue(user) and (n := waiting_for(user, on=on).count()):
        words = ngettext("%(n)d số kinh phí chờ bạn xác nhận", "%(n)d số kinh phí chờ bạn xác nhận", n) % {"n": n}
        yield Errand(words, reverse("budget:money-queue"))


def _money_returned(user: User, on: date) -> Iterator[Errand]:
    if not holds(user, Role.OFFICER, Role.HEAD):
        return
    returned = MoneyLine.objects.newest().filter(state=MoneyLine.State.RETURNED)
    if n := returned.filter(unit_id__in=user.access.held_unit_ids).count():
        words = ngettext("%(n)d số kinh phí bị trả lại", "%(n)d số kinh phí bị trả lại", n) % {"n": n}
        yield Errand(words, reverse("budget:money-list"))


def _values_to_accept(user: User, on: date) -> Iterator[Errand]:
    if can_open_queue(user) and (n := waiting(user).count()):
        words = ngettext("%(n)d số liệu chỉ tiêu chờ bạn xác nhận", "%(n)d số liệu chỉ tiêu chờ bạn xác nhận", n)
        yield Errand(words % {"n": n}, reverse("indicators:value-queue"))


def _values_missing(user: User, on: date) -> Iterator[Errand]:
    """Past their day and with no value entered; one period opens its form, several the list of the unit's periods."""
    for unit, periods in missing_values(user, on=on):
        n = sum(each.missing for each in periods)
        words = ngettext(
            "Thiếu %(n)d số liệu chỉ tiêu đã quá hạn: %(unit)s", "Thiếu %(n)d số liệu chỉ tiêu đã quá hạn: %(unit)s", n
        )
        if len(periods) == 1:
            url = reverse("indicators:value-enter", args=[unit.code, periods[0].span.code])
        else:
            url = f"{reverse('indicators:value-due')}?{urlencode({'don-vi': unit.code})}"
        yield Errand(words % {"n": n, "unit": unit}, url)


def _cards_to_send(user: User, on: date) -> Iterator[Errand]:
    """Self-assessments that only the head of a unit, or the head judged, can send."""
    if not holds(user, Role.HEAD):
        return
    cards = Scorecard.objects.own_of(user).filter(cycle__stage=Stage.SELF_ASSESSMENT, submitted_at=None)
    for card in cards.select_related("cycle"):
        words = _("Gửi phiếu tự đánh giá: %(cycle)s") % {"cycle": card.cycle.title}
        yield Errand(words, reverse("evaluation:card-detail", args=[card.pk]))


def _cards_to_appraise(user: User, on: date) -> Iterator[Errand]:
    named = Assessor.objects.filter(user=user, ended_at=None, cycle__stage=Stage.APPRAISAL)
    for pk, title in sorted(set(named.values_list("cycle", "cycle__title"))):
        yield Errand(_("Thẩm định: %(cycle)s") % {"cycle": title}, reverse("evaluation:cycle-detail", args=[pk]))


def _claims_to_check(user: User, on: date) -> Iterator[Errand]:
    claims = AuditedClaim.objects.filter(checker=user, finding=None, audit__concluded_at=None)
    for pk, title in claims.order_by("place", "pk").values_list("pk", "task__title"):
        words = _("Kiểm tra báo cáo hoàn thành: %(task)s") % {"task": title}
        yield Errand(words, reverse("evaluation:claim-check", args=[pk]))


KINDS: tuple[Callable[[User, date], Iterator[Errand]], ...] = (
    _money_to_confirm,
    _money_returned,
    _values_to_accept,
    _values_missing,
    _cards_to_send,
    _cards_to_appraise,
    _claims_to_check,
)
