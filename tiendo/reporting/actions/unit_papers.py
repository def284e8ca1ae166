"""A unit's report becomes a paper, kept as it was sent."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.queries import Head, head
from tiendo.audit.record import record
from tiendo.papers.docx import render_docx
from tiendo.papers.pdf import render_pdf
from tiendo.plans.files import MEDIA_TYPES
from tiendo.plans.models import StoredFile
from tiendo.plans.storage import store_file
from tiendo.reporting.actions.moments import one_moment
from tiendo.reporting.actions.sending import locked_duty
from tiendo.reporting.models import Duty, UnitReport
from tiendo.reporting.papers.consolidation import ReportFacts
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.gathering_unit import unit_facts
from tiendo.reporting.papers.letterheads import is_illustrative, unit_letterhead
from tiendo.reporting.papers.manifest import Identity, enclosure
from tiendo.reporting.papers.paper import Letterhead
from tiendo.reporting.papers.unit import unit_paper
from tiendo.reporting.papers.words import moment
from tiendo.reporting.permissions import can_keep_unit_report
from tiendo.reporting.workflow import IllegalMove


def keep_unit_report(*, duty: Duty, by: User, at: datetime) -> UnitReport:
    """Keep the last sending as DOCX and PDF, sealed; asked again it gives the same row.

    What was sent never changes, so the paper may be typeset at any time after: sending waits for nothing. Raises
    IllegalMove before the first sending, papers.fonts.MissingFont without the font of official papers.
    """
    require(can_keep_unit_report(by, duty))
    with one_moment():
        duty = Duty.objects.select_related("period__plan__owner", "unit__parent", "sent_by").get(pk=duty.pk)
        if duty.sent_at is None:
            raise IllegalMove(_("Báo cáo chưa gửi thì chưa có văn bản để lưu."))
        kept = duty.unit_reports.filter(sent_at=duty.sent_at).first()
        if kept is not None:
            return kept
        facts, top = unit_facts(duty, drafts=False), head()
        letterhead = unit_letterhead(duty.unit, duty.period, localdate(duty.sent_at))
        number = (duty.unit_reports.aggregate(last=Max("number"))["last"] or 0) + 1
    files, seal = _typeset(duty, duty.sent_at, facts, letterhead, number, top)
    return _keep(duty, files, seal, by=by, at=at)


def _typeset(
    duty: Duty, sent_at: datetime, facts: ReportFacts, letterhead: Letterhead, number: int, top: Head
) -> tuple[dict[str, bytes], str]:
    """The files as of the sending, and the seal inside them."""
    # Official papers are Vietnamese, whatever the language of whoever keeps them.
    signed = gettext_noop("%(who)s phê duyệt và gửi trong hệ thống lúc %(at)s")
    paper = unit_paper(
        facts,
        letterhead,
        at=sent_at,
        note=signed % {"who": duty.sent_by.full_name if duty.sent_by else "", "at": moment(sent_at)},
        nothing_new=duty.nothing_new,
        illustrative=is_illustrative(),
    )
    identity = Identity(f"{duty.period.name} – {duty.unit.name}", number, sent_at, "", top.seq, top.hash)
    sealed = enclosure(paper, identity, figures(facts), facts.records)
    files = {
        "docx": render_docx(paper, made_at=sent_at, enclosure=sealed),
        "pdf": render_pdf(paper, made_at=sent_at, enclosure=sealed),
    }
    return files, sealed.seal


@transaction.atomic
def _keep(duty: Duty, files: dict[str, bytes], seal: str, *, by: User, at: datetime) -> UnitReport:
    """Under the lock of the duty: somebody else may have kept it meanwhile, or the unit may have sent again."""
    sent_at, duty = duty.sent_at, locked_duty(duty)
    if sent_at is None or duty.sent_at != sent_at:
        raise IllegalMove(_("Đơn vị vừa gửi lại báo cáo; hãy lập lại văn bản."))
    kept = duty.unit_reports.filter(sent_at=sent_at).first()
    if kept is not None:
        return kept
    row = UnitReport.objects.create(
        duty=duty,
        number=(duty.unit_reports.aggregate(last=Max("number"))["last"] or 0) + 1,
        sent_at=sent_at,
        docx=_file(files, "docx", at),
        pdf=_file(files, "pdf", at),
        seal=seal,
        issued_at=at,
        issued_by=by,
    )
    record(
        act="reporting.unit_report.freeze",
        subject=f"reporting.duty:{duty.pk}",
        actor=by.username,
        at=at,
        number=row.number,
        docx=row.docx.sha256,
        pdf=row.pdf.sha256,
        seal=seal,
    )
    return row


def _file(files: dict[str, bytes], extension: str, at: datetime) -> StoredFile:
    return store_file(files[extension], extension=extension, media_type=MEDIA_TYPES[extension], at=at)
