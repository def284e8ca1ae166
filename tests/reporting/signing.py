"""A certificate authority of the tests, and people who sign PDFs with it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ISSUED_FROM = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Holder:
    """A certificate and its key, in PEM."""

    certificate: bytes
    key: bytes

    @property
    def fingerprint(self) -> str:
        return x509.load_pem_x509_certificate(self.certificate).fingerprint(hashes.SHA256()).hex()


def authority(name: str = "CA của phép thử") -> Holder:
    """The authority of that name; always the same one in one run."""
    return _authority(name)


@cache
def _authority(name: str) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    return _holder(name, key, None, is_authority=True, days=3650)


@cache
def signer(name: str = "Nguyễn Văn Giám Đốc", by: str = "CA của phép thử", days: int = 3650) -> Holder:
    return _holder(name, ec.generate_private_key(ec.SECP256R1()), authority(by), is_authority=False, days=days)


def _holder(name: str, key: Any, above: Holder | None, *, is_authority: bool, days: int) -> Holder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    top = x509.load_pem_x509_certificate(above.certificate) if above else None
    signing = serialization.load_pem_private_key(above.key, None) if above else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(top.subject if top else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ISSUED_FROM)
        .not_valid_after(ISSUED_FROM + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(_usage(is_authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    certificate = builder.sign(signing, hashes.SHA256())
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    return Holder(certificate.public_bytes(pem), private)


def _usage(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def sign(pdf: bytes, holder: Holder | None = None, field: str = "Signature1") -> bytes:
    """The PDF with a PAdES signature written behind its bytes."""
    from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    holder = holder or signer()
    (certificate,) = load_certs_from_pemder_data(holder.certificate)
    key = load_private_key_from_pemder_data(holder.key, None)
    made = signers.SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=SimpleCertificateStore())
    meta = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES)
    out = BytesIO()
    signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer=made, output=out)
    return out.getvalue()


def with_a_page_more(pdf: bytes) -> bytes:
    """An incremental update that adds a blank page."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.writer import PageObject

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    empty = writer.add_object(generic.StreamObject(stream_data=b""))
    writer.insert_page(
        PageObject(contents=empty, media_box=generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 595, 842)]))
    )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_a_page_painted_over(pdf: bytes) -> bytes:
    """An incremental update that writes the contents of the first page anew: the same words, and a white box."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page, _resources = writer.find_page_for_modification(0)
    contents = page.get_object()["/Contents"]
    contents._data = contents.data + b"\nq 1 1 1 rg 100 300 200 200 re f Q\n"
    contents._encoded_data = None
    writer.update_container(contents)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
