"""`tiendo story_2025`: plays the year 2025 once into an empty folder, and prints what the pages say, day by day."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.config.story_2025.acts import play
from tiendo.config.story_2025.script import ADMINISTRATOR, COORDINATOR, LEADER, PASSWORD, PLAN_CODE
from tiendo.config.story_2025.telling import lines
from tiendo.plans.models import Plan


class Command(BaseCommand):
    help = "Diễn lại năm 2025 trong một thư mục dữ liệu riêng: sáp nhập, hết cấp huyện, sửa kế hoạch, hai kỳ báo cáo."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        played = Plan.objects.filter(code=PLAN_CODE).exists()
        if not played and User.objects.exists():
            words = _("Thư mục dữ liệu này có dữ liệu khác; hãy đặt TIENDO_HOME tới một thư mục trống.")
            raise CommandError(words)
        # The mark comes before the data: pages never show invented data without it.
        (Path(settings.TIENDO_HOME) / "illustrative").touch()
        if not played:
            play()
        for line in lines():
            self.stdout.write(line)
        people = ", ".join((COORDINATOR, LEADER, ADMINISTRATOR))
        self.stdout.write(_("Đăng nhập: {people}; mật khẩu: {password}").format(people=people, password=PASSWORD))
