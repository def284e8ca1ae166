"""The arithmetic of the log: one canonical text per event, one hash per text, each hash holding the one before.

Pure. The same rules are written a second time, independently, in `tiendo_verify.py`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from gettext import gettext as _

GENESIS = "0" * 64


class BreakKind(StrEnum):
    """In what way the stored chain departs from the one that was written."""

    CHANGED = "changed"
    REMOVED = "removed"
    UNLINKED = "unlinked"
    TRUNCATED = "truncated"
    HEAD = "head"


SENTENCES: dict[BreakKind, str] = {
    BreakKind.CHANGED: _("Mục %(seq)d đã bị sửa sau khi ghi."),
    BreakKind.REMOVED: _("Mục %(seq)d đã bị xóa khỏi nhật ký."),
    BreakKind.UNLINKED: _("Mục %(seq)d không nối với mục đứng trước: một trong hai mục đã bị thay thế."),
    BreakKind.TRUNCATED: _("Nhật ký bị cắt phần cuối, bắt đầu từ mục %(seq)d."),
    BreakKind.HEAD: _("Đầu chuỗi đang lưu không khớp với mục cuối cùng của nhật ký (mục %(seq)d)."),
}


@dataclass(frozen=True)
class Break:
    """The first place where the chain fails; words for it are `SENTENCES[kind] % {"seq": seq}`."""

    kind: BreakKind
    seq: int


@dataclass(frozen=True)
class Entry:
    """One event as it was stored, with the hashes stored beside it."""

    seq: int
    at: datetime
    actor: str
    act: str
    subject: str
    detail: Mapping[str, object]
    prev_hash: str
    hash: str

    def expected_hash(self) -> str:
        """The hash the content calls for."""
        return event_hash(self.prev_hash, self.seq, iso(self.at), self.actor, self.act, self.subject, self.detail)


def plain(value: object) -> object:
    """The JSON form of a value: decimals and dates as text, the rest as it is.

    Raises TypeError for floats (they do not survive a round trip) and for anything else without one clear text,
    ValueError for text a database cannot hold (NUL, half of a surrogate pair) and for times without a zone.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _storable(str(value))
    if isinstance(value, Decimal):
        return _decimal_text(value)
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    raise TypeError(f"the log cannot hold a {type(value).__name__}: {value!r}")


def canonical(value: object) -> bytes:
    """The one text of a value: keys sorted, no spaces, letters as they are, UTF-8, no floats."""
    text = json.dumps(plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical text, in lower-case hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def event_hash(
    prev_hash: str, seq: int, at_iso: str, actor: str, act: str, subject: str, detail: Mapping[str, object]
) -> str:
    """The hash of one event; it covers everything the event says and the hash of the event before."""
    return digest(
        {
            "prev": prev_hash,
            "seq": seq,
            "at": at_iso,
            "actor": actor,
            "act": act,
            "subject": subject,
            "detail": detail,
        }
    )


def iso(at: datetime) -> str:
    """UTC with microseconds and Z, so one moment has one text.

    Raises ValueError for a time without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time in the log needs a time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def first_break(entries: Iterable[Entry], *, head_seq: int, head_hash: str) -> Break | None:
    """Walk entries in order of `seq` from the first one ever and name the first that fails, or None."""
    seq, prev = 0, GENESIS
    for entry in entries:
        if entry.seq != seq + 1:
            return Break(BreakKind.REMOVED, seq + 1)
        if entry.hash != entry.expected_hash():
            return Break(BreakKind.CHANGED, entry.seq)
        if entry.prev_hash != prev:
            return Break(BreakKind.UNLINKED, entry.seq)
        seq, prev = entry.seq, entry.hash
    if seq < head_seq:
        return Break(BreakKind.TRUNCATED, seq + 1)
    if seq > head_seq or prev != head_hash:
        return Break(BreakKind.HEAD, seq)
    return None


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # one search: a report's manifest has millions of letters


def _storable(text: str) -> str:
    if _UNSTORABLE.search(text):
        raise ValueError(f"text the log cannot hold: {text!r}")
    return text


def _decimal_text(number: Decimal) -> str:
    if not number.is_finite():
        raise ValueError(f"not a number the log can hold: {number}")
    return format(number, "f")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"keys in the log are text, not {type(key).__name__}: {key!r}")
    return _storable(str(key))
