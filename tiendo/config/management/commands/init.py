"""`tiendo init`: an empty home for real use: tables, units, funding sources, an administrator, and what to do next."""

import getpass
import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, call_command
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.accounts.actions import MACHINE, create_user, give_post
from tiendo.accounts.models import Post, Role
from tiendo.budget.actions import ensure_sources
from tiendo.config.units import BadWorkbook, built_in_units, units_of_workbook
from tiendo.orgs.actions import load_units
from tiendo.orgs.models import Unit
from tiendo.web.intake.forms import formats

TITLE = "Quản trị hệ thống"
NEXT = """
Việc tiếp theo:
  1. tiendo serve                 mở hệ thống tại http://127.0.0.1:8000
  2. Đăng nhập bằng “{username}”, rà soát danh mục đơn vị.
  3. Lập tài khoản và giao chức vụ cho cơ quan đầu mối, thủ trưởng, cán bộ từng đơn vị.
  4. Cơ quan đầu mối nhập kế hoạch (tệp {formats}) và chấp nhận các đề xuất."""


class Command(BaseCommand):
    help = "Lập thư mục dữ liệu trống để dùng thật: bảng, danh mục đơn vị, người quản trị đầu tiên."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--units", type=Path, metavar="TỆP.xlsx", help="danh mục đơn vị thay cho danh mục có sẵn")
        parser.add_argument("--admin-username", help="tên đăng nhập của người quản trị đầu tiên")
        parser.add_argument("--admin-name", help="họ và tên")
        parser.add_argument("--admin-unit", help="mã đơn vị của người quản trị")
        parser.add_argument("--admin-password-file", type=Path, help="tệp có mật khẩu ở dòng đầu")

    def handle(self, *args: Any, units: Path | None, **options: Any) -> None:
        data = self._units(units)
        call_command("migrate", verbosity=0)
        self.stdout.write(_("Cơ sở dữ liệu đã sẵn sàng trong %(home)s.") % {"home": settings.TIENDO_HOME})
        now = timezone.now()
        with transaction.atomic():
            new = load_units(data=data, by=MACHINE, at=now)
            self.stdout.write(_("Danh mục đơn vị: thêm %(new)d, đã có %(all)d.") % {"new": new, "all": _total()})
            ensure_sources(by=None, at=now)
            username = self._administrator(options, now)
        self.stdout.write(NEXT.format(username=username, formats=formats()))

    def _units(self, path: Path | None) -> dict[str, Any]:
        try:
            return units_of_workbook(path) if path else built_in_units()
        except BadWorkbook as bad:
            raise CommandError(str(bad)) from bad

    def _administrator(self, options: dict[str, Any], now: datetime) -> str:
        """Make the first administrator; once there is one, nothing is asked any more."""
        known = Post.objects.filter(role=Role.ADMINISTRATOR).select_related("user").first()
        if known:
            self.stdout.write(_("Người quản trị đã có: %(name)s.") % {"name": known.user.username})
            return known.user.username
        username = options["admin_username"] or _ask(_("Tên đăng nhập của người quản trị: "), "--admin-username")
        full_name = options["admin_name"] or _ask(_("Họ và tên: "), "--admin-name")
        password = _password(options["admin_password_file"])
        unit = _unit(options["admin_unit"])
        try:
            user = create_user(username=username, full_name=full_name, password=password, by=None, at=now)
        except ValidationError as weak:
            raise CommandError(" ".join(weak.messages)) from weak
        give_post(
            user=user, unit=unit, role=Role.ADMINISTRATOR, title=TITLE, valid_from=timezone.localdate(), by=None, at=now
        )
        self.stdout.write(_("Đã lập người quản trị đầu tiên: %(name)s.") % {"name": username})
        return username


def _total() -> int:
    return Unit.objects.count()


def _unit(code: str | None) -> Unit:
    """The unit the administrator belongs to: as given, or the one above all others."""
    unit = Unit.objects.filter(code=code).first() if code else Unit.objects.filter(parent=None).order_by("pk").first()
    if unit is None:
        raise CommandError(_("Không có đơn vị mang mã “%(code)s” trong danh mục.") % {"code": code})
    return unit


def _ask(question: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise CommandError(_("Thiếu %(option)s (không có ai ở bàn phím để hỏi).") % {"option": option})
    while not (answer := input(question).strip()):
        pass
    return answer


def _password(file: Path | None) -> str:
    """From the first line of a file, or typed twice without showing."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").splitlines()[0].strip()
        except (OSError, IndexError) as error:
            raise CommandError(_("Không đọc được mật khẩu từ tệp %(file)s.") % {"file": file}) from error
    if not sys.stdin.isatty():
        raise CommandError(_("Thiếu %(option)s (không có ai ở bàn phím để hỏi).") % {"option": "--admin-password-file"})
    while True:
        first, again = getpass.getpass(_("Mật khẩu: ")), getpass.getpass(_("Nhập lại mật khẩu: "))
        if first == again:
            return first
        sys.stderr.write(_("Hai lần nhập không giống nhau; hãy nhập lại.\n"))
