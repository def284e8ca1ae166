"""The page of one indicator, and the acts on its passport."""

from itertools import pairwise
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tiendo.accounts.permissions import require
from tiendo.audit.queries import events_about, head
from tiendo.indicators.actions.passports import create_indicator, retire_indicator
from tiendo.indicators.actions.terms import terms_of
from tiendo.indicators.aims import aim_text
from tiendo.indicators.models import Indicator, Passport, TargetLine
from tiendo.indicators.permissions import can_define_indicators, can_set_targets
from tiendo.indicators.states import Comparator, Purpose
from tiendo.plans.models import Task
from tiendo.publication.actions import amend_indicator
from tiendo.ui.stamps import carried
from tiendo.web.audit.words import lines_of
from tiendo.web.indicators.asking import ask, posted
from tiendo.web.indicators.figures import figures_of
from tiendo.web.indicators.forms import IndicatorForm, PaperForm, PassportForm, initial_of
from tiendo.web.requests import SignedInRequest

HISTORY = 30


@require_GET
def indicator_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Everything about one indicator: where it stands, its way, what it means, what it serves, what changed."""
    indicator, seen = indicator_of(request, code), head().seq  # before the figures: what comes meanwhile is told again
    figures = figures_of(request, indicator)
    context = {
        **figures,
        "seen": seen,
        "facts": _facts(figures["passport"]),
        "lines": _lines(indicator),
        "ties": _ties(indicator, request),
        "versions": _versions(indicator),
        "history": lines_of(list(events_about(f"indicators.indicator:{code}").order_by("-seq")[:HISTORY])),
        "may_define": can_define_indicators(request.user),
        "may_set": can_set_targets(request.user),
    }
    return render(request, "web/indicators/indicator_detail.html", context)


@require_GET
def indicator_live(request: SignedInRequest, code: str) -> HttpResponse:
    """The figures of the page alone, asked for again when something official changed."""
    return render(request, "web/indicators/_figures.html", figures_of(request, indicator_of(request, code)))


@require_http_methods(["GET", "POST"])
def indicator_create(request: SignedInRequest) -> HttpResponse:
    """The coordinator defines an indicator that no document of ours lists."""
    require(can_define_indicators(request.user))
    form = IndicatorForm(posted(request), initial={"first_period": str(timezone.localdate().year)})

    def act(**who: Any) -> object:
        data = form.cleaned_data
        return create_indicator(code=data["code"], terms=form.terms, rests_on=data["rests_on"], **who)

    def back() -> str:
        return reverse("indicators:indicator-detail", args=[form.cleaned_data["code"].strip()])

    shown = _choices() | {"back": reverse("indicators:indicator-list")}
    return ask(request, form, _("Lập chỉ tiêu"), act, back=back, shown=shown, template=FORM)


@require_http_methods(["GET", "POST"])
def passport_change(request: SignedInRequest, code: str) -> HttpResponse:
    """The coordinator writes the next version of the passport."""
    indicator = indicator_of(request, code)
    require(can_define_indicators(request.user))
    current = indicator.passports.in_force().select_related("owner", "source").get()
    terms, seen = terms_of(current), request.POST.get("seen")
    form = PassportForm(posted(request), initial=initial_of(terms), unit_codes=[terms.unit_code])

    def act(**who: Any) -> object:
        rests_on = form.cleaned_data["rests_on"]
        return amend_indicator(indicator=indicator, terms=form.terms, rests_on=rests_on, seen=seen, **who)

    shown = _choices() | {"indicator": indicator, "seen": carried(seen, str(current.number), fit=form.is_valid())}
    return ask(request, form, _("Sửa hồ sơ chỉ tiêu"), act, back=page_of(indicator), shown=shown, template=FORM)


@require_http_methods(["GET", "POST"])
def indicator_retire(request: SignedInRequest, code: str) -> HttpResponse:
    """The coordinator stops following an indicator; nothing of it is erased."""
    indicator = indicator_of(request, code)
    require(can_define_indicators(request.user))
    form = PaperForm(posted(request))

    def act(**who: Any) -> object:
        return retire_indicator(indicator=indicator, rests_on=form.cleaned_data["rests_on"], **who)

    title = _("Thôi theo dõi chỉ tiêu")
    return ask(request, form, title, act, back=page_of(indicator), shown={"indicator": indicator})


FORM = "web/indicators/passport_form.html"


def indicator_of(request: SignedInRequest, code: str) -> Indicator:
    """The indicator of an address, 404 when there is none."""
    return get_object_or_404(Indicator.objects.visible_to(request.user).select_related("plan", "item"), code=code)


def page_of(indicator: Indicator) -> str:
    return reverse("indicators:indicator-detail", args=[indicator.code])


def _choices() -> dict[str, object]:
    """Codes to pick other indicators from, with their names."""
    rows = Passport.objects.in_force().filter(indicator__retired_on=None)
    return {"known": rows.order_by("indicator__code").values_list("indicator__code", "name")}


def _facts(passport: Passport) -> list[tuple[str, object]]:
    """The choices of a passport in words; what was not chosen is left out."""
    ways = [
        (_("Chiều tốt"), passport.get_direction_display()),
        (_("Chu kỳ"), passport.get_frequency_display()),
        (_("Số liệu từ kỳ"), passport.first_period),
        (_("Nguồn"), passport.source.name if passport.source else ""),
        (_("Gộp theo đơn vị"), passport.get_over_units_display() if passport.over_units != "none" else ""),
        (_("Gộp theo thời gian"), passport.get_over_time_display()),
        (_("Tử số"), passport.numerator or ""),
        (_("Mẫu số"), passport.denominator or ""),
        (_("Trọng số"), passport.weight or ""),
    ]
    return [(words, value) for words, value in ways if value]


def _lines(indicator: Indicator) -> list[tuple[TargetLine, str]]:
    """The ledger by day, the line in force first, each with its threshold as papers print it."""
    rows = indicator.targets.select_related("unit", "recorded_by").order_by("due_on", "category", "unit", "-number")
    return [(row, aim_text(_comparator(row), row.value, row.upper)) for row in rows]


def _comparator(line: TargetLine) -> str:
    """A baseline is a bare value."""
    return Comparator.EQUAL.value if line.purpose == Purpose.BASELINE else line.comparator


def _versions(indicator: Indicator) -> list[Passport]:
    """Newest first, each with `changes`: the fields, in words, in which it differs from the one before."""
    versions = list(indicator.passports.select_related("recorded_by").order_by("number"))
    for before, after in pairwise(versions):
        columns = terms_of(after).columns
        changed = [name for name, value in terms_of(before).columns.items() if columns[name] != value]
        after.changes = [str(FIELD_WORDS.get(name, name)) for name in changed]  # type: ignore[attr-defined]
    return versions[::-1]


FIELD_WORDS = {name: field.label for name, field in PassportForm.base_fields.items()}


def _ties(indicator: Indicator, request: SignedInRequest) -> dict[str, Any]:
    """Ties in force; tasks that the reader may not see are counted, not named."""
    tasks = indicator.task_ties.filter(ended_at=None).select_related("task")
    seen = set(Task.objects.visible_to(request.user).filter(indicator_ties__in=tasks).values_list("pk", flat=True))
    return {
        "tasks": [tie for tie in tasks if tie.task_id in seen],
        "hidden": sum(1 for tie in tasks if tie.task_id not in seen),
        "items": indicator.objective_ties.filter(ended_at=None).select_related("item__version__plan"),
        "documents": indicator.document_ties.filter(ended_at=None).select_related("document"),
        "programmes": indicator.objectives.filter(ended_at=None).select_related("programme", "unit", "head"),
    }
