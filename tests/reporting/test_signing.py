"""A signed file brought back: by whom, what is kept, what is refused; certificates trusted and no longer."""

from collections.abc import Callable
from datetime import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.core.exceptions import PermissionDenied

from tests.factories import World, make_duty, make_entry, make_submission
from tests.reporting.signing import authority, sign, signer, with_a_page_more
from tiendo.audit.models import Event
from tiendo.plans.files import RefusedFile
from tiendo.plans.models import Task
from tiendo.plans.storage import read_file
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, IssuedReport, Period, SignedPaper, TrustAnchor, UnitReport
from tiendo.reporting.papers.signatures import ROOM_FOR_SIGNATURES
from tiendo.reporting.queries import trusted_certificates


@pytest.fixture
def issued(world: World, task: Task, period: Period, now: datetime) -> IssuedReport:
    make_submission(
        make_entry(make_duty(period, world.unit_a), task, saved_by=world.an), by=world.binh, accepted_by=world.chi
    )
    return actions.issue_report(period=period, by=world.chi, at=now, confirmed=True)


@pytest.fixture
def unit_report(world: World, issued: IssuedReport, now: datetime) -> UnitReport:
    """As if the unit's own report were the same paper."""
    duty = Duty.objects.get(unit=world.unit_a)
    files = {"docx": issued.docx, "pdf": issued.pdf, "seal": issued.seal}
    return UnitReport.objects.create(duty=duty, number=1, sent_at=now, issued_at=now, issued_by=world.binh, **files)


def test_a_trusted_signature_is_kept_and_recorded(world: World, issued: IssuedReport, now: datetime) -> None:
    actions.add_anchor(data=authority().certificate, by=world.administrator, at=now)
    data = sign(read_file(issued.pdf))
    signed = actions.bring_signed(paper=issued, data=data, by=world.chi, at=now)
    assert (signed.outcome, signed.is_trusted, signed.covers_whole) == ("trusted", True, True)
    assert read_file(signed.file) == data
    event = Event.objects.get(act="reporting.report.bring_signed")
    assert (event.subject, event.actor) == (f"reporting.report:{issued.pk}", world.chi.username)
    assert event.detail == {"file": signed.file.sha256, "outcome": "trusted", "signers": ["Nguyễn Văn Giám Đốc"]}


def test_without_certificates_it_is_whole_but_unknown(world: World, issued: IssuedReport, now: datetime) -> None:
    signed = actions.bring_signed(paper=issued, data=sign(read_file(issued.pdf)), by=world.chi, at=now)
    assert (signed.outcome, signed.is_trusted, signed.covers_whole) == ("unknown", False, True)


def test_a_file_changed_after_signing_is_kept_as_changed(world: World, issued: IssuedReport, now: datetime) -> None:
    data = with_a_page_more(sign(read_file(issued.pdf)))
    signed = actions.bring_signed(paper=issued, data=data, by=world.chi, at=now)
    assert (signed.outcome, signed.is_trusted, signed.covers_whole) == ("changed", False, False)


REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "unsigned": (lambda pdf: pdf, "chưa có chữ ký số"),
    "no PDF": (lambda pdf: b"PK\x03\x04 day la tep khac", "Không đọc được"),
    "cut": (lambda pdf: sign(pdf)[:5000], "Không đọc được"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_signed_copy_is_refused(world: World, issued: IssuedReport, now: datetime, what: str) -> None:
    change, words = REFUSED[what]
    events = Event.objects.count()
    with pytest.raises(RefusedFile, match=words):
        actions.bring_signed(paper=issued, data=change(read_file(issued.pdf)), by=world.chi, at=now)
    assert not SignedPaper.objects.exists()
    assert Event.objects.count() == events


def test_another_paper_signed_is_refused(world: World, issued: IssuedReport, period: Period, now: datetime) -> None:
    entry = Duty.objects.get(unit=world.unit_a).entries.get()
    entry.result = "Đã nói khác đi nhiều."
    entry.save()
    make_submission(entry, by=world.binh, at=now, accepted_by=world.chi)
    other = actions.issue_report(period=period, by=world.chi, at=now, confirmed=True)
    with pytest.raises(RefusedFile, match="nội dung khác"):
        actions.bring_signed(paper=issued, data=sign(read_file(other.pdf)), by=world.chi, at=now)


def test_too_large_is_refused_unread(
    world: World, issued: IssuedReport, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "TIENDO_MAX_UPLOAD_BYTES", 1000)
    with pytest.raises(RefusedFile, match="lớn hơn"):
        actions.bring_signed(paper=issued, data=bytes(issued.pdf.size + ROOM_FOR_SIGNATURES + 1), by=world.chi, at=now)


def test_a_signed_copy_of_what_was_issued_is_never_too_large(
    world: World, issued: IssuedReport, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "TIENDO_MAX_UPLOAD_BYTES", 1000)
    assert issued.pdf.size > 1000
    signed = actions.bring_signed(paper=issued, data=sign(read_file(issued.pdf)), by=world.chi, at=now)
    assert signed.file.size > issued.pdf.size


def test_the_same_file_is_kept_once(world: World, issued: IssuedReport, now: datetime) -> None:
    data = sign(read_file(issued.pdf))
    actions.bring_signed(paper=issued, data=data, by=world.chi, at=now)
    with pytest.raises(RefusedFile, match="đã được đưa lên"):
        actions.bring_signed(paper=issued, data=data, by=world.chi, at=now)


@pytest.mark.parametrize("who", ["officer", "head", "decision_maker", "finance", "inspector", "administrator"])
def test_only_the_coordinator_brings_the_consolidated_report(
    world: World, issued: IssuedReport, now: datetime, who: str
) -> None:
    events = Event.objects.count()
    with pytest.raises(PermissionDenied):
        actions.bring_signed(paper=issued, data=b"%PDF", by=world.people[who], at=now)
    assert Event.objects.count() == events


def test_the_head_brings_the_units_own(world: World, unit_report: UnitReport, now: datetime) -> None:
    data = sign(read_file(unit_report.pdf), signer("Bình"))
    signed = actions.bring_signed(paper=unit_report, data=data, by=world.binh, at=now)
    assert signed.unit_report == unit_report
    assert Event.objects.filter(act="reporting.unit_report.bring_signed").count() == 1
    for other in (world.an, world.chi, world.dung):
        with pytest.raises(PermissionDenied):
            actions.bring_signed(paper=unit_report, data=data, by=other, at=now)


# --- certificates


def der(pem: bytes) -> bytes:
    return x509.load_pem_x509_certificate(pem).public_bytes(serialization.Encoding.DER)


@pytest.mark.parametrize("form", ["pem", "der"])
def test_a_certificate_is_trusted_and_no_longer(world: World, now: datetime, form: str) -> None:
    pem = authority().certificate
    anchor = actions.add_anchor(data=pem if form == "pem" else der(pem), by=world.administrator, at=now)
    assert (anchor.name, anchor.fingerprint) == ("CA của phép thử", authority().fingerprint)
    assert trusted_certificates() == [pem]
    with pytest.raises(RefusedFile, match="đã có"):
        actions.add_anchor(data=pem, by=world.administrator, at=now)
    actions.remove_anchor(anchor=anchor, by=world.administrator, at=now)
    assert trusted_certificates() == []
    actions.remove_anchor(anchor=anchor, by=world.administrator, at=now)
    acts = Event.objects.filter(act__startswith="reporting.trust_anchor").values_list("act", flat=True)
    assert list(acts) == ["reporting.trust_anchor.add", "reporting.trust_anchor.remove"]
    actions.add_anchor(data=pem, by=world.administrator, at=now)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "không phải chứng thư"),
        (b"xin chao", "không phải chứng thư"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "không phải chứng thư"),
        (b"\x30" * 200_000, "quá lớn"),
        (authority().certificate * 2, "nhiều chứng thư"),
        (authority().key, "không phải chứng thư"),
    ],
    ids=["empty", "words", "broken", "large", "two", "key"],
)
def test_what_is_no_certificate_is_refused(world: World, now: datetime, data: bytes, words: str) -> None:
    with pytest.raises(RefusedFile, match=words):
        actions.add_anchor(data=data, by=world.administrator, at=now)
    assert not TrustAnchor.objects.exists()


@pytest.mark.parametrize("who", ["officer", "head", "coordinator", "decision_maker", "finance", "inspector"])
def test_only_the_administrator_keeps_certificates(world: World, now: datetime, who: str) -> None:
    anchor = actions.add_anchor(data=authority().certificate, by=world.administrator, at=now)
    events = Event.objects.count()
    with pytest.raises(PermissionDenied):
        actions.add_anchor(data=authority("CA khác").certificate, by=world.people[who], at=now)
    with pytest.raises(PermissionDenied):
        actions.remove_anchor(anchor=anchor, by=world.people[who], at=now)
    assert Event.objects.count() == events
    assert TrustAnchor.objects.filter(removed_at=None).count() == 1
