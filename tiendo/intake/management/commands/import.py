"""`tiendo import FILE`: a document into the house from the command line, as far as the reader is sure of it.

Exit status: 0 done; 2 the file cannot be read or is refused; 3 something is left for a person. Progress goes to
standard error, the result (sentences, or JSON with --json) to standard output.
"""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tiendo.accounts.models import Role, User
from tiendo.intake.actions import accept_import, decide_sure, start_import
from tiendo.intake.finding import READABLE, Purpose, find
from tiendo.intake.management.given_file import bytes_of
from tiendo.intake.management.progress_line import ProgressLine
from tiendo.intake.models import Import, Proposal
from tiendo.intake.proposing import Proposed
from tiendo.intake.queries import PENDING, find_import_of, offer_of, rest_of, shaped_away
from tiendo.intake.reading import Unreadable
from tiendo.intake.telling import Result, Told, counted, sentences, title_of, told
from tiendo.orgs.models import Unit
from tiendo.plans.files import RefusedFile, hash_of, inspect_file
from tiendo.plans.models import Annex, Plan
from tiendo.ui.saying import said

UNREADABLE, LEFT = 2, 3
DECIDED = tuple(kind for kind in Proposal.Kind.values if kind != Proposal.Kind.DOCUMENT)


class Command(BaseCommand):
    help = gettext_noop(
        "Nhập một văn bản: kế hoạch mới, phụ lục, hoặc bản thay đổi của kế hoạch đã có. "
        "Mã thoát: 0 xong, 2 không đọc được, 3 còn việc cần người xem."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=_("Tệp: %s.") % ", ".join(sorted(READABLE)))
        parser.add_argument("--plan", metavar="CODE", help=_("Mã kế hoạch: đã có, hoặc mã của kế hoạch mới."))
        parser.add_argument("--annex", metavar="LABEL", help=_("Phụ lục của kế hoạch, ví dụ “Phụ lục II”."))
        parser.add_argument("--title", help=_("Tên kế hoạch mới; mặc định là trích yếu của văn bản."))
        parser.add_argument("--owner", metavar="CODE", help=_("Mã cơ quan ban hành kế hoạch mới."))
        parser.add_argument("--from", dest="start", type=date.fromisoformat, help=_("Có hiệu lực từ ngày (NĂM-TH-NG)."))
        parser.add_argument("--basis", default="", help=_("Căn cứ của thay đổi, khi tệp là bảng tính của kế hoạch."))
        parser.add_argument("--by", metavar="USERNAME", help=_("Người nhập; mặc định là cơ quan đầu mối duy nhất."))
        parser.add_argument("--json", action="store_true", help=_("In kết quả dạng JSON."))
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--dry-run", action="store_true", help=_("Chỉ xem sẽ có gì; không ghi gì."))
        ways.add_argument(
            "--accept-sure", action="store_true", help=_("Chấp nhận những gì chắc chắn, bỏ lại phần kia.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            data = bytes_of(path)
            result = self._result(data, path.name, options)
        except (Unreadable, RefusedFile) as refusal:
            self.stderr.write(said(refusal))
            sys.exit(UNREADABLE)
        except (PermissionDenied, ValidationError) as refusal:
            raise CommandError(str(refusal) if isinstance(refusal, PermissionDenied) else refusal.messages[0]) from None
        text = json.dumps(result.as_json(), ensure_ascii=False, indent=2) if options["json"] else None
        self.stdout.write(text or "\n".join(sentences(result)))
        if result.left:
            sys.exit(LEFT)

    def _result(self, data: bytes, name: str, options: dict[str, Any]) -> Result:
        plan, annex = _target(options)
        known = find_import_of(hash_of(data))
        if known and not (options["accept_sure"] and known.status == Import.Status.PROPOSED):
            return _known(known, name)
        with ProgressLine(sys.stderr, name) as progress:
            if options["dry_run"]:
                return _tried(data, name, Purpose.of(annex=annex, plan=plan), progress)
            by = _person(options["by"])
            if options["accept_sure"]:
                _require_names(plan, options)
            source, _new = (
                (known, False)
                if known
                else start_import(
                    data=data, name=name, by=by, at=timezone.now(), annex=annex, plan=plan, progress=progress
                )
            )
        return _accepted(source, plan, by, options) if options["accept_sure"] else _proposed(source)


def _target(options: dict[str, Any]) -> tuple[Plan | None, Annex | None]:
    """The plan and the annex the file is for, as far as they exist."""
    code, label = options["plan"], options["annex"]
    plan = Plan.objects.filter(code__iexact=code).first() if code else None
    if label is None:
        return plan, None
    if plan is None:
        raise CommandError(_no_plan(code))
    annex = Annex.objects.filter(plan=plan, label=label).select_related("plan").first()
    if annex is None:
        have = ", ".join(plan.annexes.values_list("label", flat=True)) or "–"
        words = _("Kế hoạch %(plan)s không có “%(label)s”; các phụ lục: %(have)s.")
        raise CommandError(words % {"plan": plan.code, "label": label, "have": have})
    return plan, annex


def _no_plan(code: str | None) -> str:
    """Why an annex has no place: no plan was given, or none is called so."""
    if not code:
        return _("Hãy cho biết kế hoạch của phụ lục bằng --plan.")
    have = ", ".join(Plan.objects.order_by("code").values_list("code", flat=True)) or "–"
    return _("Không có kế hoạch mang mã “%(code)s”; các kế hoạch đang có: %(have)s.") % {"code": code, "have": have}


def _person(username: str | None) -> User:
    if username:
        person = User.objects.filter(username=username, is_active=True).first()
        if person is None:
            raise CommandError(_("Không có người dùng “%(name)s”.") % {"name": username})
        return person
    holders = User.objects.filter(posts__role=Role.COORDINATOR, posts__valid_to=None, is_active=True).distinct()[:2]
    if len(holders) != 1:
        raise CommandError(_("Hãy cho biết ai nhập bằng --by."))
    return holders[0]


def _require_names(plan: Plan | None, options: dict[str, Any]) -> None:
    if plan is None and not (options["plan"] and options["owner"]):
        raise CommandError(_("Kế hoạch mới cần --plan (mã) và --owner (cơ quan ban hành)."))
    if options["owner"] and not Unit.objects.filter(code=options["owner"]).exists():
        raise CommandError(_("Không có đơn vị mang mã “%(code)s”.") % {"code": options["owner"]})


def _tried(data: bytes, name: str, purpose: Purpose, progress: ProgressLine) -> Result:
    """What would come of it; the database is only read."""
    inspect_file(data, name, allowed=READABLE)
    found = find(data, name, purpose, progress)
    all_told = [_short(each) for each in found.proposals if each.kind != Proposal.Kind.DOCUMENT]
    return Result(
        file=name,
        sha256=hash_of(data),
        act="dry-run",
        form=found.form,
        plan=purpose.plan.code if purpose.plan else None,
        base=purpose.base.number if purpose.base else None,
        counts=counted(all_told),
        differences=[each for each in all_told if each.change not in ("", "same")],
        left=[each for each in all_told if not each.sure and each.change != "same"],
        notes=_notes(found.reading),
    )


def _known(source: Import, name: str) -> Result:
    """The file came in before: nothing changes, and what nobody decided of it then is named."""
    left = [told(offer_of(row), sure=row.sure) for row in rest_of(source) if row.decision == PENDING]
    plan = source.plan.code if source.plan else None
    return Result(name, source.file.sha256, "known", number=source.pk, plan=plan, left=left)


def _proposed(source: Import) -> Result:
    rows = _rows(source)
    return _of(source, "proposed", rows, left=[each for each in rows if each.change != "same"])


def _accepted(source: Import, plan: Plan | None, by: User, options: dict[str, Any]) -> Result:
    """Take what is sure; everything else stays open for a person, and is named."""
    at = timezone.now()
    for kind in DECIDED:
        decide_sure(source=source, kind=kind, by=by, at=at)
    rows = _rows(source)
    left = [each for each in rows if not each.sure and each.change != "same"]
    if source.base and not any(each.sure and each.change in ("added", "changed") for each in rows):
        return _of(source, "proposed", rows, left=left)  # nothing sure to take: no version without a change
    new = {} if plan else _new_plan(source, options)
    accept_import(
        source=source,
        take_pending=False,
        leave_open=True,
        by=by,
        at=at,
        in_force_from=options["start"],
        basis=options["basis"],
        **new,
    )
    source.refresh_from_db()
    return _of(source, "accepted", rows, left=left)


def _new_plan(source: Import, options: dict[str, Any]) -> dict[str, Any]:
    facts = source.proposals.get(kind=Proposal.Kind.DOCUMENT).value
    title = options["title"] or facts.get("title")
    if not title:
        raise CommandError(_("Văn bản không ghi trích yếu; hãy cho biết tên kế hoạch bằng --title."))
    return {"code": options["plan"], "title": title, "owner": Unit.objects.get(code=options["owner"])}


def _of(source: Import, act: str, rows: list[Told], *, left: list[Told]) -> Result:
    return Result(
        file=source.file_name,
        sha256=source.file.sha256,
        act=act,
        form=source.form,
        plan=source.plan.code if source.plan else None,
        base=source.base.number if source.base else None,
        number=source.pk,
        version=source.version.number if source.version else None,
        counts=counted(rows),
        differences=[each for each in rows if each.change not in ("", "same")],
        left=left,
        notes=_notes(source.reading or {}),
    )


def _rows(source: Import) -> list[Told]:
    away = shaped_away(source)
    rows = source.proposals.exclude(kind=Proposal.Kind.DOCUMENT)
    return [told(offer_of(row), sure=row.sure) for row in rows if (row.kind, row.key) not in away]


def _short(each: Proposed) -> Told:
    return Told(each.kind, each.key, each.change, title_of(each.kind, each.printed), each.sure, each.current_ref)


def _notes(reading: dict[str, Any]) -> list[str]:
    """What to look at, with where: "PL-II#7: Nhiệm vụ chưa ghi thời hạn; …"."""
    notes = [note for note in reading.get("notes", ()) if note["severity"] != "info"]
    return [note["message"] if note["where"] == "document" else f"{note['where']}: {note['message']}" for note in notes]
