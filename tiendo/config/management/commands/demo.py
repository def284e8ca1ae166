"""`tiendo demo`: a province to try the house on, loaded once into an empty data folder."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.config.sample.load import is_loaded, load_sample
from tiendo.config.sample.story import PASSWORD, people

SHOWN = ("dau-moi", "can-bo.y-te", "thu-truong.y-te", "can-bo.bum-to", "thu-truong.bum-to", "lanh-dao")
ALSO_SHOWN = ("tai-chinh", "thanh-tra", "quan-tri")


class Command(BaseCommand):
    help = "Chuẩn bị dữ liệu minh họa (một lần) và cho biết ai đăng nhập được."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("Chuẩn bị cơ sở dữ liệu trong %(home)s …") % {"home": settings.TIENDO_HOME})
        call_command("migrate", verbosity=0)
        loaded = is_loaded()
        if not loaded and User.objects.exists():
            raise CommandError(
                _("Thư mục dữ liệu này đã được dùng thật; hãy đặt TIENDO_HOME tới một thư mục khác để dùng thử.")
            )
        # The mark comes before the data: pages never show the sample without it.
        (Path(settings.TIENDO_HOME) / "illustrative").touch()
        if not loaded:
            self._load()
        self._introduce()

    def _load(self) -> None:
        try:
            load_sample(now=timezone.now(), say=self._say)
        except KeyboardInterrupt:
            words = _("Đã dừng giữa chừng, chưa có gì được lưu; chạy lại “tiendo demo” để nạp từ đầu.")
            raise CommandError(words, returncode=130) from None

    def _say(self, words: str) -> None:
        self.stdout.write(f"  {words}")
        self.stdout.flush()

    def _introduce(self) -> None:
        by_name = {person.username: person for person in people()}
        chosen = [by_name[name] for name in (*SHOWN, *ALSO_SHOWN)]
        wide = max(len(person.username) for person in chosen)
        self.stdout.write(_("\nDữ liệu minh họa đã sẵn sàng. Đăng nhập bằng một trong các tên sau:\n"))
        for person in chosen:
            self.stdout.write(f"  {person.username:<{wide}}  {person.title} – {person.full_name}")
        self.stdout.write(_("\nMật khẩu chung: %(password)s") % {"password": PASSWORD})
        self.stdout.write(_("Đơn vị nào cũng có người báo cáo: thu-truong.khcn, can-bo.khcn, thu-truong.muong-te, …"))
