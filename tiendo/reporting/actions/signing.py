"""A signed PDF is brought back and read; certificates are trusted and no longer trusted."""

from datetime import datetime
from gettext import gettext as marked

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import can_administer, require
from tiendo.audit.record import record
from tiendo.plans.files import MEDIA_TYPES, RefusedFile, too_large
from tiendo.plans.storage import read_file, store_file
from tiendo.reporting.models import IssuedReport, SignedPaper, TrustAnchor, UnitReport
from tiendo.reporting.papers.certificates import NotACertificate, read_certificate
from tiendo.reporting.papers.signatures import (
    SignatureOutcome,
    UnreadableSignatures,
    most_signed,
    read_signed,
    reading_of,
)
from tiendo.reporting.permissions import can_bring_signed
from tiendo.reporting.queries import trusted_certificates

Paper = IssuedReport | UnitReport


def bring_signed(*, paper: Paper, data: bytes, by: User, at: datetime) -> SignedPaper:
    """Keep a signed PDF of the paper, with what its signatures say.

    Reading takes seconds and happens in a process of its own, before anything is locked. Raises RefusedFile for what
    is no signed PDF of this paper.
    """
    require(can_bring_signed(by, paper))
    limit = most_signed(paper.pdf.size, settings.TIENDO_MAX_UPLOAD_BYTES)
    if len(data) > limit:
        raise RefusedFile(too_large(limit))
    anchors = trusted_certificates()
    try:
        answer = read_signed(read_file(paper.pdf), data, anchors, at=at)
    except UnreadableSignatures as error:
        raise RefusedFile(error.args[0]) from error
    reading = reading_of(answer)
    if reading.outcome == SignatureOutcome.NONE:
        raise RefusedFile(marked("Tệp này chưa có chữ ký số nào. Hãy ký tệp PDF của báo cáo rồi đưa lại."))
    if not (reading.begins_with_issued or reading.same_text):
        raise RefusedFile(marked("Tệp này không phải bản ký của báo cáo: nội dung khác bản PDF đã lập."))
    return _keep(paper, data, answer, by=by, at=at)


@transaction.atomic
def _keep(paper: Paper, data: bytes, answer: dict[str, object], *, by: User, at: datetime) -> SignedPaper:
    reading = reading_of(answer)
    file = store_file(data, extension="pdf", media_type=MEDIA_TYPES["pdf"], at=at)
    of = {"issued": paper} if isinstance(paper, IssuedReport) else {"unit_report": paper}
    if SignedPaper.objects.filter(file=file, **of).exists():
        raise RefusedFile(marked("Tệp này đã được đưa lên rồi."))
    signed = SignedPaper.objects.create(
        **of,
        file=file,
        outcome=reading.outcome.value,
        answer=answer,
        is_trusted=reading.outcome == SignatureOutcome.TRUSTED,
        covers_whole=reading.covers_whole,
        brought_by=by,
        brought_at=at,
    )
    noun = "reporting.report" if isinstance(paper, IssuedReport) else "reporting.unit_report"
    record(
        act=f"{noun}.bring_signed",
        subject=f"{noun}:{paper.pk}",
        actor=by.username,
        at=at,
        file=file.sha256,
        outcome=signed.outcome,
        signers=[each.signer for each in reading.signatures],
    )
    return signed


@transaction.atomic
def add_anchor(*, data: bytes, by: User, at: datetime) -> TrustAnchor:
    """Trust a certificate (PEM or DER) from now on. Raises RefusedFile."""
    require(can_administer(by))
    try:
        found = read_certificate(data)
    except NotACertificate as error:
        raise RefusedFile(error.args[0]) from error
    if TrustAnchor.objects.select_for_update().filter(fingerprint=found.fingerprint, removed_at=None).exists():
        raise RefusedFile(_("Chứng thư này đã có trong danh sách."))
    anchor = TrustAnchor.objects.create(
        name=found.name,
        pem=found.pem,
        fingerprint=found.fingerprint,
        valid_to=found.valid_to,
        added_by=by,
        added_at=at,
    )
    _record("add", anchor, by, at)
    return anchor


@transaction.atomic
def remove_anchor(*, anchor: TrustAnchor, by: User, at: datetime) -> TrustAnchor:
    """Trust it no longer; what was found while it was trusted stays as found."""
    anchor = TrustAnchor.objects.select_for_update().get(pk=anchor.pk)
    require(can_administer(by))
    if anchor.removed_at is None:
        anchor.removed_by, anchor.removed_at = by, at
        anchor.save(update_fields=["removed_by", "removed_at"])
        _record("remove", anchor, by, at)
    return anchor


def _record(verb: str, anchor: TrustAnchor, by: User, at: datetime) -> None:
    record(
        act=f"reporting.trust_anchor.{verb}",
        subject=f"reporting.trust_anchor:{anchor.pk}",
        actor=by.username,
        at=at,
        name=anchor.name,
        fingerprint=anchor.fingerprint,
    )
