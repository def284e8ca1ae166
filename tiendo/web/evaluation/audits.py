"""Audits of claims: frame, draw, who looks at what, what was found, the rates and how anybody repeats the draw."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.evaluation.actions import audits as actions
from tiendo.evaluation.claim_rules import can_audit_claims, can_check_claim, can_publish_audit
from tiendo.evaluation.claims import claim_of, framed_claims
from tiendo.evaluation.models import AuditedClaim, ClaimAudit
from tiendo.evaluation.sampling import RISK_WORDS, Design
from tiendo.evaluation.states import FINDING_WORDS, Drawn, Finding
from tiendo.orgs.models import Unit
from tiendo.plans.files import RefusedFile
from tiendo.plans.models import Plan, Task
from tiendo.plans.storage import read_file
from tiendo.reporting.models import Evidence
from tiendo.ui.saying import said
from tiendo.web.days import DayField
from tiendo.web.requests import SignedInRequest

CONFIDENCES = [("0.90", "90 %"), ("0.95", "95 %"), ("0.99", "99 %")]


class FrameForm(forms.Form):
    """What is fixed before the seed is known."""

    plan = forms.ModelChoiceField(queryset=Plan.objects.none(), label=gettext_lazy("Kế hoạch"))
    title = forms.CharField(label=gettext_lazy("Tên đợt kiểm tra"), max_length=200)
    first = DayField(label=gettext_lazy("Hoàn thành từ ngày"))
    until = DayField(label=gettext_lazy("Đến trước ngày"))
    seed_source = forms.CharField(
        label=gettext_lazy("Số rút thăm sẽ lấy từ đâu"),
        help_text=gettext_lazy("Một kết quả chưa ai biết và ai cũng tra được, ví dụ giải đặc biệt xổ số ngày sắp tới."),
        max_length=300,
    )
    margin = forms.DecimalField(
        label=gettext_lazy("Sai số cho phép (điểm phần trăm)"), min_value=1, max_value=49, initial=10
    )
    confidence = forms.ChoiceField(label=gettext_lazy("Độ tin cậy"), choices=CONFIDENCES, initial="0.95")
    by_risk = forms.IntegerField(
        label=gettext_lazy("Số nhiệm vụ rút thêm theo rủi ro"), min_value=0, max_value=200, initial=10
    )

    def __init__(self, *given: Any, plans: QuerySet[Plan], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]

    def design(self) -> Design:
        data = self.cleaned_data
        return Design(Decimal(data["confidence"]), data["margin"] / 100, by_risk=data["by_risk"])


class FindingForm(forms.Form):
    finding = forms.ChoiceField(
        label=gettext_lazy("Kết quả"),
        choices=[(each.value, gettext_lazy(FINDING_WORDS[each])) for each in Finding],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Điều đã thấy"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    file = forms.FileField(label=gettext_lazy("Ảnh hoặc giấy tờ"), required=False)


@require_GET
def audit_list(request: SignedInRequest) -> HttpResponse:
    """Every audit this person may see, with how far it is."""
    audits = ClaimAudit.objects.visible_to(request.user).select_related("plan")
    counted = audits.annotate(drawn=Count("claims"), found=Count("claims", filter=Q(claims__finding__isnull=False)))
    mine = AuditedClaim.objects.filter(checker=request.user, finding=None).select_related("task", "audit", "unit")
    context = {"audits": counted, "mine": mine, "can_audit": can_audit_claims(request.user)}
    return render(request, "web/evaluation/audit_list.html", context)


@require_http_methods(["GET", "POST"])
def audit_frame(request: SignedInRequest) -> HttpResponse:
    """Freeze the frame; refused with a sentence, what was typed stays."""
    require(can_audit_claims(request.user))
    plans = Plan.objects.visible_to(request.user)
    form = FrameForm(request.POST or None, plans=plans, initial={"plan": plans.first()})
    if request.method == "POST" and form.is_valid():
        names = ("plan", "title", "first", "until", "seed_source")
        given = {name: form.cleaned_data[name] for name in names}
        try:
            audit = actions.frame_audit(**given, design=form.design(), by=request.user, at=timezone.now())
            return redirect("evaluation:audit-detail", pk=audit.pk)
        except PermissionDenied as error:
            form.add_error(None, said(error))
    return render(request, "web/evaluation/audit_frame.html", {"form": form})


@require_GET
def audit_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One audit: the next act, the rates with their intervals, the claims drawn, and how to draw again."""
    audit = _audit(request, pk)
    claims = _claims(audit).filter(_seen_by(request.user))
    context = {
        "audit": audit,
        "claims": [(Drawn(each.drawn) == Drawn.RANDOM, each) for each in claims],
        "waiting": audit.claims.filter(finding=None).count(),
        "rates": _rates(audit),
        "can_audit": can_audit_claims(request.user),
        "can_publish": can_publish_audit(request.user, audit),
        "risks": [(_(RISK_WORDS[name]), weight) for name, weight in audit.design["risks"].items()],
        "margin": Decimal(audit.design["margin"]) * 100,
        "confidence": Decimal(audit.design["confidence"]) * 100,
    }
    return render(request, "web/evaluation/audit_detail.html", context)


@require_POST
def audit_draw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Draw by the seed as it came out."""
    audit = _audit(request, pk)
    actions.draw_audit(audit=audit, seed=request.POST.get("seed", ""), by=request.user, at=timezone.now())
    messages.success(request, _("Đã rút thăm. Hãy giao người kiểm tra từng nhiệm vụ."))
    return redirect("evaluation:audit-detail", pk=pk)


@require_POST
def audit_conclude(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.conclude_audit(audit=_audit(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("Đã kết luận. Người quyết định có thể công bố."))
    return redirect("evaluation:audit-detail", pk=pk)


@require_POST
def audit_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.publish_audit(audit=_audit(request, pk), by=request.user, at=timezone.now())
    messages.success(request, _("Đã công bố kết quả kiểm tra."))
    return redirect("evaluation:audit-detail", pk=pk)


@require_GET
def audit_frame_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The frozen frame, byte for byte as it was hashed."""
    audit = _audit(request, pk)
    response = HttpResponse(read_file(audit.frame), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="khung-rut-tham-{audit.pk}.json"'
    return response


@require_http_methods(["GET", "POST"])
def claim_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """A drawn claim: who looks at it, what it claims, and the form for what was found."""
    claim = get_object_or_404(_claims().filter(_seen_by(request.user)), pk=pk)
    form = FindingForm(request.POST or None, request.FILES or None, initial=_said_before(claim))
    if request.method == "POST" and form.is_valid() and _found(request, claim, form):
        messages.success(request, _("Đã ghi kết quả kiểm tra."))
        return redirect("evaluation:audit-detail", pk=claim.audit_id)
    report = claim_of(claim)
    context = {
        "claim": claim,
        "form": form,
        "report": report,
        "evidence": Evidence.objects.filter(pk__in=report.evidence_ids),
        "sees_task": Task.objects.visible_to(request.user).filter(pk=claim.task_id).exists(),
        "may_find": claim.checker_id == request.user.pk and not claim.audit.concluded_at,
        "can_audit": can_audit_claims(request.user) and not claim.audit.concluded_at,
        "people": _checkers(claim) if can_audit_claims(request.user) else [],
        "risks": [_(RISK_WORDS[name]) for name in _risks(claim)],
    }
    return render(request, "web/evaluation/claim_check.html", context)


@require_POST
def claim_assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a drawn claim to somebody who had no part in it."""
    claim = get_object_or_404(_claims().filter(_seen_by(request.user)), pk=pk)
    require(can_audit_claims(request.user))
    checker = get_object_or_404(User.objects.filter(is_active=True), username=request.POST.get("checker", ""))
    actions.assign_checker(claim=claim, checker=checker, by=request.user, at=timezone.now())
    messages.success(request, _("Đã giao %(person)s kiểm tra.") % {"person": checker})
    return redirect("evaluation:audit-detail", pk=claim.audit_id)


@require_GET
def claim_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The photo or paper a checker attached."""
    claim = get_object_or_404(_claims().filter(_seen_by(request.user), evidence__isnull=False), pk=pk)
    assert claim.evidence is not None
    response = HttpResponse(read_file(claim.evidence), content_type=claim.evidence.media_type)
    response["Content-Disposition"] = f'attachment; filename="kiem-tra-{claim.pk}.{claim.evidence.extension}"'
    return response


def _audit(request: SignedInRequest, pk: int) -> ClaimAudit:
    return get_object_or_404(ClaimAudit.objects.visible_to(request.user).select_related("plan", "frame"), pk=pk)


def _claims(audit: ClaimAudit | None = None) -> QuerySet[AuditedClaim]:
    rows = AuditedClaim.objects.select_related(
        "task", "unit", "checker", "audit", "audit__frame", "evidence", "found_by"
    )
    return rows.filter(audit=audit).order_by("drawn", "place") if audit else rows


def _seen_by(user: User) -> Q:
    """Those who steer or inspect see each claim; its checker his own; a unit those on itself once published."""
    if user.access.reads_everything:
        return Q()
    return Q(checker=user) | Q(unit__in=user.access.held_unit_ids, audit__published_at__isnull=False)


def _found(request: SignedInRequest, claim: AuditedClaim, form: FindingForm) -> bool:
    upload = form.cleaned_data["file"]
    given = {"data": upload.read(), "name": upload.name} if upload else {}
    finding, text = Finding(form.cleaned_data["finding"]), form.cleaned_data["text"]
    try:
        actions.record_finding(claim=claim, finding=finding, text=text, by=request.user, at=timezone.now(), **given)
    except RefusedFile as error:
        form.add_error("file", said(error))
        return False
    return True


def _said_before(claim: AuditedClaim) -> dict[str, Any]:
    return {"finding": claim.finding, "text": claim.finding_text}


def _risks(claim: AuditedClaim) -> tuple[str, ...]:
    return framed_claims(claim.audit)[claim.place - 1].risks


def _checkers(claim: AuditedClaim) -> list[User]:
    """Whoever may look at this claim: by post, an officer or head elsewhere, the coordinator, finance, inspection."""
    people = User.objects.filter(is_active=True, posts__isnull=False).distinct().prefetch_related("posts__unit")
    return [person for person in people if can_check_claim(person, claim)]


def _rates(audit: ClaimAudit) -> list[tuple[str, dict[str, Any]]]:
    """Rows of the table of rates: all claims, then each unit by name."""
    if audit.result is None or audit.result["all"] is None:
        return []
    names = dict(Unit.objects.filter(code__in=audit.result["units"]).values_list("code", "name"))
    units = sorted((names[code], found) for code, found in audit.result["units"].items())
    rows = [(_("Tất cả báo cáo hoàn thành"), audit.result["all"]), *units]
    return [(name, {**found, **_as_percents(found)}) for name, found in rows]


def _as_percents(found: dict[str, Any]) -> dict[str, Decimal]:
    return {f"{name}_percent": Decimal(found[name]) * 100 for name in ("rate", "low", "high")}
