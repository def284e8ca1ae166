"""Text files and web pages: told from binary ones, and from each other, by how they begin."""

import re

from tiendo.plans.file_checks.ole import OLE
from tiendo.plans.file_checks.refusals import mismatch

BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"PK\x03\x04", b"{\\rtf", OLE)
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
SAMPLE = 65_536
HEAD = 4_096
LEADING = b"\xef\xbb\xbf\xff\xfe \t\r\n"
PROLOGUE = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>|<!--(?:(?!-->).){0,2000}-->)", re.DOTALL)
PAGE = re.compile(rb"<(?:!doctype html|html|head|body|meta|title|style|table|div|center|font|h[1-6]|p|span|br)\b", re.I)
WHOLE_PAGE = re.compile(rb"<(?:!doctype html|html)\b", re.I)
LETTER_PAGE = re.compile(rb"mime-version:", re.I)  # Word's single-file web page: a letter with the page inside
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def check_text(data: bytes, extension: str) -> str:
    """The extension itself; raises RefusedFile for bytes that are no text, and for a web page under another name."""
    if is_binary(data) or WHOLE_PAGE.match(_opening(data)):
        raise mismatch(data, extension)
    return extension


def check_html(data: bytes, extension: str) -> str:
    """`html`; raises RefusedFile for bytes that are no web page."""
    if not is_html(data) and (is_binary(data) or not PAGE.search(_opening(data))):
        raise mismatch(data, extension)
    return "html"


def is_html(data: bytes) -> bool:
    """Whether the file begins as a web page does, or as a letter that carries one."""
    opening = _opening(data)
    return not is_binary(data) and bool(PAGE.match(opening) or LETTER_PAGE.match(opening))


def is_columns(data: bytes) -> bool:
    """Whether the file is text in columns set by tabs, as programs export it under the name of a workbook."""
    return not is_binary(data) and b"\t" in data[:HEAD].lstrip() and not data.lstrip().startswith(b"<")


def is_binary(data: bytes) -> bool:
    """Whether these are not the bytes of a text in any encoding."""
    if data.startswith(WIDE_MARKS):
        return False
    return data.startswith(BINARY) or (b"\x00" in data[:SAMPLE] and wide_order(data) is None)


def wide_order(data: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` for text that is evidently UTF-16 though it does not say so, otherwise None.

    Evident means: zero bytes stand on one side of the pairs only, and the pairs are letters, not control codes.
    """
    sample = data[: min(SAMPLE, len(data))]
    if len(data) % 2 or b"\x00" not in sample:
        return None
    order = "utf-16-be" if b"\x00" in sample[::2] else "utf-16-le"
    if b"\x00" in (sample[1::2] if order == "utf-16-be" else sample[::2]):
        return None
    return order if not CONTROLS.search(sample[: len(sample) // 2 * 2].decode(order, "ignore")) else None


def _opening(data: bytes) -> bytes:
    """The beginning without byte order mark, XML declaration, comments and the zero bytes of wide letters."""
    opening = data[: 2 * HEAD].replace(b"\x00", b"").lstrip(LEADING)
    while found := PROLOGUE.match(opening):
        opening = opening[found.end() :].lstrip()
    return opening
