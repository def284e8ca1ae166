"""`tiendo load_indicators CATALOGUE --by PERSON`: the indicators of a shipped catalogue, those not there yet."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import User
from tiendo.indicators.actions.taking import take_catalogue
from tiendo.indicators.catalogues import names


class Command(BaseCommand):
    """Taking a catalogue again adds what it has anew and changes nothing else."""

    help = gettext_noop("Lập các chỉ tiêu của một danh mục có sẵn; chạy lại không đổi những chỉ tiêu đã có.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("catalogue", choices=names(), metavar="CATALOGUE", help=", ".join(names()))
        parser.add_argument("--by", required=True, help=_("tên đăng nhập của người thuộc cơ quan đầu mối"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by = User.objects.get(username=options["by"])
            taken = take_catalogue(name=options["catalogue"], by=by, at=timezone.now())
        except User.DoesNotExist as error:
            raise CommandError(_("Không có tài khoản “%(name)s”.") % {"name": options["by"]}) from error
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        said = _("Đã lập %(new)d chỉ tiêu; %(same)d chỉ tiêu đã có từ trước.")
        self.stdout.write(said % {"new": taken.new, "same": taken.same})
