"""One visit of the editor: the typed values are kept, merged with those of a colleague, or said to be refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.plans.models import Task
from tiendo.reporting import actions
from tiendo.reporting.elsewhere import fills_of
from tiendo.reporting.merging import changed, merge
from tiendo.reporting.models import Duty, Entry
from tiendo.reporting.permissions import can_draft_entry
from tiendo.reporting.queries import latest_accepted, values_of
from tiendo.reporting.rules import Values
from tiendo.reporting.workflow import IllegalMove
from tiendo.ui.saying import said
from tiendo.ui.typed import whole_number
from tiendo.web.reporting.editing import (
    Choice,
    Place,
    Start,
    choices_of,
    hints_of,
    needs_evidence,
    rows_of,
    sealed,
    start_of,
    unsealed,
)
from tiendo.web.reporting.entry_forms import EntryForm, EvidenceForm
from tiendo.web.reporting.pages import ReportLine, report_line
from tiendo.web.requests import SignedInRequest


@dataclass(frozen=True)
class Kept:
    """What became of a save. `taken` are fields in which a colleague's newer value was kept."""

    entry: Entry | None = None
    taken: Sequence[str] = ()
    refused: str = ""
    theirs: Entry | None = None
    clashes: Sequence[str] = ()


def keep(request: SignedInRequest, duty: Duty, task: Task, form: EntryForm) -> Kept:
    """Save the fields that can be read; a field for which theirs was chosen gets theirs."""
    base = unsealed(request.POST.get("base", ""))
    values, fields = typed_of(request, form, base)
    given: dict[str, Any] = {"values": values, "fields": fields, "base": base, "revision": version_of(request)}
    try:
        entry = actions.save_draft(duty=duty, task=task, by=request.user, at=timezone.now(), **given)
    except actions.Conflict as conflict:
        theirs = conflict.entry
        merged = merge(base=base, mine=values, theirs=values_of(theirs)) if base else None
        differ = merged.clashes if merged else changed(values, values_of(theirs))
        clashes = [name for name in differ if name in fields]
        return Kept(refused=str(conflict), theirs=theirs, clashes=clashes, taken=merged.taken if merged else ())
    except ValidationError as error:
        return Kept(refused=" ".join(error.messages))
    except (IllegalMove, PermissionDenied) as error:
        return Kept(refused=said(error))
    moved = changed(values, values_of(entry))
    return Kept(entry, [name for name in moved if name in fields])


def typed_of(request: SignedInRequest, form: EntryForm, base: Values | None) -> tuple[Values, list[str]]:
    """The values as they are meant, and which fields were given; the others are as the page was opened."""
    chosen = {
        name: getattr(base, name)
        for name in form.fields
        if base is not None and request.POST.get(f"choose-{name}") == "theirs"
    }
    typed = form.values()
    given: dict[str, Any] = {name: getattr(typed, name) for name in form.given}
    return replace(base or Values(), **given | chosen), sorted({*form.given, *chosen})


def version_of(request: SignedInRequest) -> int:
    return whole_number(request.POST.get("version", "")) or 0


def form_of(duty: Duty, **given: Any) -> EntryForm:
    return EntryForm(asks_estimate=duty.period.asks_estimate, **given)


def answer_of(request: SignedInRequest, duty: Duty, task: Task) -> JsonResponse:
    """The answer to an autosave: what was kept, what is wrong where, and in a conflict both sides of each field."""
    form = form_of(duty, data=request.POST, instance=Entry(duty=duty, task=task))
    kept = keep(request, duty, task, form)
    entry = kept.entry or kept.theirs
    if entry is None:
        return JsonResponse({"message": kept.refused}, status=409)
    stored = form_of(duty, instance=entry)
    answer: dict[str, Any] = {
        "version": entry.revision,
        "hold": {"base": sealed(values_of(entry))},
        "fields": {name: list(texts) for name, texts in form.errors.items()},
        "taken": {name: stored.text_of(name) for name in kept.taken if name in stored.fields},
    }
    if kept.theirs is not None:
        choices = choices_of(form, stored, kept.clashes)
        answer["theirs"] = {choice.name: stored.text_of(choice.name) for choice in choices}
        answer["mine"] = {choice.name: form.text_of(choice.name) for choice in choices}
        answer["panel"] = render_to_string("web/reporting/_theirs.html", {"theirs": entry, "choices": choices})
        return JsonResponse(answer | {"message": kept.refused}, status=409)
    return JsonResponse(answer | {"hints": stored_hints(entry), "message": taken_words(stored, kept.taken)})


def stored_hints(entry: Entry) -> dict[str, list[str]]:
    """What to say beside the fields of an entry just saved; evidence is counted only where it matters."""
    values, period = values_of(entry), entry.duty.period
    last = latest_accepted(Task.objects.filter(pk=entry.task_id), before=period).get(entry.task_id)
    evidence = entry.evidence.filter(removed_at=None).count() if needs_evidence(values) else 0
    return hints_of(entry.task, period, values, last, evidence=evidence, on=timezone.localdate())


def taken_words(form: EntryForm, taken: Sequence[str]) -> str:
    """Says which fields a colleague has moved meanwhile; empty when none."""
    labels = ", ".join(str(form[name].label) for name in taken if name in form.fields)
    return _("Đồng nghiệp vừa sửa: %(fields)s. Đã ghép vào bản của bạn.") % {"fields": labels} if labels else ""


class Desk:
    """The page as one person has it before them, for one request."""

    def __init__(self, request: SignedInRequest, duty: Duty, place: Place) -> None:
        self.request, self.duty, self.place, self.task = request, duty, place, place.task
        self.kept: Kept | None = None
        self.form = self._opened() if request.method == "GET" else self._typed(request.POST)

    @cached_property
    def line(self) -> ReportLine:
        return report_line(self.duty, self.task, on=timezone.localdate())

    @cached_property
    def start(self) -> Start:
        return start_of(self.duty, self.task, self.line.before)

    @property
    def success(self) -> str:
        moved = taken_words(self.form, self.kept.taken) if self.kept else ""
        saved = _("Đã lưu nội dung báo cáo.")
        return f"{saved} {moved}".strip()

    def keep(self) -> bool:
        """Whether all of it was kept, so that the page may be left."""
        self.kept = keep(self.request, self.duty, self.task, self.form)
        if self.kept.entry is not None and not self.form.errors:
            return True
        if self.kept.taken:
            self._take(self.kept)
        if self.kept.refused:
            self.form.add_error(None, self.kept.refused)
        return False

    def page(self) -> HttpResponse:
        """The editor; after a conflict it holds both versions of each field, and saving once more settles it."""
        line, duty = self.line, self.duty
        decision = can_draft_entry(self.request.user, duty, self.task, at=timezone.now())
        known = self._hints()
        rows, money = rows_of(self.form, line.before, known)
        context = {
            "duty": duty,
            "task": self.task,
            "place": self.place,
            "line": line,
            "form": self.form,
            "rows": rows,
            "money": money,
            "has_money": any(row.bound.value() not in (None, "") or row.last is not None for row in money),
            "hints": known,
            "evidence_form": EvidenceForm(),
            "evidence_limit": settings.TIENDO_MAX_UPLOAD_BYTES,
            "version": self._version(),
            "base": sealed(self._base()),
            "theirs": self.kept.theirs if self.kept else None,
            "is_partly_kept": self.kept is not None and self.kept.entry is not None,
            "choices": self._choices(),
            "start": None if line.shown else self.start,
            "fills": fills_of(line.entry) if line.shown and line.entry else (),
            "decision": decision,
            "can_draft": decision and line.is_writable,
        }
        return render(self.request, "web/reporting/entry_edit.html", context)

    def _opened(self) -> EntryForm:
        entry = self.line.entry
        if entry is not None and entry.revision:
            return form_of(self.duty, instance=entry)
        return form_of(self.duty, instance=entry, initial=vars(self.start.values))

    def _typed(self, data: Any) -> EntryForm:
        return form_of(self.duty, data=data, instance=Entry(duty=self.duty, task=self.task))

    def _take(self, kept: Kept) -> None:
        """Show a colleague's newer values where this person had changed nothing."""
        entry = kept.theirs or kept.entry
        stored = form_of(self.duty, instance=entry)
        data = self.request.POST.copy()
        for name in kept.taken:
            if name in stored.fields:
                data[name] = stored.text_of(name)
        self.form = self._typed(data)

    def _version(self) -> int:
        if self.kept is not None and not (self.kept.entry or self.kept.theirs):
            return version_of(self.request)
        return self.line.entry.revision if self.line.entry else 0

    def _base(self) -> Values:
        """What this page begins from: what is stored, or what it was filled with."""
        if self.kept is not None and not (self.kept.entry or self.kept.theirs):
            return unsealed(self.request.POST.get("base", "")) or Values()
        entry = self.line.entry
        return values_of(entry) if entry is not None and entry.revision else self.start.values

    def _choices(self) -> list[Choice]:
        if self.kept is None or self.kept.theirs is None:
            return []
        return choices_of(self.form, form_of(self.duty, instance=self.kept.theirs), self.kept.clashes)

    def _hints(self) -> dict[str, list[str]]:
        """Nothing is said of a page on which nobody has written yet."""
        if self.line.shown is None or not self.line.is_writable:
            return {}
        given: dict[str, Any] = {"evidence": len(self.line.evidence), "on": timezone.localdate()}
        return hints_of(self.task, self.duty.period, values_of(self.line.shown), self.line.before, **given)
