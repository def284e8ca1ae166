"""The consolidated report is issued: its figures and words frozen, its files kept and sealed, the head of the log in
them. Afterwards only the clerk's number, day and link are written beside it."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.queries import Head, head
from tiendo.audit.record import record
from tiendo.papers.docx import render_docx
from tiendo.papers.model import Enclosure, Paper
from tiendo.papers.pdf import render_pdf
from tiendo.plans.files import MEDIA_TYPES, hash_of
from tiendo.plans.models import StoredFile
from tiendo.plans.storage import store_file
from tiendo.reporting.actions.moments import one_moment
from tiendo.reporting.models import IssuedReport, Period
from tiendo.reporting.papers.consolidation import ReportFacts
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.gaps import Gaps, gaps_of
from tiendo.reporting.papers.gathering import facts_of
from tiendo.reporting.papers.letterheads import coordinator_letterhead, is_illustrative
from tiendo.reporting.papers.manifest import Identity, enclosure
from tiendo.reporting.papers.paper import Letterhead, Mark, report_paper
from tiendo.reporting.papers.texts import ReportText, text_of
from tiendo.reporting.papers.workbook import render_annex_workbook
from tiendo.reporting.permissions import can_consolidate
from tiendo.reporting.telling import tell_issued
from tiendo.reporting.workflow import IllegalMove


class Unconfirmed(Exception):
    """Something is still missing and nobody has said to go on; `gaps` says what."""

    def __init__(self, gaps: Gaps) -> None:
        super().__init__(_("Báo cáo còn thiếu nội dung; hãy xem và xác nhận trước khi lập."))
        self.gaps = gaps


@dataclass(frozen=True)
class _Reading:
    """All that the report is made from, read at one moment."""

    period: Period
    number: int
    facts: ReportFacts
    text: ReportText
    gaps: Gaps
    letterhead: Letterhead
    top: Head


def issue_report(*, period: Period, by: User, at: datetime, confirmed: bool = False) -> IssuedReport:
    """Make the period's report to the committee from accepted records, as DOCX, PDF and a workbook of its annexes.

    Typesetting takes some seconds, so it happens between two transactions and nobody waits for it: the figures and
    the head of the log are read at one moment, the files are kept and recorded at the next.

    Raises IllegalMove for a period not opened, for words that cannot be read or numbers no figure stands behind, and
    when another issue came between; Unconfirmed while something is missing and not `confirmed`;
    papers.fonts.MissingFont with a sentence when the font of official papers is not installed.
    """
    require(can_consolidate(by))
    read = _read(period, by, at)
    _require_ready(read, confirmed=confirmed)
    code = secrets.token_hex(8)
    workbook = render_annex_workbook(read.facts, read.letterhead, at)
    paper, sealed = _written(read, code, hash_of(workbook), at)
    files = {
        "docx": render_docx(paper, made_at=at, enclosure=sealed),
        "pdf": render_pdf(paper, made_at=at, enclosure=sealed),
        "xlsx": workbook,
    }
    return _keep(read, files, code, sealed.seal, by=by, at=at)


@one_moment()
def _read(period: Period, by: User, at: datetime) -> _Reading:
    period = Period.objects.select_related("plan__owner").get(pk=period.pk)
    if period.opened_at is None:
        raise IllegalMove(_("Kỳ báo cáo chưa mở thì chưa có gì để tổng hợp."))
    facts = facts_of(period)
    last = period.issued_reports.aggregate(last=Max("number"))["last"] or 0
    return _Reading(
        period=period,
        number=last + 1,
        facts=facts,
        text=text_of(period, facts),
        gaps=gaps_of(period),
        letterhead=coordinator_letterhead(period, by, at),
        top=head(),
    )


def _require_ready(read: _Reading, *, confirmed: bool) -> None:
    for each in read.text.parts:
        if each.problems:
            raise IllegalMove(
                _("Phần “%(part)s” có chỗ chưa đọc được; hãy sửa rồi lập lại.") % {"part": each.part.title}
            )
        if each.loose:
            words = ngettext(
                "Phần “%(part)s” có %(n)d số gõ tay chưa gắn với số liệu nào: %(number)s.",
                "Phần “%(part)s” có %(n)d số gõ tay chưa gắn với số liệu nào: %(number)s.",
                len(each.loose),
            )
            numbers = ", ".join(loose.number for loose in each.loose[:5])
            raise IllegalMove(words % {"part": each.part.title, "n": len(each.loose), "number": numbers})
    if read.gaps and not confirmed:
        raise Unconfirmed(read.gaps)


def _written(read: _Reading, code: str, workbook: str, at: datetime) -> tuple[Paper, Enclosure]:
    page = f"{getattr(settings, 'TIENDO_SITE_URL', '')}{reverse('reporting:report-by-code', args=(code,))}"
    paper = report_paper(
        read.facts,
        read.letterhead,
        Mark(read.top.seq, read.top.hash, code, page),
        at=at,
        illustrative=is_illustrative(),
        template=read.text.as_template,
        workbook=workbook,
    )
    identity = Identity(read.period.name, read.number, at, code, read.top.seq, read.top.hash)
    return paper, enclosure(paper, identity, figures(read.facts), read.facts.records)


def _keep(read: _Reading, files: dict[str, bytes], code: str, seal: str, *, by: User, at: datetime) -> IssuedReport:
    try:
        return _store(read, files, code, seal, by=by, at=at)
    except IntegrityError as error:
        raise IllegalMove(_("Có người vừa lập một bản khác của kỳ này; hãy xem bản ấy rồi lập lại nếu cần.")) from error


@transaction.atomic
def _store(read: _Reading, files: dict[str, bytes], code: str, seal: str, *, by: User, at: datetime) -> IssuedReport:
    issued = IssuedReport.objects.create(
        period=read.period,
        number=read.number,
        issued_by=by,
        issued_at=at,
        docx=_file(files, "docx", at),
        pdf=_file(files, "pdf", at),
        workbook=_file(files, "xlsx", at),
        figures=frozen(read.facts),
        prose={each.key.value: each.part.source for each in read.text.parts},
        template_number=read.text.template.number,
        template_hash=read.text.template.sha256,
        gaps=read.gaps.as_json(),
        code=code,
        seal=seal,
        log_seq=read.top.seq,
        log_head=read.top.hash,
    )
    record(
        act="reporting.report.issue",
        subject=f"reporting.report:{issued.pk}",
        actor=by.username,
        at=at,
        period=read.period.name,
        number=issued.number,
        docx=issued.docx.sha256,
        pdf=issued.pdf.sha256,
        workbook=issued.workbook.sha256 if issued.workbook else "",
        template=issued.template_hash,
        seal=seal,
        log_head=read.top.hash,
    )
    tell_issued(issued, by=by, at=at)
    return issued


def _file(files: dict[str, bytes], extension: str, at: datetime) -> StoredFile:
    return store_file(files[extension], extension=extension, media_type=MEDIA_TYPES[extension], at=at)


def frozen(facts: ReportFacts) -> list[dict[str, Any]]:
    """The figures as they are kept: key, label, value as text (None when not computable), tasks, units, records."""
    return [
        {
            "key": figure.key,
            "label": figure.label,
            "value": None if figure.value is None else str(figure.value),
            "measure": figure.measure.value,
            "tasks": [line.code for line in figure.lines],
            "units": [duty.unit for duty in figure.duties],
            "submissions": [row.submission for row in figure.records],
        }
        for figure in figures(facts).values()
    ]


@transaction.atomic
def note_report_document(
    *, issued: IssuedReport, number: str, on: date | None, url: str, by: User, at: datetime
) -> IssuedReport:
    """Write down the number, day and link which the document system gave the report (R060); the report itself, its
    files and its seal stay as issued. Raises ValidationError for an address that is none."""
    issued = IssuedReport.objects.select_for_update(of=("self",)).get(pk=issued.pk)
    require(can_consolidate(by))
    issued.document_number, issued.document_on, issued.document_url = number.strip(), on, url
    issued.clean_fields(exclude=_OTHERS)
    issued.save(update_fields=_DOCUMENT)
    record(
        act="reporting.report.note_document",
        subject=f"reporting.report:{issued.pk}",
        actor=by.username,
        at=at,
        number=issued.document_number,
        on=on,
        url=url,
    )
    return issued


_DOCUMENT = ["document_number", "document_on", "document_url"]
_OTHERS = [field.name for field in IssuedReport._meta.fields if field.name not in _DOCUMENT]
