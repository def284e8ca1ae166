"""PDF files, read in a process of their own: a file made to harm ends that process and not this one."""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from gettext import gettext as _
from typing import IO, Any

from tiendo.intake.reading.blocks import Read
from tiendo.intake.reading.pdf_wire import read_from
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.progress import Progress
from tiendo.ui.sentences import Sentence

SILENCE = 150.0  # seconds a page may take; recognising a scanned one is given 120
CHILD = "from tiendo.intake.reading.pdf_process import main; raise SystemExit(main())"


def read_pdf(data: bytes, progress: Progress) -> Read:
    """Blocks of a PDF with their pages, progress told page by page.

    Raises Unreadable when the file cannot be opened, holds no readable text, or takes too much time or memory.
    """
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-c", CHILD], stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}, start_new_session=True,
        )  # fmt: skip
    try:
        return _result(_last_line(child, progress))
    finally:
        _end(child)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Nothing the child started outlives the reading."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    if child.stdout:
        child.stdout.close()
    child.wait()


def _last_line(child: "subprocess.Popen[bytes]", progress: Progress) -> bytes:
    """What the child says at the end; it says a share of the work after each page before that."""
    assert child.stdout is not None  # it was opened with a pipe
    said = b""
    with selectors.DefaultSelector() as ready:
        ready.register(child.stdout, selectors.EVENT_READ)
        while ready.select(SILENCE):
            piece = _piece(child.stdout)
            if not piece:
                return said
            *lines, said = (said + piece).split(b"\n")
            for line in lines:
                progress(float(line))
    raise Unreadable(_too_heavy())


def _piece(stream: IO[bytes]) -> bytes:
    return os.read(stream.fileno(), 1 << 20)


def _result(said: bytes) -> Read:
    try:
        result: Mapping[str, Any] = json.loads(said)
    except ValueError:
        raise Unreadable(_too_heavy()) from None
    if "pattern" in result:
        raise Unreadable(Sentence.of(result["pattern"], **result["values"]))
    return read_from(result)


def _too_heavy() -> str:
    return _("Tệp PDF quá nặng hoặc bị hỏng nên không đọc được; hãy tách nhỏ hoặc xuất lại rồi gửi lại.")
