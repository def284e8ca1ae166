"""`tiendo read FILE`: what a document says, as a tree for people or as JSON, without touching any database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.intake.extraction import read_document
from tiendo.intake.extraction.outline import outline
from tiendo.intake.reading import Unreadable
from tiendo.plans.files import DEFAULT_LIMIT, too_large

UNREADABLE = 2


class Command(BaseCommand):
    """Read one file; a file that cannot be read gives one sentence on standard error and exit status 2."""

    help = gettext_noop("Đọc một văn bản và in cây nội dung; không ghi vào cơ sở dữ liệu.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=_("Tệp văn bản: txt hoặc docx."))
        parser.add_argument("--json", action="store_true", help=_("In dữ liệu JSON thay cho cây nội dung."))

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            reading = read_document(self._bytes(path), path.name)
        except Unreadable as refusal:
            self.stderr.write(_(str(refusal)))
            sys.exit(UNREADABLE)
        self._print(
            json.dumps(reading, ensure_ascii=False, indent=2) if options["json"] else "\n".join(outline(reading))
        )

    def _bytes(self, path: Path) -> bytes:
        """The content of the file; its size is looked at before a byte is read.

        Raises Unreadable for a path that leads to no readable file.
        """
        try:
            if path.is_dir():
                raise Unreadable(_("“{name}” là thư mục; hãy chỉ rõ một tệp.").format(name=path))
            if path.stat().st_size > DEFAULT_LIMIT:
                raise Unreadable(too_large())
            return path.read_bytes()
        except FileNotFoundError:
            raise Unreadable(_("Không tìm thấy tệp “{name}”; hãy kiểm tra lại đường dẫn.").format(name=path)) from None
        except (OSError, ValueError):
            raise Unreadable(_("Không mở được tệp “{name}”; hãy kiểm tra quyền đọc.").format(name=path)) from None

    def _print(self, text: str) -> None:
        try:
            self.stdout.write(text)
            self.stdout.flush()
        except BrokenPipeError:  # the reader of a pipe (head, less) has seen enough
            sys.stderr.close()
            sys.exit(0)
