"""The refusal of a file and the sentences that several kinds of file share."""

from gettext import gettext as _

import puremagic

from tiendo.ui.sentences import Sentence


class RefusedFile(Exception):
    """The file is not taken; the message is one Vietnamese sentence that says what to do."""


def mismatch(data: bytes, extension: str) -> RefusedFile:
    """The refusal of bytes that are not what the file's name says, naming what they are where that can be told."""
    sentence = _("Nội dung tệp không phải {kind} như phần mở rộng; hãy mở tệp và lưu lại đúng loại.")
    actual = _actual(data)
    if actual:
        sentence = _("Nội dung tệp là {actual}, không phải {kind} như phần mở rộng; hãy lưu lại đúng loại.")
    return RefusedFile(Sentence.of(sentence, kind=extension.upper(), actual=actual))


def _actual(data: bytes) -> str:
    """A short name for what the bytes are, or the empty string."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "HTML"
    try:
        return str(puremagic.from_string(data[:4096])).removeprefix(".").upper()
    except (puremagic.PureError, ValueError):
        return ""


def macro() -> str:
    """The sentence for a file that brings program code along."""
    return _("Tệp có chứa macro; hãy lưu lại dạng không có macro (docx, xlsx) rồi gửi lại.")


def locked() -> str:
    """The sentence for an encrypted file."""
    return _("Tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại.")


def broken() -> str:
    """The sentence for a damaged or truncated file."""
    return _("Tệp bị hỏng, không mở được; hãy lưu lại từ bản gốc rồi gửi lại.")
