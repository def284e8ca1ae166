"""`tiendo tick`: what `tiendo serve` does each minute, for a house whose server and worker are started by others."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from tiendo.intake.tasks import watch_readings
from tiendo.reporting.tasks import ask_for_schedule


class Command(BaseCommand):
    help = "Giao cho tiến trình công việc nền (db_worker) mở kỳ báo cáo và nhắc hạn; đặt chạy mỗi phút bằng cron."

    def handle(self, *args: Any, **options: Any) -> None:
        ask_for_schedule()
        watch_readings(at=timezone.now())
