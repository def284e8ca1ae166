"""`tiendo rebuild_figures`: figures that are not what the ledger says are found through a copy and made again.

The copy finds them in one scan; `indicators.actions.refreshing` makes them, as after any change.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.indicators.actions.refreshing import refresh
from tiendo.warehouse.build import Failed, build
from tiendo.warehouse.copies import reading
from tiendo.warehouse.figures import differing, recompute


class Command(BaseCommand):
    help = gettext_noop("Đối chiếu mọi số liệu chỉ tiêu với sổ số liệu qua bản sao phân tích; tính lại những số lệch.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help=_("chỉ đối chiếu, không tính lại"))

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        try:
            copy = build(at=timezone.now())
        except Failed as error:
            raise CommandError(_("Không tạo được bản sao phân tích: %(error)s") % {"error": error}) from error
        with reading(copy, on_disk=True) as connection:
            recompute(connection)
            cells = list(differing(connection))
        if check and cells:
            raise CommandError(_("%(count)d số liệu không khớp sổ số liệu.") % {"count": len(cells)})
        done = refresh(cells, at=timezone.now())
        sentence = _("Số không khớp: %(count)d. Đã ghi %(written)d dòng, bỏ %(removed)d dòng.")
        counts = {"count": len(cells), "written": done.written, "removed": done.removed}
        self.stdout.write(sentence % counts)
