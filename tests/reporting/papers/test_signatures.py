"""Signatures read back: trusted, unknown, changed, expired, grown, of another paper; and files that attack."""

from datetime import UTC, datetime

import pytest

from tests.papers.samples import MADE_AT, sample_paper
from tests.reporting.signing import authority, sign, signer, with_a_page_more, with_a_page_painted_over
from tiendo.papers.pdf import render_pdf
from tiendo.reporting.papers.signatures import (
    SignatureOutcome,
    SignedReading,
    UnreadableSignatures,
    read_signed,
    reading_of,
)

AT = datetime(2026, 7, 20, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def issued() -> bytes:
    return render_pdf(sample_paper(tasks=2), made_at=MADE_AT)


@pytest.fixture(scope="module")
def signed(issued: bytes) -> bytes:
    return sign(issued)


def read(issued: bytes, signed: bytes, *anchors: str, at: datetime = AT) -> SignedReading:
    return reading_of(read_signed(issued, signed, [authority(name).certificate for name in anchors], at=at))


OURS = "CA của phép thử"


def test_a_signature_under_a_trusted_authority(issued: bytes, signed: bytes) -> None:
    found = read(issued, signed, OURS)
    assert found.outcome == SignatureOutcome.TRUSTED
    assert (found.begins_with_issued, found.only_signed, found.same_text, found.covers_whole) == (True,) * 4
    (one,) = found.signatures
    assert (one.signer, one.issuer, one.problem) == ("Nguyễn Văn Giám Đốc", OURS, "")
    assert one.signed_at is not None
    assert one.stamped_at is None
    assert not one.revocation_embedded


@pytest.mark.parametrize("anchors", [(), ("CA khác",)])
def test_a_signature_nobody_has_said_to_trust(issued: bytes, signed: bytes, anchors: tuple[str, ...]) -> None:
    found = read(issued, signed, *anchors)
    assert found.outcome == SignatureOutcome.UNKNOWN
    assert found.signatures[0].is_intact
    assert "danh sách tin cậy" in found.signatures[0].problem


def test_a_digit_changed_under_the_signature(issued: bytes, signed: bytes) -> None:
    at = signed.index(b"/MediaBox")
    tampered = signed[:at] + signed[at:].replace(b"841.", b"842.", 1)
    assert tampered != signed
    found = read(issued, tampered, OURS)
    assert found.outcome == SignatureOutcome.CHANGED
    assert not found.begins_with_issued


def test_a_certificate_out_of_date(issued: bytes) -> None:
    found = read(issued, sign(issued, signer("Người ký cũ", days=30)), OURS)
    assert found.outcome == SignatureOutcome.UNKNOWN
    assert "hết hạn" in found.signatures[0].problem


def test_a_page_added_after_signing(issued: bytes, signed: bytes) -> None:
    found = read(issued, with_a_page_more(signed), OURS)
    assert found.outcome == SignatureOutcome.CHANGED
    assert not found.covers_whole
    assert not found.same_text
    assert found.only_signed  # what came before and with the signature was in order


def test_a_page_added_before_signing(issued: bytes) -> None:
    found = read(issued, sign(with_a_page_more(issued)), OURS)
    assert found.begins_with_issued
    assert found.outcome == SignatureOutcome.CHANGED


def test_a_page_painted_over_before_signing(issued: bytes) -> None:
    found = read(issued, sign(with_a_page_painted_over(issued)), OURS)
    assert (found.begins_with_issued, found.same_text) == (True, True)
    assert found.outcome == SignatureOutcome.CHANGED


def test_two_people_sign_one_after_the_other(issued: bytes, signed: bytes) -> None:
    both = sign(signed, signer("Văn thư"), field="Signature2")
    found = read(issued, both, OURS)
    assert [each.signer for each in found.signatures] == ["Nguyễn Văn Giám Đốc", "Văn thư"]
    assert found.outcome == SignatureOutcome.TRUSTED
    assert found.covers_whole
    mixed = read(issued, sign(signed, signer("Người lạ", by="CA khác"), field="Signature2"), OURS)
    assert mixed.outcome == SignatureOutcome.UNKNOWN


def test_another_paper_signed(issued: bytes) -> None:
    other = render_pdf(sample_paper(tasks=3), made_at=MADE_AT)
    found = read(issued, sign(other), OURS)
    assert not found.begins_with_issued
    assert not found.same_text


def test_the_same_words_in_another_file(issued: bytes) -> None:
    again = render_pdf(sample_paper(tasks=2), made_at=AT)
    found = read(issued, sign(again), OURS)
    assert (found.begins_with_issued, found.same_text) == (False, True)
    assert found.outcome == SignatureOutcome.TRUSTED


def test_no_signature(issued: bytes) -> None:
    assert read(issued, issued, OURS).outcome == SignatureOutcome.NONE


@pytest.mark.parametrize("damage", ["words", "cut", "empty", "loop"])
def test_files_that_cannot_be_read_are_refused(issued: bytes, signed: bytes, damage: str) -> None:
    files = {
        "words": b"%PDF-1.7 xin chao",
        "cut": signed[: len(signed) // 3],
        "empty": b"",
        "loop": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\nstartxref\n9\n%%EOF",
    }
    with pytest.raises(UnreadableSignatures):
        read(issued, files[damage], OURS)


def test_work_that_takes_too_long_is_broken_off(issued: bytes, signed: bytes) -> None:
    with pytest.raises(UnreadableSignatures):
        read_signed(issued, signed, [], at=AT, seconds=0.01)
