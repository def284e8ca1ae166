"""PDF: whole, and with nothing in its plain objects that acts when it is opened or brings another file along."""

import re
from collections.abc import Iterator
from gettext import gettext as _

from tiendo.plans.file_checks.refusals import RefusedFile, mismatch

END = b"%%EOF"
TAIL = 2048  # readers look for the end mark among the last bytes
STREAM = re.compile(rb">>\s{0,16}stream\r?\n")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)")


def check_pdf(data: bytes, extension: str) -> str:
    """The extension itself.

    Raises RefusedFile when the file is something else, cut short, or not safe to open.
    """
    if not data.startswith(b"%PDF-"):
        raise mismatch(data, extension)
    if END not in data[-TAIL:]:
        raise RefusedFile(_("Tệp PDF bị hỏng hoặc thiếu phần cuối; hãy xuất hoặc quét lại rồi gửi lại."))
    if any(ACTIVE.search(_unescaped(part)) for part in _plain_objects(data)):
        raise RefusedFile(_("Tệp PDF có mã lệnh hoặc tệp đính kèm bên trong; hãy in lại thành PDF rồi gửi lại."))
    return extension


def _plain_objects(data: bytes) -> Iterator[bytes]:
    """What stands outside the streams, whose packed bytes may spell anything. One pass, each byte looked at once."""
    at = 0
    while start := STREAM.search(data, at):
        end = data.find(b"endstream", start.end())
        if end < 0:
            break
        yield data[at : start.start()]
        at = end
    yield data[at:]


def _unescaped(part: bytes) -> bytes:
    """Names as a reader takes them: `/J#53` is `/JS`."""
    return ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part)
