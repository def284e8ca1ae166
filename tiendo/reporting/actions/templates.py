"""The province replaces the template of the consolidated report, goes back to an older one, or to the one shipped."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.reporting.models import ReportTemplate
from tiendo.reporting.papers.numbers import loose_numbers
from tiendo.reporting.papers.paper import read_template
from tiendo.reporting.papers.template import BadTemplate, Problem
from tiendo.reporting.permissions import can_keep_templates
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.sentences import Sentence


@transaction.atomic
def upload_template(*, text: str, note: str, by: User, at: datetime) -> ReportTemplate:
    """Put a template in force as the next version; the one before is kept. An older version comes back by its text.

    Raises BadTemplate, with a sentence for each line that is wrong; IllegalMove when another came at the same time.
    """
    require(can_keep_templates(by))
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    _require_readable(text)
    current = list(ReportTemplate.objects.select_for_update().order_by("pk"))
    _retire([row for row in current if row.retired_at is None], by=by, at=at)
    number = (ReportTemplate.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    row = ReportTemplate(number=number, text=text, note=note.strip(), uploaded_by=by, uploaded_at=at)
    _put_in_force(row)
    record(
        act="reporting.template.upload",
        subject=f"reporting.template:{row.pk}",
        actor=by.username,
        at=at,
        number=number,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    return row


@transaction.atomic
def retire_template(*, by: User, at: datetime) -> ReportTemplate:
    """Go back to the template shipped with the program. Raises IllegalMove when it is in force already."""
    require(can_keep_templates(by))
    current = list(ReportTemplate.objects.select_for_update().filter(retired_at=None).order_by("pk"))
    if not current:
        raise IllegalMove(_("Mẫu đi kèm hệ thống đang được dùng."))
    _retire(current, by=by, at=at)
    record(
        act="reporting.template.retire",
        subject=f"reporting.template:{current[-1].pk}",
        actor=by.username,
        at=at,
        number=current[-1].number,
    )
    return current[-1]


def _put_in_force(row: ReportTemplate) -> None:
    """Of several uploaded at once, the database takes one."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise IllegalMove(_("Có người vừa tải lên một mẫu khác; hãy xem mẫu ấy rồi tải lại nếu cần.")) from error


def _retire(rows: list[ReportTemplate], *, by: User, at: datetime) -> None:
    for row in rows:
        row.retired_at, row.retired_by = at, by
        row.save(update_fields=["retired_at", "retired_by"])


def _require_readable(text: str) -> None:
    template = read_template(text)
    words = _(
        "Phần “{part}”: số {number} gõ tay, không gắn với số liệu nào; hãy dùng mã số liệu hoặc ghi là trích dẫn."
    )
    loose = [
        Problem(number.line, Sentence.of(words, part=part.title, number=number.number))
        for part in template.parts
        for number in loose_numbers(part.lines)
    ]
    if loose:
        raise BadTemplate(loose)
