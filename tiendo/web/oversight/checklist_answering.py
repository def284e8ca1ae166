"""Answers to the lines of a checklist; over what a colleague wrote meanwhile nothing is written unseen (R008)."""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tiendo.oversight.actions.finding import Overtaken, answer_checklist
from tiendo.oversight.inspection_workflow import IllegalMove
from tiendo.oversight.models import CheckPoint, Inspection
from tiendo.ui.saying import said
from tiendo.web.oversight.inspection_acting import find_inspection
from tiendo.web.oversight.inspection_page import page_of
from tiendo.web.requests import SignedInRequest

NUMBER = re.compile(r"[0-9]{1,18}")
PARTS = ("answer", "note", "seen")
Typed = Mapping[int, dict[str, str]]


@require_POST
def checklist_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answers of the lines that got one; refused, the page shows what was typed, beside what stands."""
    inspection, typed = find_inspection(request, pk), _typed(request.POST)
    given: dict[str, Any] = {
        "inspection": inspection,
        "answers": {key: (line["answer"], line["note"]) for key, line in typed.items() if line["answer"]},
        "seen": {key: line["seen"] for key, line in typed.items() if line["seen"]},
    }
    try:
        if any(line["note"].strip() and not line["answer"] for line in typed.values()):
            raise IllegalMove(_("Mục có ghi chú phải chọn trả lời."))
        answer_checklist(by=request.user, at=timezone.now(), **given)
    except IllegalMove as error:
        return _again(request, inspection, typed, error)
    messages.success(request, _("Đã ghi danh mục kiểm tra."))
    return redirect("oversight:inspection-detail", pk)


def _typed(posted: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """Line id → what its fields brought. Raises Http404 for an answer there is none of."""
    keys = {name.partition("-")[2] for name in posted if name.startswith(("answer-", "note-"))}
    typed = {
        int(key): {part: posted.get(f"{part}-{key}", "") for part in PARTS} for key in keys if NUMBER.fullmatch(key)
    }
    if any(line["answer"] not in ("", *CheckPoint.Answer.values) for line in typed.values()):
        raise Http404
    return typed


def _again(request: SignedInRequest, inspection: Inspection, typed: Typed, error: IllegalMove) -> HttpResponse:
    """The page of the inspection with the answers as they were typed; a line somebody overtook shows both."""
    page = page_of(inspection, request.user)
    over = error.lines if isinstance(error, Overtaken) else frozenset()
    known = {point.pk for point in page["points"]}
    gone = [_said_of(line) for key, line in typed.items() if key not in known and line["answer"]]
    read = {key: line | {"seen": ""} if key in over else line for key, line in typed.items()}
    page |= {"typed": read, "over": over, "gone": gone, "refused": said(error)}
    return render(request, "web/oversight/inspection_detail.html", page, status=409 if over else 422)


def _said_of(line: Mapping[str, str]) -> str:
    words = str(CheckPoint.Answer(line["answer"]).label)
    return f"{words}: {line['note']}" if line["note"] else words
