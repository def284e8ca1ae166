"""Old Word files and RTF, turned into docx by LibreOffice in a process of its own, then read like any docx."""

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from tiendo.intake.reading.blocks import Read, Table
from tiendo.intake.reading.docx import read_docx
from tiendo.intake.reading.old_word import cell_marks
from tiendo.plans.files import MEGABYTE, RTF, RefusedFile, inspect_file
from tiendo.plans.spreadsheets.errors import Unreadable
from tiendo.plans.spreadsheets.progress import Progress, part

PROGRAMS = ("soffice", "libreoffice")
TIMEOUT = 120  # seconds; a plan of three hundred pages takes ten
LARGEST = 64 * MEGABYTE  # of what LibreOffice writes
CONVERTED = 0.6  # of the work
# No macros, no links followed, nothing loaded from elsewhere.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


_MISSING = _(
    "Chưa đọc được tệp Word cũ vì máy chủ chưa có LibreOffice; hãy cài gói libreoffice-writer-nogui "
    "hoặc lưu tệp thành .docx."
)


def read_doc(data: bytes, progress: Progress) -> Read:
    """Blocks of an old Word file or an RTF file, as LibreOffice understands it.

    Raises Unreadable when LibreOffice is missing, gives up or takes too long, or the file holds no text.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise Unreadable(_MISSING)
    with tempfile.TemporaryDirectory(prefix="tiendo-doc-") as folder:
        converted = _converted(program, data, Path(folder))
    progress(CONVERTED)
    try:
        inspect_file(converted, "converted.docx", limit=LARGEST)
    except RefusedFile as refusal:
        raise Unreadable(*refusal.args) from refusal
    return _with_remark(read_docx(converted, part(progress, CONVERTED, 1.0)), data)


def _converted(program: str, data: bytes, folder: Path) -> bytes:
    """The file as docx. Everything LibreOffice writes stays in `folder`."""
    source = folder / ("source.rtf" if data.startswith(RTF) else "source.doc")
    source.write_bytes(data)
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(SETTINGS)
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML"]
    _run([*command, "--outdir", str(folder), str(source)], folder)
    result = folder / "source.docx"
    if not result.is_file() or not 0 < result.stat().st_size <= LARGEST:
        raise Unreadable(_("Không chuyển được tệp Word cũ; hãy mở bằng Word, lưu thành .docx rồi thử lại."))
    return result.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    """Run to the end, or end the whole group of processes when the time is over."""
    surroundings = {"HOME": str(folder), "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 - our own words and names; the file's name and content are no part of them
        command, cwd=folder, env=surroundings, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            sentence = _("Chuyển tệp Word cũ mất quá nhiều thời gian; hãy mở bằng Word, lưu thành .docx rồi thử lại.")
            raise Unreadable(sentence) from None
        except ProcessLookupError:
            pass  # it ended before its limit was set
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _with_remark(read: Read, data: bytes) -> Read:
    """A remark when the old file has table cells that did not come through."""
    rows = [row for block in read.blocks if isinstance(block, Table) for row in block.rows]
    if cell_marks(data) <= len(rows) + sum(len(row.cells) for row in rows):
        return read
    remark = _("Một số bảng của tệp Word cũ có thể chưa được đọc đủ; hãy đối chiếu với bản gốc hoặc lưu thành .docx.")
    return replace(read, remarks=(*read.remarks, remark))
