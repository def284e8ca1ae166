"""The coordinator writes the words of the consolidated report, part by part; the figures in them stay tokens."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import require
from tiendo.audit.record import record
from tiendo.reporting.models import Period, ReportDraft
from tiendo.reporting.papers.template import LONGEST, PartKey
from tiendo.reporting.permissions import can_write_report
from tiendo.reporting.workflow import IllegalMove


class DraftConflict(Exception):
    """Somebody saved the part after this page was opened; `draft` holds what they saved, nothing was overwritten."""

    def __init__(self, draft: ReportDraft, by: User) -> None:
        if draft.saved_by_id == by.pk:
            said = _("Bạn vừa lưu phần này ở một trang khác. Hãy xem bản đó trước khi lưu tiếp.")
        else:
            said = _("%(name)s vừa lưu phần này. Hãy xem bản mới trước khi lưu tiếp.") % {"name": draft.saved_by}
        super().__init__(said)
        self.draft = draft


@transaction.atomic
def save_part(*, period: Period, part: PartKey, text: str, revision: int, by: User, at: datetime) -> ReportDraft:
    """Keep what is typed, even while it cannot be printed: that is said beside it and refuses the issuing.

    `revision` is what the page was opened with. Raises DraftConflict after another's save, IllegalMove when too long.
    """
    draft = _locked(period, part, by)
    if draft is not None and draft.revision != revision:
        raise DraftConflict(draft, by)
    if len(text) > LONGEST:
        raise IllegalMove(_("Phần này dài quá %(most)d chữ.") % {"most": LONGEST})
    return _write(draft, period, part, text.replace("\r\n", "\n"), by=by, at=at, is_own=True)


@transaction.atomic
def follow_template(*, period: Period, part: PartKey, revision: int, by: User, at: datetime) -> ReportDraft | None:
    """Let the part follow the template again; what was written is kept in the row, and not printed.

    Does nothing for a part never written. Raises DraftConflict after another's save.
    """
    draft = _locked(period, part, by)
    if draft is None or not draft.is_own:
        return draft
    if draft.revision != revision:
        raise DraftConflict(draft, by)
    return _write(draft, period, part, draft.text, by=by, at=at, is_own=False)


def _locked(period: Period, part: PartKey, by: User) -> ReportDraft | None:
    """The period is locked first, so that two first saves of a part take turns."""
    period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
    require(can_write_report(by, period))
    rows = ReportDraft.objects.select_for_update(of=("self",)).select_related("saved_by")
    return rows.filter(period=period, part=part.value).first()


def _write(
    draft: ReportDraft | None, period: Period, part: PartKey, text: str, *, by: User, at: datetime, is_own: bool
) -> ReportDraft:
    draft = draft or ReportDraft(period=period, part=part.value)
    draft.text, draft.is_own, draft.revision = text, is_own, draft.revision + 1
    draft.saved_by, draft.saved_at = by, at
    draft.save()
    record(
        act="reporting.report.write" if is_own else "reporting.report.follow_template",
        subject=f"reporting.period:{period.pk}",
        actor=by.username,
        at=at,
        part=part.value,
        revision=draft.revision,
        letters=len(text),
    )
    return draft
