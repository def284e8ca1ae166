"""`tiendo import_boundaries FILE --source …`: where the units lie, for maps, out of a GeoJSON file."""

import getpass
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.orgs.actions import import_boundaries
from tiendo.orgs.boundaries import MOST_BYTES, BadBoundaries, Matching, matched, read_boundaries
from tiendo.orgs.queries import units_on_maps
from tiendo.ui.saying import said


class Command(BaseCommand):
    """Take all boundaries that belong to known units; a file that cannot be read changes nothing."""

    help = gettext_noop("Nhập ranh giới hành chính của các đơn vị từ tệp GeoJSON, để vẽ bản đồ.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=_("tệp GeoJSON, kinh độ và vĩ độ WGS 84"))
        parser.add_argument("--source", required=True, help=_("nguồn ranh giới, ghi dưới bản đồ"))
        parser.add_argument("--match", choices=["code", "name"], default="code", help=_("ghép theo mã hay theo tên"))
        parser.add_argument("--by", default="", help=_("tên người nhập, ghi vào nhật ký; mặc định là tài khoản máy"))
        parser.add_argument("--dry-run", action="store_true", help=_("chỉ đọc và báo, không ghi"))

    def handle(self, *args: Any, **options: Any) -> None:
        source = options["source"].strip()
        if not source:
            raise CommandError(_("Hãy ghi nguồn ranh giới."))
        found = self._read(options["file"])
        matching = matched(found, units_on_maps(), by_name=options["match"] == "name")
        self._tell(matching)
        if options["dry_run"]:
            self.stdout.write(_("Chưa ghi gì (chạy thử)."))
            return
        if not matching.geometries:
            raise CommandError(_("Không ghép được ranh giới nào với đơn vị; chưa ghi gì."))
        by = options["by"] or f"cmd:{getpass.getuser()}"
        count = import_boundaries(geometries=matching.geometries, source=source, by=by, at=timezone.now())
        self.stdout.write(_("Đã nhập ranh giới của %(count)d đơn vị.") % {"count": count})

    def _read(self, path: Path) -> Any:
        try:
            with path.open("rb") as file:
                return read_boundaries(file.read(MOST_BYTES + 1))
        except OSError as error:
            raise CommandError(_("Không mở được tệp %(path)s.") % {"path": path}) from error
        except BadBoundaries as bad:
            raise CommandError(said(bad)) from bad

    def _tell(self, matching: Matching) -> None:
        self.stdout.write(_("Ghép được %(count)d ranh giới.") % {"count": len(matching.geometries)})
        for words, each in (
            (_("Không có đơn vị nào khớp: đối tượng %(place)d, mã %(code)s, tên %(name)s."), matching.unknown),
            (
                _("Đơn vị đã có ranh giới trong cùng tệp: đối tượng %(place)d, mã %(code)s, tên %(name)s."),
                matching.twice,
            ),
        ):
            for one in each:
                name = one.names[0] if one.names else "–"
                self.stdout.write(words % {"place": one.place, "code": one.code or "–", "name": name})
        if matching.without:
            self.stdout.write(_("Chưa có ranh giới: %(codes)s.") % {"codes": ", ".join(matching.without)})
