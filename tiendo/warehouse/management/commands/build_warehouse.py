"""`tiendo build_warehouse`: make the analytical copy anew and put it in place of the old one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.warehouse.build import Failed, build


class Command(BaseCommand):
    help = gettext_noop(
        "Tạo lại bản sao phân tích từ cơ sở dữ liệu đang dùng; bản cũ vẫn dùng cho tới khi bản mới xong."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            copy = build(at=timezone.now())
        except Failed as error:
            raise CommandError(_("Không tạo được bản sao phân tích: %(error)s") % {"error": error}) from error
        rows = sum(each.rows for each in copy.manifest.tables.values())
        size = sum(each.bytes for each in copy.manifest.tables.values()) / 1e6
        sentence = _("Đã tạo bản sao phân tích %(name)s: %(rows)d dòng, %(size).1f MB.")
        self.stdout.write(sentence % {"name": copy.manifest.version, "rows": rows, "size": size})
