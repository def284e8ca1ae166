"""`tiendo export_log FILE`: the whole log as JSON Lines, for `tiendo-verify`."""

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.audit.export import write_log
from tiendo.audit.queries import head


class Command(BaseCommand):
    help = gettext_noop("Xuất toàn bộ nhật ký ra tệp để kiểm tra bằng tiendo-verify.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help=_("tệp để ghi; dấu - là in ra màn hình"))

    def handle(self, *args: Any, **options: Any) -> None:
        if head().seq == 0:
            raise CommandError(_("Nhật ký chưa có mục nào."))
        if options["file"] == "-":
            write_log(sys.stdout)
            return
        count = _write_file(Path(options["file"]))
        self.stdout.write(_("Đã ghi %(count)d mục vào %(file)s.") % {"count": count, "file": options["file"]})


def _write_file(file: Path) -> int:
    """Written beside and moved into place, so that a half-written log is never taken for a truncated one."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as out:
            count = write_log(out)
        beside.replace(file)
    except OSError as error:
        raise CommandError(_("Không ghi được tệp %(file)s: %(error)s") % {"file": file, "error": error}) from error
    finally:
        beside.unlink(missing_ok=True)
    return count
