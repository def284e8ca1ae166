"""What one person does in a few minutes, through the pages; each deed is written down in the chronicle."""

import random
from dataclasses import replace
from datetime import date, timedelta

from django.urls import reverse

from tests.year.chronicle import Said, Word
from tests.year.people import Person, Refused
from tiendo.reporting.models import Duty, Entry, Part

MILLION = 1_000_000


def new_word(chance: random.Random, before: Word | None, code: str, period: int, today: date) -> Said:
    """What there is to say of a task: it moves on, is done, or stands still."""
    percent = before.said.percent if before else 0
    result = f"Đã làm bước {chance.randrange(10**6)} của {code} trong kỳ {period}."
    money = chance.randrange(1, 900) * MILLION if chance.random() < 0.4 else None
    fate = chance.random()
    if fate < 0.25:
        done = today - timedelta(days=chance.randrange(1, 20))
        document = f"{chance.randrange(1, 400)}/BC-{code}"
        return Said("completed", 100, result, completed_on=done, money_used=money, document=document)
    if fate < 0.35:
        words = f"Vướng mặt bằng ở {code}, kỳ {period}."
        return Said("paused", percent, result, difficulty=words, money_used=money)
    step = min(90, percent + chance.randrange(5, 30))
    return Said("in_progress", step, result, money_used=money)


def write(officer: Person, duty: Duty, code: str, said: Said, *, by_page: bool = False) -> None:
    """Report on one task: a paper is named first when it is done, then the words are saved as they are typed, or by
    the button of the page."""
    if said.document:
        paper = {"document_number": said.document, "document_date": f"{said.completed_on:%Y-%m-%d}"}
        officer.post(reverse("reporting:evidence-add", args=[duty.pk, code]), paper)
    typed = {
        "state": said.state,
        "percent": str(said.percent),
        "result": said.result,
        "completed_on": f"{said.completed_on:%Y-%m-%d}" if said.completed_on else "",
        "difficulty": said.difficulty,
        "money_used": "" if said.money_used is None else str(said.money_used),
    }
    if by_page:
        officer.open(reverse("reporting:entry-edit", args=[duty.pk, code])).send(None, **typed)
    else:
        known = Entry.objects.filter(duty=duty, task__code=code).values_list("revision", flat=True).first()
        officer.post(reverse("reporting:entry-autosave", args=[duty.pk, code]), typed | {"version": known or 0})
    entry = Entry.objects.get(duty=duty, task__code=code)
    assert (entry.state, entry.result) == (said.state, said.result), (code, entry.state, entry.result)


def forward(officer: Person, duty: Duty) -> None:
    """Lay the report before whoever signs next."""
    page = officer.open(reverse("reporting:duty-detail", args=[duty.pk]))
    page.send(reverse("reporting:duty-forward", args=[duty.pk]))


def send(signer: Person, duty: Duty) -> None:
    """Open the report, and approve and send what is seen."""
    page = signer.open(reverse("reporting:duty-detail", args=[duty.pk]))
    page.send(reverse("reporting:duty-send", args=[duty.pk]))
    duty.refresh_from_db()
    if duty.status != "submitted":
        raise Refused(f"{signer.user}: {duty} was not sent")


def send_nothing(signer: Person, duty: Duty) -> None:
    page = signer.open(reverse("reporting:duty-detail", args=[duty.pk]))
    page.send(reverse("reporting:duty-nothing-new", args=[duty.pk]))


def give_back(coordinator: Person, duty: Duty, code: str) -> None:
    """Return one task with a reason."""
    entry = Entry.objects.get(duty=duty, task__code=code)
    page = coordinator.open(reverse("reporting:duty-detail", args=[duty.pk]))
    page.send(reverse("reporting:entry-return", args=[entry.pk]), reason="Chưa rõ kết quả ở từng xã.")
    entry.refresh_from_db()
    assert entry.status == "returned"


def accept(coordinator: Person, duty: Duty) -> set[str]:
    """Accept all that waits; the codes of the tasks that were."""
    waiting = set(duty.entries.filter(status="submitted").values_list("task__code", flat=True))
    page = coordinator.open(reverse("reporting:duty-detail", args=[duty.pk]))
    page.send(reverse("reporting:duty-accept", args=[duty.pk]))
    return waiting & set(duty.entries.filter(status="accepted").values_list("task__code", flat=True))


def dispute(person: Person, part: Part) -> str:
    """Say why the unit does not agree; the words."""
    words = "Phần việc của chúng tôi chưa xong."
    _answer(person, part, act="dispute", text=words)
    part.refresh_from_db()
    assert part.state == "disputed"
    return words


def confirm(person: Person, part: Part) -> None:
    _answer(person, part, act="confirm")
    part.refresh_from_db()
    assert part.state == "confirmed"


def _answer(person: Person, part: Part, **typed: str) -> None:
    person.open(reverse("reporting:part-list")).send(reverse("reporting:part-answer", args=[part.pk]), **typed)


def settle(coordinator: Person, duty: Duty, part: Part) -> None:
    page = coordinator.open(reverse("reporting:duty-detail", args=[duty.pk]))
    page.send(reverse("reporting:part-settle", args=[part.pk]), reason="Đã kiểm tra tại chỗ: công việc đã xong.")
    part.refresh_from_db()
    assert part.state == "settled"


def corrected(said: Said) -> Said:
    """The same task, seen rightly: a little less was done."""
    return replace(said, percent=max(1, said.percent - 3), result=said.result + " Đính chính: ít hơn hai xã.")


def try_to_write(officer: Person, duty: Duty, codes: set[str]) -> list[str]:
    """All other tasks of the closed report stay locked: nothing offers to change them. What was refused."""
    refused = []
    for code in sorted(codes):
        known = Entry.objects.filter(duty=duty, task__code=code).values_list("revision", flat=True).first()
        address = reverse("reporting:entry-autosave", args=[duty.pk, code])
        answer = officer.client.post(address, {"version": known or 0, "state": "in_progress", "result": "Lén sửa."})
        assert answer.status_code in (403, 404, 409), (code, answer.status_code)
        assert not Entry.objects.filter(duty=duty, task__code=code, result="Lén sửa.").exists()
        refused.append(f"{code} stayed locked")
    return refused
