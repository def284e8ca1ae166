"""Signatures: the signed file beside its paper, verified for whoever may read it; the certificates one trusts."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tiendo.accounts.permissions import can_administer, require
from tiendo.plans.files import RefusedFile, too_large
from tiendo.plans.storage import read_file
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, IssuedReport, SignedPaper, TrustAnchor, UnitReport
from tiendo.reporting.papers.signatures import (
    SignedReading,
    UnreadableSignatures,
    most_signed,
    read_signed,
    reading_of,
)
from tiendo.reporting.permissions import can_bring_signed, can_read_issued
from tiendo.reporting.queries import trusted_certificates
from tiendo.ui.saying import said
from tiendo.web.requests import SignedInRequest

Paper = IssuedReport | UnitReport
READING_SECONDS = 20.0


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label=gettext_lazy("Tệp"))

    def __init__(self, *args: object, label: str, accept: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["file"].label = label
        self.fields["file"].widget.attrs["accept"] = accept


@require_http_methods(["GET", "POST"])
def report_signatures(request: SignedInRequest, pk: int) -> HttpResponse:
    """Signed files of the consolidated report."""
    return _signatures(request, _issued(request, pk))


@require_http_methods(["GET", "POST"])
def unit_report_signatures(request: SignedInRequest, pk: int) -> HttpResponse:
    """Signed files of a unit's own report."""
    return _signatures(request, _unit_report(request, pk))


@require_GET
def signed_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The signed file itself, always as an attachment."""
    signed = _signed(request, pk)
    response = HttpResponse(read_file(signed.file), content_type=signed.file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, f"ban-ky-{signed.pk}.pdf") or "attachment"
    return response


@require_GET
def signed_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read the signatures anew, with the certificates trusted now."""
    signed = _signed(request, pk)
    paper, now = _paper_of(signed), timezone.now()
    try:
        answer = read_signed(
            read_file(paper.pdf),
            read_file(signed.file),
            trusted_certificates(),
            at=now,
            seconds=READING_SECONDS,
        )
    except UnreadableSignatures as error:
        messages.error(request, said(error))
        return redirect(_address(paper), paper.pk)
    return _page(request, paper, checked=(signed, reading_of(answer), now))


@require_http_methods(["GET", "POST"])
def anchor_list(request: SignedInRequest) -> HttpResponse:
    """The certificates trusted; the administrator adds one."""
    require(can_administer(request.user))
    form = FileForm(
        request.POST or None, request.FILES or None, label=_("Chứng thư (PEM hoặc DER)"), accept=".pem,.crt,.cer,.der"
    )
    if request.method == "POST" and form.is_valid():
        added = _tried(
            form,
            lambda data: actions.add_anchor(data=data, by=request.user, at=timezone.now()),
            limit=settings.TIENDO_MAX_UPLOAD_BYTES,
        )
        if added:
            messages.success(request, _("Đã thêm chứng thư vào danh sách tin cậy."))
            return redirect("reporting:anchor-list")
    rows = TrustAnchor.objects.select_related("added_by", "removed_by")
    context = {"form": form, "anchors": rows.filter(removed_at=None), "removed": rows.exclude(removed_at=None)}
    return render(request, "web/reporting/anchor_list.html", context, status=422 if form.errors else 200)


@require_POST
def anchor_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    require(can_administer(request.user))
    anchor = get_object_or_404(TrustAnchor, pk=pk)
    actions.remove_anchor(anchor=anchor, by=request.user, at=timezone.now())
    messages.success(request, _("Đã bỏ chứng thư khỏi danh sách tin cậy."))
    return redirect("reporting:anchor-list")


def _signatures(request: SignedInRequest, paper: Paper) -> HttpResponse:
    if request.method == "GET":
        return _page(request, paper)
    require(can_bring_signed(request.user, paper))
    form = _form(request)
    limit = most_signed(paper.pdf.size, settings.TIENDO_MAX_UPLOAD_BYTES)
    if form.is_valid() and _tried(
        form,
        lambda data: actions.bring_signed(paper=paper, data=data, by=request.user, at=timezone.now()),
        limit=limit,
    ):
        messages.success(request, _("Đã giữ bản ký và kết quả kiểm tra chữ ký."))
        return redirect(_address(paper), paper.pk)
    return _page(request, paper, form=form)


def _page(
    request: SignedInRequest,
    paper: Paper,
    *,
    form: FileForm | None = None,
    checked: tuple[SignedPaper, SignedReading, object] | None = None,
) -> HttpResponse:
    """Each signed file with its signatures as found when it was brought, or as found just now."""
    rows = paper.signed_papers.select_related("file", "brought_by")
    found = [(row, reading_of(row.answer), row.brought_at) for row in rows]
    if checked:
        found = [checked if row.pk == checked[0].pk else (row, reading, at) for row, reading, at in found]  # type: ignore[misc]
    context = {
        "paper": paper,
        "issued": paper if isinstance(paper, IssuedReport) else None,
        "found": found,
        "checked": checked[0].pk if checked else None,
        "may_bring": can_bring_signed(request.user, paper),
        "form": form or _form(None),
    }
    return render(request, "web/reporting/signatures.html", context, status=422 if form else 200)


def _form(request: SignedInRequest | None) -> FileForm:
    given = (request.POST, request.FILES) if request else (None, None)
    return FileForm(*given, label=_("Tệp PDF đã ký số"), accept=".pdf,application/pdf")


def _tried(form: FileForm, act: Callable[[bytes], object], *, limit: int) -> bool:
    """Do the act with the file of at most `limit` bytes; what is refused stands beside the field."""
    upload = form.cleaned_data["file"]
    try:
        if (upload.size or 0) > limit:
            raise RefusedFile(too_large(limit))  # before it is read into memory
        act(upload.read())
    except RefusedFile as error:
        form.add_error("file", said(error))
        return False
    return True


def _issued(request: SignedInRequest, pk: int) -> IssuedReport:
    if not can_read_issued(request.user):
        raise Http404
    return get_object_or_404(IssuedReport.objects.select_related("period", "pdf"), pk=pk)


def _unit_report(request: SignedInRequest, pk: int) -> UnitReport:
    duties = Duty.objects.visible_to(request.user)
    rows = UnitReport.objects.filter(duty__in=duties).select_related("duty__period", "duty__unit", "pdf")
    return get_object_or_404(rows, pk=pk)


def _signed(request: SignedInRequest, pk: int) -> SignedPaper:
    signed = get_object_or_404(SignedPaper.objects.select_related("file"), pk=pk)
    if signed.issued_id:
        _issued(request, signed.issued_id)
    else:
        _unit_report(request, signed.unit_report_id or 0)
    return signed


def _paper_of(signed: SignedPaper) -> Paper:
    paper = signed.issued or signed.unit_report
    assert paper is not None  # a constraint of the table
    return paper


def _address(paper: Paper) -> str:
    return "reporting:report-signatures" if isinstance(paper, IssuedReport) else "reporting:unit-report-signatures"
