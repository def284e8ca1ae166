"""The consolidated report is issued: its figures frozen, its files kept, the head of the log printed in them."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from tiendo.accounts.models import Post, Role, User
from tiendo.accounts.permissions import require
from tiendo.audit.queries import Head, head
from tiendo.audit.record import record
from tiendo.papers.docx import render_docx
from tiendo.papers.pdf import render_pdf
from tiendo.plans.storage import store_file
from tiendo.reporting.consolidation import ReportFacts, figures
from tiendo.reporting.gathering import facts_of
from tiendo.reporting.models import IssuedReport, Period
from tiendo.reporting.permissions import can_consolidate
from tiendo.reporting.report_paper import Letterhead, report_paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def issue_report(*, period: Period, by: User, at: datetime) -> IssuedReport:
    """Make the period's report to the committee from accepted records, as DOCX and PDF.

    Typesetting takes a second or two, so it happens between two transactions and nobody waits for it: the figures and
    the head of the log are read at one moment, the files are kept and recorded at the next.

    Raises papers.fonts.MissingFont with a sentence when the font of official papers is not installed.
    """
    require(can_consolidate(by))
    period = Period.objects.select_related("plan__owner").get(pk=period.pk)
    with transaction.atomic():
        facts, top = facts_of(period), head()
        letterhead = _letterhead(period, by, at)
    paper = report_paper(
        facts,
        letterhead,
        at=at,
        log_seq=top.seq,
        log_head=top.hash,
        illustrative=settings.TIENDO_ILLUSTRATIVE or (settings.TIENDO_HOME / "illustrative").exists(),
    )
    files = render_docx(paper, made_at=at), render_pdf(paper, made_at=at)
    return _keep(period, files, facts, top, by=by, at=at)


@transaction.atomic
def _keep(
    period: Period, files: tuple[bytes, bytes], facts: ReportFacts, top: Head, *, by: User, at: datetime
) -> IssuedReport:
    period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
    last = period.issued_reports.aggregate(last=Max("number"))["last"] or 0
    issued = IssuedReport.objects.create(
        period=period,
        number=last + 1,
        issued_by=by,
        issued_at=at,
        docx=store_file(files[0], extension="docx", media_type=DOCX, at=at),
        pdf=store_file(files[1], extension="pdf", media_type="application/pdf", at=at),
        figures=_frozen(facts),
        log_seq=top.seq,
        log_head=top.hash,
    )
    record(
        act="reporting.report.issue",
        subject=f"reporting.report:{issued.pk}",
        actor=by.username,
        at=at,
        period=period.name,
        number=issued.number,
        docx=issued.docx.sha256,
        pdf=issued.pdf.sha256,
        log_head=top.hash,
    )
    return issued


def _letterhead(period: Period, by: User, at: datetime) -> Letterhead:
    """The coordinator's own unit reports to the one above it; its head signs."""
    in_force = Post.objects.in_force(localdate(at))
    post = in_force.filter(user=by, role=Role.COORDINATOR).select_related("unit__parent").first()
    unit = post.unit if post else period.plan.owner
    head_post = in_force.filter(unit=unit, role=Role.HEAD, delegated_by=None).select_related("user").first()
    title = head_post.title.replace(unit.name, "").replace(unit.short_name, "").strip() if head_post else ""
    parent = unit.parent or period.plan.owner
    return Letterhead(
        parent_agency=parent.name,
        issuing_agency=unit.name,
        symbol=f"BC-{_initials(unit.short_name)}",
        place=settings.TIENDO_PLACE,
        addressee=parent.name,
        signer_title=title or "Thủ trưởng",
        signer_name=head_post.user.full_name if head_post else "",
    )


def _initials(name: str) -> str:
    """ "Sở KH&CN" → "SKHCN", as symbols of documents are formed."""
    return "".join(word if word.isupper() else word[:1] for word in name.replace("&", "").split()).upper()


def _frozen(facts: ReportFacts) -> list[dict[str, Any]]:
    return [
        {
            "key": figure.key,
            "label": figure.label,
            "value": str(figure.value),
            "tasks": [line.code for line in figure.lines],
            "submissions": [row.submission for row in figure.records],
        }
        for figure in figures(facts).values()
    ]
