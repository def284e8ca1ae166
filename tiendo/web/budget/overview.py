"""A year's official money: by source, group and unit, and where more was spent than given."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tiendo.budget.permissions import can_see_queue
from tiendo.budget.queries import Total, year_money
from tiendo.web.budget.shown import flag_words, may_enter_some, money_tabs, rate_words, year_asked, years
from tiendo.web.requests import SignedInRequest


@require_GET
def money_overview(request: SignedInRequest) -> HttpResponse:
    """Confirmed figures only; what still waits is named and counted beside them."""
    on = timezone.localdate()
    year = year_asked(request, on)
    money = year_money(request.user, year, on=on)
    context = {
        "year": year,
        "years": years(request.user, on),
        "tabs": money_tabs(request.user, "overview", on),
        "money": money,
        "total": _told(money.total),
        "tables": [
            (part, [_told(each) for each in rows])
            for part, rows in (("source", money.by_source), ("group", money.by_group), ("unit", money.by_unit))
        ],
        "odd": [(each, flag_words(each.flags)) for each in money.odd],
        "may_enter": may_enter_some(request.user),
        "may_confirm": bool(can_see_queue(request.user)),
    }
    return render(request, "web/budget/overview.html", context)


def _told(total: Total) -> tuple[Total, str]:
    """A total with the reason why it has no rate."""
    return total, rate_words(total.rate)
