"""How money pages speak: their tabs, years, amounts in short and what is odd in words."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tiendo.accounts.models import Role, User
from tiendo.accounts.permissions import holds
from tiendo.budget.models import MoneyLine
from tiendo.budget.money import FLAG_WORDS, KIND_WORDS, NO_RATE_WORDS, Divided, Flag, Rate
from tiendo.budget.permissions import can_see_queue
from tiendo.budget.queries import spending_tasks, waiting_for
from tiendo.ui.formats import money_text
from tiendo.web.requests import SignedInRequest


def year_asked(request: SignedInRequest, on: date) -> int:
    """The budget year of the address, this year's without a sensible one."""
    typed = request.GET.get("nam", "")
    return int(typed) if typed.isdecimal() and len(typed) == 4 and 2000 <= int(typed) <= on.year + 1 else on.year


def years(user: User, on: date) -> list[int]:
    """Years to choose from: next year, this one, and those before that have figures, the newest first."""
    known = set(MoneyLine.objects.visible_to(user).values_list("year", flat=True).distinct())
    return sorted(known | {on.year, on.year - 1}, reverse=True)


def money_tabs(user: User, here: str, on: date) -> list[tuple[str, str, bool, int | None]]:
    """The pages on money this person may open; the queue with how many lines wait for them."""
    tabs: list[tuple[str, str, bool, int | None]] = [
        (_("Tổng hợp"), reverse("budget:overview"), here == "overview", None)
    ]
    if holds(user, Role.FINANCE) or user.access.held_unit_ids:
        tabs.append((_("Nhập số liệu"), reverse("budget:money-list"), here == "money-list", None))
    if can_see_queue(user):
        waiting = waiting_for(user, on=on).count()
        tabs.append((_("Chờ xác nhận"), reverse("budget:money-queue"), here == "money-queue", waiting))
    tabs.append((_("Tỷ lệ chi"), reverse("budget:share"), here == "share", None))
    return tabs


def flag_words(flags: Iterable[Flag]) -> list[str]:
    return [_(FLAG_WORDS[flag]) for flag in flags]


def divided_words(divided: Divided) -> str:
    """An amount without sources, what its sources make of it, and what none of them accounts for."""
    amounts = {"whole": divided.whole, "told": divided.told, "missing": divided.missing}
    values = {"kind": _(KIND_WORDS[divided.kind]), **{name: money_text(each) for name, each in amounts.items()}}
    if divided.missing:
        words = _(
            "%(kind)s: số chưa phân nguồn đã xác nhận là %(whole)s, theo nguồn mới có %(told)s; "
            "còn %(missing)s chưa rõ nguồn."
        )
    else:
        words = _("%(kind)s: số theo nguồn, cộng lại %(told)s, thay số chưa phân nguồn %(whole)s.")
    return words % values


def rate_words(rate: Rate) -> str:
    """Why there is no rate; empty when there is one."""
    return _(NO_RATE_WORDS[rate.reason]) if rate.reason else ""


def may_enter_some(user: User) -> bool:
    """Whether there is anything this person could enter."""
    return spending_tasks(user).exists()
