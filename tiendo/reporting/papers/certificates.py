"""A certificate as people look at one: whose, by whom, until when, its fingerprint. Pure."""

from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

LARGEST = 100_000  # bytes of a certificate file


class NotACertificate(Exception):
    """The file holds no certificate, or several; the message is a sentence."""


@dataclass(frozen=True)
class Certificate:
    """What a certificate says; `pem` is itself."""

    name: str
    issuer: str
    valid_from: datetime
    valid_to: datetime
    fingerprint: str
    pem: str


def read_certificate(data: bytes) -> Certificate:
    """Read PEM or DER. Raises NotACertificate."""
    found = _load(data)
    return Certificate(
        name=_common_name(found.subject),
        issuer=_common_name(found.issuer),
        valid_from=found.not_valid_before_utc,
        valid_to=found.not_valid_after_utc,
        fingerprint=found.fingerprint(hashes.SHA256()).hex(),
        pem=found.public_bytes(serialization.Encoding.PEM).decode(),
    )


def _load(data: bytes) -> x509.Certificate:
    if len(data) > LARGEST:
        raise NotACertificate(_("Tệp quá lớn so với một chứng thư."))
    try:
        if b"-----BEGIN" not in data:
            return x509.load_der_x509_certificate(data)
        found = x509.load_pem_x509_certificates(data)
    except ValueError as error:
        raise NotACertificate(_("Tệp không phải chứng thư dạng PEM hoặc DER (.pem, .crt, .cer).")) from error
    if len(found) != 1:
        raise NotACertificate(_("Tệp có nhiều chứng thư; hãy đưa từng chứng thư một."))
    return found[0]


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()
