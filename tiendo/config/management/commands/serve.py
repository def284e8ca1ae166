"""`tiendo serve`: pages, background jobs and the clock under one command, until Ctrl-C."""

import hashlib
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from tiendo.config.serving import ChildDied, Household, is_free, server_command, worker_command

STAMP = ".collected"


class Command(BaseCommand):
    help = "Chạy máy chủ, công việc nền và đồng hồ mở kỳ, nhắc hạn báo cáo; Ctrl-C để dừng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe")
        parser.add_argument("--port", type=int, default=int(os.environ.get("TIENDO_PORT", "8000")), help="cổng")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        require_database()
        if not is_free(host, port):
            raise CommandError(
                _("Cổng %(port)d đang có chương trình khác dùng; hãy chọn cổng khác bằng --port.") % {"port": port}
            )
        collect_static()
        connections.close_all()
        household = Household({"máy chủ": server_command(host, port), "công việc nền": worker_command()})
        try:
            household.run(address=(_reachable(host), port), ready=lambda: self._announce(host, port))
        except ChildDied as died:
            raise CommandError(str(died)) from died
        self.stdout.write(_("Đã dừng."))

    def _announce(self, host: str, port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        words = _("Đang phục vụ tại http://%(host)s:%(port)d – nhấn Ctrl-C để dừng.")
        self.stdout.write(words % {"host": shown, "port": port})
        self.stdout.flush()


def require_database() -> None:
    """Refuse with a sentence while the database is not prepared for this version."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(_("Cơ sở dữ liệu chưa sẵn sàng; hãy chạy “tiendo init” (hoặc “tiendo demo” để dùng thử)."))


def collect_static() -> None:
    """Gather and compress the static files, unless they are the ones already gathered."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(state)


def _static_state() -> str:
    """A hash of the name, size and time of every static file the program and its packages carry."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            seen.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 – asked for by the administrator
