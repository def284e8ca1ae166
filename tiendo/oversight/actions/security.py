"""The lead unit answers the security checklist of its IT project (R049)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.oversight.actions.register_papers import Paper, keep_paper
from tiendo.oversight.models import SecurityCheck
from tiendo.oversight.register_rules import can_answer_security
from tiendo.oversight.security import IT_PROJECT, check_items
from tiendo.plans.actions.tasks import lock_task
from tiendo.plans.models import Task
from tiendo.plans.tags import tagged


@dataclass(frozen=True)
class CheckAnswer:
    """What is said on one point, with its note and, where there is one, the file that shows it."""

    answer: str
    note: str = ""
    paper: Paper | None = None


def answer_security(*, task: Task, answers: Mapping[str, CheckAnswer], by: User, at: datetime) -> list[SecurityCheck]:
    """Write the answers that differ from those standing; earlier ones are kept behind them.

    Raises ValueError for a point that is not in the list or another answer, RefusedFile for a bad file.
    """
    require(can_answer_security(by, task))
    if unknown := set(answers) - {item.code for item in check_items()}:
        raise ValueError(f"not in the security list: {sorted(unknown)}")
    _require_whole(answers)
    with transaction.atomic():
        task = lock_task(task)
        require(can_answer_security(by, task))
        if not tagged(Task.objects.filter(pk=task.pk), IT_PROJECT).exists():
            require(no(_("Nhiệm vụ này chưa được gắn nhãn dự án công nghệ thông tin.")))
        standing = {row.item: row for row in SecurityCheck.objects.filter(task=task, replaced_at=None)}
        made = [
            _write(task, item, answer, standing.get(item), by, at)
            for item, answer in answers.items()
            if _differs(answer, standing.get(item))
        ]
        if made:
            detail = {"answers": {row.item: row.answer for row in made}}
            record(
                act="oversight.security_check.answer",
                subject=f"plans.task:{task.code}",
                actor=by.username,
                at=at,
                **detail,
            )
    return made


def _require_whole(answers: Mapping[str, CheckAnswer]) -> None:
    for each in answers.values():
        if SecurityCheck.Answer(each.answer) == SecurityCheck.Answer.NOT_NEEDED and not each.note.strip():
            require(no(_("Điểm “không áp dụng” phải ghi rõ vì sao.")))


def _differs(answer: CheckAnswer, standing: SecurityCheck | None) -> bool:
    if standing is None or answer.paper:
        return True
    return (standing.answer, standing.note) != (answer.answer, answer.note.strip())


def _write(
    task: Task, item: str, answer: CheckAnswer, standing: SecurityCheck | None, by: User, at: datetime
) -> SecurityCheck:
    """The next answer; the file handed in before stays with it until another one comes."""
    file = keep_paper(answer.paper, at=at) or (standing.file if standing else None)
    if standing:
        SecurityCheck.objects.filter(pk=standing.pk).update(replaced_at=at)
    return SecurityCheck.objects.create(
        task=task, item=item, answer=answer.answer, note=answer.note.strip(), file=file, answered_by=by, answered_at=at
    )
