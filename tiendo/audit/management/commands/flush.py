"""Django's `flush` empties every table, the log among them, so here it works only where the log may be emptied.

Tests on a real database end with a flush; `TIENDO_LOG_MAY_BE_EMPTIED` stands in the test settings and nowhere else.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections
from django.utils.translation import gettext as _

from tiendo.audit import triggers


class Command(flush.Command):
    """Refuse, or flush with the triggers out of the way (SQLite empties a table row by row)."""

    def handle(self, **options: Any) -> None:
        if not getattr(settings, "TIENDO_LOG_MAY_BE_EMPTIED", False):
            raise CommandError(_("Nhật ký chỉ ghi thêm, không xóa được. Hãy khởi tạo một thư mục dữ liệu mới."))
        connection = connections[options["database"]]
        triggers.remove(connection)
        try:
            super().handle(**options)
        finally:
            triggers.install(connection)
