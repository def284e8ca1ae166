"""One reading of a signed PDF in a process of its own: a request as JSON on standard input, the answer on standard
output.

A hostile file may take all time and memory, or bring its reader down; a server should live through that, so time and
memory are bounded here. Nothing is fetched: lists of revoked certificates count only when they are embedded in the
file. Run as a script by `signatures.read_signed`; it imports nothing of the project, and nothing else imports the
library that reads signatures, which takes a second to load.
"""

import json
import logging
import resource
import sys
from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from asn1crypto import pem, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

MEMORY, SECONDS = 1536 * 1024 * 1024, 60
MOST_SIGNATURES, MOST_PAGES = 20, 2000
# What signing may write into an object of the issued file, by its type; a page's annotations are looked at one by one.
FREE = {
    "/Catalog": frozenset({"/AcroForm", "/Extensions", "/Version", "/DSS", "/Perms", "/Metadata"}),
    "/Metadata": frozenset({"/Length", "/Filter", "/DecodeParms"}),
}
DOCUMENT_INFORMATION = frozenset(
    {"/ModDate", "/Producer", "/Creator", "/CreationDate", "/Title", "/Author", "/Keywords"}
)


def main() -> int:
    """Read the request, answer it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    logging.disable(logging.CRITICAL)
    request = json.load(sys.stdin.buffer)
    issued, signed = b64decode(request["issued"]), b64decode(request["signed"])
    anchors = [x509.Certificate.load(_der(b64decode(each))) for each in request["anchors"]]
    answer = read(issued, signed, anchors, datetime.fromisoformat(request["at"]))
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
    return 0


def read(issued: bytes, signed: bytes, anchors: list[x509.Certificate], at: datetime) -> dict[str, Any]:
    """What the file says of itself, and how it stands to the one issued."""
    reader = PdfFileReader(BytesIO(signed), strict=False)
    begins = signed.startswith(issued)
    return {
        "begins": begins,
        "same_text": _texts(issued) == _texts(signed),
        "only_signed": begins and _only_signed(reader, issued),
        "signatures": [_signature(each, anchors, at) for each in reader.embedded_regular_signatures[:MOST_SIGNATURES]],
    }


def _texts(data: bytes) -> list[str]:
    """The words of each page, spaces evened out."""
    document = pypdfium2.PdfDocument(data)
    try:
        if len(document) > MOST_PAGES:
            raise ValueError("too many pages")
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def _only_signed(reader: Any, issued: bytes) -> bool:
    """Whether what was added behind the issued bytes is signatures and what belongs to them, and changes no page.

    The library judges only what comes after a first signature; this looks at what came before and with it.
    """
    signatures = reader.embedded_regular_signatures
    last = signatures[0].signed_revision if signatures else reader.total_revisions - 1
    before = PdfFileReader(BytesIO(issued), strict=False).total_revisions
    known = {ref for revision in range(before) for ref in reader.xrefs.explicit_refs_in_revision(revision)}
    written = {ref for revision in range(before, last + 1) for ref in reader.xrefs.explicit_refs_in_revision(revision)}
    return all(
        _harmless(reader.get_object(ref, revision=before - 1), reader.get_object(ref, revision=last))
        for ref in written & known
    )


def _harmless(old: Any, new: Any) -> bool:
    """Whether an object of the issued file was only given what a signature needs."""
    if isinstance(old, generic.ArrayObject) and isinstance(new, generic.ArrayObject):
        return _only_signatures_more(old, new)
    is_stream = isinstance(old, generic.StreamObject) and old.get("/Type") != "/Metadata"
    if type(old) is not type(new) or is_stream or not isinstance(old, generic.DictionaryObject):
        return _written(old) == _written(new)
    kind = str(old.get("/Type", ""))
    free = FREE.get(kind, frozenset()) if kind else DOCUMENT_INFORMATION
    kept = (set(old) | set(new)) - free - {"/Annots"}
    same = all(_written(old.raw_get(key)) == _written(new.raw_get(key)) for key in kept if key in old and key in new)
    if not same or any((key in old) != (key in new) for key in kept):
        return False
    return _only_signatures_more(old.get("/Annots", ()), new.get("/Annots", ()))


def _only_signatures_more(old: Any, new: Any) -> bool:
    """Whether a list of annotations keeps what it had and gained nothing but fields for signatures."""
    known = [_written(each) for each in _raw(old)]
    gained = [each for each in _raw(new) if _written(each) not in known]
    return all(each in [_written(kept) for kept in _raw(new)] for each in known) and all(map(_is_signature, gained))


def _is_signature(annotation: Any) -> bool:
    found = getattr(annotation, "get_object", lambda: annotation)()
    return isinstance(found, generic.DictionaryObject) and found.get("/FT") == "/Sig"


def _raw(array: Any) -> list[Any]:
    return [array.raw_get(at) for at in range(len(array))] if isinstance(array, generic.ArrayObject) else list(array)


def _written(value: Any) -> bytes:
    out = BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()


def _signature(embedded: Any, anchors: list[x509.Certificate], at: datetime) -> dict[str, Any]:
    status = _validated(embedded, anchors, at)
    stamp = status.timestamp_validity
    stamped = stamp is not None and stamp.intact and stamp.valid
    if not status.trusted and stamped and stamp.trusted:
        # A trusted time stamp proves that the signature stood while the certificate was in force.
        status = _validated(embedded, anchors, stamp.timestamp)
    certificate = status.signing_cert
    said = status.signer_reported_dt
    return {
        "signer": certificate.subject.native.get("common_name", certificate.subject.human_friendly),
        "organisation": _organisation(certificate),
        "issuer": certificate.issuer.native.get("common_name", certificate.issuer.human_friendly),
        "serial": format(certificate.serial_number, "x"),
        "from": certificate.not_valid_before.isoformat(),
        "to": certificate.not_valid_after.isoformat(),
        "signed_at": said.isoformat() if said and said.tzinfo else None,
        "stamped_at": stamp.timestamp.isoformat() if stamped else None,
        "stamp_trusted": bool(stamped and stamp.trusted),
        "intact": bool(status.intact and status.valid),
        "trusted": bool(status.trusted),
        "problem": status.trust_problem_indic.name if status.trust_problem_indic else None,
        "covers": status.coverage.name if status.coverage else None,
        "changed_after": status.modification_level.name if status.modification_level else None,
        "permitted": bool(status.docmdp_ok),
        "revocation_embedded": _has_revocation(embedded),
    }


def _validated(embedded: Any, anchors: list[x509.Certificate], at: datetime) -> Any:
    context = ValidationContext(trust_roots=anchors, moment=at, allow_fetching=False, revocation_mode="soft-fail")
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    return validate_pdf_signature(
        embedded, signer_validation_context=context, ts_validation_context=context, key_usage_settings=usage
    )


def _organisation(certificate: x509.Certificate) -> str:
    name = certificate.subject.native.get("organization_name", "")
    return name if isinstance(name, str) else ", ".join(name)


def _has_revocation(embedded: Any) -> bool:
    """Whether the file brings lists of revoked certificates along, in the signature or beside it."""
    return any(_revocation(embedded))


def _revocation(embedded: Any) -> Iterator[bool]:
    yield "/DSS" in embedded.reader.root
    attributes = embedded.signer_info["signed_attrs"]
    yield any(each["type"].native == "adobe_revocation_info_archival" for each in attributes)


def _der(data: bytes) -> bytes:
    return pem.unarmor(data)[2] if pem.detect(data) else data


if __name__ == "__main__":
    sys.exit(main())
