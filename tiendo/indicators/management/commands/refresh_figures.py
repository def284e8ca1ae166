"""`tiendo refresh_figures`: every figure made again from the ledger, as after a restore or a change of rules."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.indicators.actions.refreshing import refresh_all


class Command(BaseCommand):
    help = gettext_noop("Tính lại mọi số liệu chỉ tiêu từ sổ số liệu; không đổi gì nếu các số đã đúng.")

    def handle(self, *args: Any, **options: Any) -> None:
        done = refresh_all(at=timezone.now())
        said = _("Đã tính {cells} ô: ghi {written} dòng, bỏ {removed} dòng.")
        self.stdout.write(said.format(cells=done.cells, written=done.written, removed=done.removed))
