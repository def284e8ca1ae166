"""What a signed PDF brought back says: whose signatures, whether they still hold, whether it is the file issued. Pure
but for the child process that reads the file.

Nothing is asked over the network. Whether a certificate was revoked is known only from lists embedded in the file.
"""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from gettext import gettext as _
from pathlib import Path
from typing import Any

_READER = Path(__file__).with_name("signature_reading.py")
SECONDS = 60.0
ROOM_FOR_SIGNATURES = 5 * 1024 * 1024  # certificates, lists of revoked ones, time stamps, a picture of the seal


class UnreadableSignatures(Exception):
    """The file cannot be read as a signed PDF, or not in the time there is."""


class SignatureOutcome(StrEnum):
    """How a signed file stands; the worst of its signatures decides."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    CHANGED = "changed"
    NONE = "none"


OUTCOME_WORDS: dict[SignatureOutcome, str] = {
    SignatureOutcome.TRUSTED: _("tin cậy"),
    SignatureOutcome.UNKNOWN: _("chữ ký nguyên vẹn nhưng chưa có trong danh sách tin cậy"),
    SignatureOutcome.CHANGED: _("đã bị sửa"),
    SignatureOutcome.NONE: _("không có chữ ký"),
}

PROBLEM_WORDS: dict[str, str] = {
    "NO_CERTIFICATE_CHAIN_FOUND": _("Chứng thư không dẫn tới tổ chức nào trong danh sách tin cậy."),
    "OUT_OF_BOUNDS_NO_POE": _("Chứng thư đã hết hạn, và không có dấu thời gian tin cậy cho biết đã ký lúc còn hạn."),
    "EXPIRED": _("Chứng thư đã hết hạn, và không có dấu thời gian tin cậy cho biết đã ký lúc còn hạn."),
    "NOT_YET_VALID": _("Chứng thư chưa có hiệu lực."),
    "REVOKED_NO_POE": _("Chứng thư đã bị thu hồi."),
    "REVOKED_CA_NO_POE": _("Chứng thư của tổ chức cấp đã bị thu hồi."),
    "CHAIN_CONSTRAINTS_FAILURE": _("Chứng thư không được cấp để ký văn bản."),
}
OTHER_PROBLEM = _("Không lập được đường dẫn tin cậy đến chứng thư.")


@dataclass(frozen=True)
class SignatureReading:
    """One signature as read. `problem` says why it is not trusted; empty when it is."""

    signer: str
    organisation: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime
    signed_at: datetime | None
    stamped_at: datetime | None
    is_intact: bool
    is_trusted: bool
    covers_whole: bool
    is_unchanged: bool
    revocation_embedded: bool
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Intact, and nothing was changed behind it but what a signature allows (another signature, a time stamp)."""
        return self.is_intact and self.is_unchanged


@dataclass(frozen=True)
class SignedReading:
    """A signed file: how it stands to the one issued, and its signatures in the order they were put."""

    begins_with_issued: bool
    same_text: bool
    only_signed: bool
    signatures: tuple[SignatureReading, ...]

    @property
    def outcome(self) -> SignatureOutcome:
        if not self.signatures:
            return SignatureOutcome.NONE
        if not all(each.holds for each in self.signatures) or (self.begins_with_issued and not self.only_signed):
            return SignatureOutcome.CHANGED
        return (
            SignatureOutcome.TRUSTED if all(each.is_trusted for each in self.signatures) else SignatureOutcome.UNKNOWN
        )

    @property
    def covers_whole(self) -> bool:
        """Whether the signatures cover every byte of the file, but for what signing added later."""
        return bool(self.signatures) and self.signatures[-1].covers_whole


def most_signed(issued: int, limit: int) -> int:
    """How many bytes a signed copy may have: the limit of any upload, and never less than the file that was issued
    with its signatures."""
    return max(limit, issued + ROOM_FOR_SIGNATURES)


def read_signed(
    issued: bytes, signed: bytes, anchors: Sequence[bytes], *, at: datetime, seconds: float = SECONDS
) -> dict[str, Any]:
    """Read the file in a child process and give its answer, ready to be stored and shown by `reading_of`.

    `anchors` are certificates (DER or PEM) one trusts. Raises UnreadableSignatures.
    """
    request = {
        "issued": b64encode(issued).decode(),
        "signed": b64encode(signed).decode(),
        "anchors": [b64encode(each).decode() for each in anchors],
        "at": at.isoformat(),
    }
    # -P keeps this folder off the child's path, where its modules could hide standard ones.
    command = [sys.executable, "-P", str(_READER)]
    try:
        done = subprocess.run(  # noqa: S603 – our own command
            command, input=json.dumps(request).encode(), capture_output=True, timeout=seconds, check=False
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        answer = None
    if not isinstance(answer, dict):
        raise UnreadableSignatures(_("Không đọc được tệp PDF đã ký: tệp hỏng, quá phức tạp hoặc không phải PDF."))
    return answer


def reading_of(answer: Mapping[str, Any]) -> SignedReading:
    """The stored answer as values."""
    return SignedReading(
        begins_with_issued=answer["begins"],
        same_text=answer["same_text"],
        only_signed=answer["only_signed"],
        signatures=tuple(_signature(each) for each in answer["signatures"]),
    )


def _signature(each: Mapping[str, Any]) -> SignatureReading:
    unchanged = each["permitted"] and each["changed_after"] not in ("OTHER", None)
    return SignatureReading(
        signer=each["signer"],
        organisation=each["organisation"],
        issuer=each["issuer"],
        serial=each["serial"],
        valid_from=datetime.fromisoformat(each["from"]),
        valid_to=datetime.fromisoformat(each["to"]),
        signed_at=_moment(each["signed_at"]),
        stamped_at=_moment(each["stamped_at"]),
        is_intact=each["intact"],
        is_trusted=each["trusted"],
        covers_whole=each["covers"] == "ENTIRE_FILE" or (each["covers"] == "ENTIRE_REVISION" and unchanged),
        is_unchanged=unchanged,
        revocation_embedded=each["revocation_embedded"],
        problem="" if each["trusted"] else PROBLEM_WORDS.get(each["problem"], OTHER_PROBLEM),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
