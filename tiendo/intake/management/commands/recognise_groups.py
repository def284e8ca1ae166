"""`tiendo recognise_groups`: "các sở, ban, ngành" of documents taken in before become groups with members by date."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import User
from tiendo.intake.actions.recognising import recognise_groups


class Command(BaseCommand):
    help = gettext_noop("Nhận ra nhóm đơn vị trong chữ in của các văn bản đã nhập; chữ in được giữ nguyên.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--by", metavar="USERNAME", required=True, help=_("Người của cơ quan đầu mối."))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = recognise_groups(by=User.objects.get(username=options["by"]), at=timezone.now())
        except User.DoesNotExist:
            raise CommandError(_("Không có người dùng “%(name)s”.") % {"name": options["by"]}) from None
        except PermissionDenied as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(_("Đã nhận ra nhóm đơn vị ở %(count)s phần việc được giao.") % {"count": found})
