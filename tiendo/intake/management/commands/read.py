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
from tiendo.intake.management.given_file import bytes_of
from tiendo.intake.management.progress_line import ProgressLine
from tiendo.intake.reading import READERS, Unreadable
from tiendo.ui.saying import said

UNREADABLE = 2


class Command(BaseCommand):
    """Read one file; a file that cannot be read gives one sentence on standard error and exit status 2."""

    help = gettext_noop("Đọc một văn bản và in cây nội dung; không ghi vào cơ sở dữ liệu.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=_("Tệp văn bản: %s.") % ", ".join(READERS))
        parser.add_argument("--json", action="store_true", help=_("In dữ liệu JSON thay cho cây nội dung."))

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with ProgressLine(sys.stderr, path.name) as progress:
                reading = read_document(bytes_of(path), path.name, progress=progress)
        except Unreadable as refusal:
            self.stderr.write(said(refusal))
            sys.exit(UNREADABLE)
        self._print(
            json.dumps(reading, ensure_ascii=False, indent=2) if options["json"] else "\n".join(outline(reading))
        )

    def _print(self, text: str) -> None:
        try:
            self.stdout.write(text)
            self.stdout.flush()
        except BrokenPipeError:  # the reader of a pipe (head, less) has seen enough
            sys.stderr.close()
            sys.exit(0)
