"""Who answers for reports in each unit, units without anybody on top (R080)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tiendo.accounts.permissions import can_administer, can_see_focal_officers, require
from tiendo.accounts.queries import focal_officers
from tiendo.plans.queries import answering_units
from tiendo.web.requests import SignedInRequest


@require_GET
def focal_list(request: SignedInRequest) -> HttpResponse:
    """Every unit that reports, leads or helps with an unfinished task, with its named officers."""
    require(can_see_focal_officers(request.user))
    today = timezone.localdate()
    officers = focal_officers(on=today)
    rows = [(unit, officers.get(unit.pk, [])) for unit in answering_units(on=today)]
    rows.sort(key=lambda row: bool(row[1]))
    context = {
        "rows": rows,
        "lacking": sum(not people for _unit, people in rows),
        "may_give": bool(can_administer(request.user)),
    }
    return render(request, "web/accounts/focal_list.html", context)
