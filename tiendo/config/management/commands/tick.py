"""`tiendo tick`: what `tiendo serve` does each minute, for a house whose server and worker are started by others."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from tiendo.intake.tasks import watch_readings
from tiendo.notices.tasks import ask_for_post
from tiendo.oversight.tasks import ask_for_watch
from tiendo.reporting.tasks import ask_for_schedule


class Command(BaseCommand):
    help = "Giao cho tiến trình nền (db_worker) mở kỳ báo cáo, nhắc hạn, gửi thư; đặt chạy mỗi phút bằng cron."

    def handle(self, *args: Any, **options: Any) -> None:
        ask_for_schedule()
        ask_for_watch()
        watch_readings(at=timezone.now())
        ask_for_post(at=timezone.now())
