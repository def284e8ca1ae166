"""Pages of inspections: what each reader meets, findings with and without scripts, constant query counts."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    NOON,
    World,
    make_criteria,
    make_cycle,
    make_duty,
    make_entry,
    make_indicator,
    make_observation,
    make_period,
    make_submission,
)
from tests.factories.evaluation import make_card
from tests.factories.inspecting import make_checkpoint, make_finding, make_inspection, make_programme
from tests.permissions.audits import photo
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.evaluation.actions.snapshots import freeze
from tiendo.evaluation.models import Snapshot
from tiendo.oversight.actions import finding as writing
from tiendo.oversight.inspection_workflow import State
from tiendo.oversight.models import CheckPoint, Finding, FindingFile, Inspection, InspectionProgramme
from tiendo.plans.models import Plan, Task

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def field(plan: Plan, task: Task, world: World) -> Inspection:
    """Under way at unit A: the inspector leads, Dũng is a member."""
    led = {"by": world.inspector, "leader": world.inspector, "members": (world.dung,)}
    return make_inspection(plan, world.unit_a, tasks=(task,), **led)  # type: ignore[arg-type]


def typed(**more: object) -> dict[str, object]:
    return {"draft_key": str(uuid4()), "weight": "shortcoming", "text": "Trạm chưa có thiết bị."} | more


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"oversight:{name}", args=args))
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def test_a_whole_inspection_through_the_pages(client_of: ClientOf, plan: Plan, task: Task, world: World) -> None:
    client = client_of(world.inspector)
    paper = SimpleUploadedFile("qd.pdf", b"%PDF-1.4\n%%EOF\n")
    given = {"plan": plan.pk, "year": 2026, "title": "Chương trình", "decision": "15/QĐ-TTr", "file": paper}
    client.post(reverse("oversight:programme-create"), given)
    programme = InspectionProgramme.objects.get()
    days = {"starts_on": "2026-01-05", "ends_on": "2026-01-09"}
    line = {"unit": world.unit_a.pk, "title": "Kiểm tra phủ sóng", "scope": "Kết quả", **days}
    client.post(reverse("oversight:programme-detail", args=[programme.pk]), line)
    made = Inspection.objects.get()
    at = {name: reverse(f"oversight:{name}", args=[made.pk]) for name in ("inspection-edit", "team-name")}
    client.post(at["inspection-edit"], {k: v for k, v in line.items() if k != "unit"} | {"tasks": [task.pk]})
    client.post(at["team-name"], {"user": world.inspector.pk, "is_leader": "on"})
    client.post(reverse("oversight:checklist-write", args=[made.pk]), {"lines": "- Có biên bản\n\nCó biên bản"})
    client.post(reverse("oversight:inspection-announce", args=[made.pk]), {"decision": "21/QĐ-TTr"})
    client.post(reverse("oversight:inspection-begin", args=[made.pk]))
    point = CheckPoint.objects.get()
    client.post(reverse("oversight:checklist-answer", args=[made.pk]), {f"answer-{point.pk}": "good"})
    client.post(reverse("oversight:finding-add", args=[made.pk]), typed(about=f"task:{task.pk}"))
    client.post(reverse("oversight:inspection-conclude", args=[made.pk]), {"number": "9/KL", "conclusion": "Thiếu."})
    asked = {"text": "Lắp thiết bị", "unit": world.unit_a.pk, "due_on": "2099-01-01"}
    client.post(
        reverse("oversight:inspection-recommend", args=[made.pk]), asked | {"finding": Finding.objects.get().pk}
    )
    made.refresh_from_db()
    assert (made.state, made.follow_ups.get().task, list(made.tasks.all())) == (State.CONCLUDED, task, [task])
    shown = page(client_of(world.binh), "inspection-detail", made.pk)
    assert all(words in shown for words in ("Trạm chưa có thiết bị.", "Lắp thiết bị", "9/KL", "Có biên bản"))
    assert client.get(reverse("oversight:programme-file", args=[programme.pk])).content.startswith(b"%PDF")


def test_a_refused_act_says_why_and_keeps_the_page(client_of: ClientOf, plan: Plan, world: World) -> None:
    made = make_inspection(plan, world.unit_a, by=world.inspector, state=State.PLANNED)
    answer = client_of(world.inspector).post(
        reverse("oversight:inspection-announce", args=[made.pk]), {"decision": "1/QĐ"}, follow=True
    )
    assert "Hãy cử trưởng đoàn" in answer.content.decode()
    made.refresh_from_db()
    assert made.state == State.PLANNED


def test_without_scripts_a_finding_and_its_photos_go_in_one_form(
    client_of: ClientOf, field: Inspection, task: Task, world: World
) -> None:
    files = [SimpleUploadedFile(f"anh-{number}.png", photo()) for number in (1, 2)]
    client_of(world.dung).post(reverse("oversight:finding-add", args=[field.pk]), typed(photos=files))
    assert (Finding.objects.get().recorded_by, FindingFile.objects.count()) == (world.dung, 2)


def test_a_wrong_file_keeps_what_was_typed(client_of: ClientOf, field: Inspection, world: World) -> None:
    bad = SimpleUploadedFile("anh.png", b"<html>")
    given = typed(photos=[bad])
    for _twice in range(2):
        bad.seek(0)
        answer = client_of(world.dung).post(reverse("oversight:finding-add", args=[field.pk]), given)
        assert answer.status_code == 422
        assert "Trạm chưa có thiết bị." in answer.content.decode()
    assert Finding.objects.count() == 1


def test_one_page_may_be_kept_by_a_browser_and_names_its_person(
    client_of: ClientOf, field: Inspection, world: World
) -> None:
    client = client_of(world.dung)
    where = reverse("oversight:finding-add", args=[field.pk])
    assert client.get(where)["Tiendo-Kept-For"] == str(world.dung.pk)
    for other in (reverse("oversight:inspection-list"), reverse("oversight:inspection-detail", args=[field.pk])):
        assert "Tiendo-Kept-For" not in client.get(other)
    worker = client.get(reverse("oversight:field-worker"))
    script = worker.content.decode()
    kept = re.search(r"PAGE = /(.+?)/, FILES", script)
    assert kept
    assert re.search(kept[1].replace(r"\/", "/"), where)
    assert (worker["Content-Type"], worker["Cache-Control"]) == ("text/javascript; charset=utf-8", "no-cache")
    assert "worker-src 'self'" in worker["Content-Security-Policy"]


def test_sent_twice_by_a_phone_it_is_one_finding_with_one_photo(
    client_of: ClientOf, field: Inspection, world: World
) -> None:
    client, given, key = client_of(world.dung), typed(seen_at="2026-06-30T02:03:04.500Z"), str(uuid4())
    for _twice in range(2):
        answer = client.post(reverse("oversight:finding-add", args=[field.pk]), given, **JSON).json()
        picture = {"draft_key": key, "file": SimpleUploadedFile("anh.png", photo())}
        assert client.post(answer["photos"], picture, **JSON).json() == {"files": 1}
    finding = Finding.objects.get()
    assert (finding.seen_at.isoformat(), finding.files.count()) == ("2026-06-30T02:03:04.500000+00:00", 1)


@pytest.mark.parametrize(
    ("person", "status"), [("inspector", 422), ("chi", 403), ("binh", 403), ("administrator", 404)]
)
def test_a_phone_is_told_in_words_why_not(
    client_of: ClientOf, field: Inspection, world: World, person: str, status: int
) -> None:
    Inspection.objects.update(state=State.CONCLUDED, conclusion="Đúng", concluded_at=NOON)
    address = reverse("oversight:finding-add", args=[field.pk])
    answer = client_of(getattr(world, person)).post(address, typed(), **JSON)
    assert answer.status_code == status
    if status != 404:
        assert answer.json()["message"]
    assert not Finding.objects.exists()


def test_signed_out_a_phone_is_led_to_sign_in(field: Inspection) -> None:
    answer = Client().post(reverse("oversight:finding-add", args=[field.pk]), typed(), **JSON)
    assert answer.status_code == 302
    assert not Finding.objects.exists()


def test_it_stands_beside_what_was_reported_measured_and_scored(
    client_of: ClientOf, field: Inspection, plan: Plan, task: Task, world: World
) -> None:
    entry = make_entry(make_duty(make_period(plan), world.unit_a), task, saved_by=world.an, percent=80)
    sent = make_submission(entry, by=world.binh, accepted_by=world.chi)
    indicator = make_indicator("CT-1", by=world.chi, plan=plan)
    row = make_observation(indicator, world.unit_a, 12, by=world.an, accepted_by=world.chi)
    cycle = make_cycle(make_criteria(plan, by=world.chi, decided_by=world.decision_maker), by=world.chi)
    make_card(cycle, world.unit_a)
    snapshot = freeze(cycle, Snapshot.Purpose.OBJECTION, by=world.chi, at=NOON)
    result = snapshot.results.get()
    code = result.working["criteria"][0]["code"]
    client, address = client_of(world.dung), reverse("oversight:finding-add", args=[field.pk])
    for about in (f"submission:{sent.pk}", f"observation:{row.pk}", f"score:{result.pk}:{code}"):
        assert about in client.get(address).content.decode()
        client.post(address, typed(about=about, contradicts="on"))
    score = Finding.objects.get(score__isnull=False).score
    assert score == {"cycle": cycle.pk, "card": "so-xay-dung", "criterion": code, "snapshot": snapshot.sha256}
    shown = page(client_of(world.inspector), "inspection-detail", field.pk)
    assert "đã báo cáo 80" in shown
    assert "CT-1" in shown
    assert result.working["criteria"][0]["name"] in shown
    assert "80" in client_of(world.chi).get(reverse("plans:task-detail", args=[task.code])).content.decode()


def test_what_is_not_offered_cannot_be_chosen(client_of: ClientOf, field: Inspection, plan: Plan, world: World) -> None:
    entry = make_entry(make_duty(make_period(plan), world.unit_b), field.tasks.get(), saved_by=world.dung)
    other = make_submission(entry, by=world.dung)
    field.tasks.clear()
    answer = client_of(world.dung).post(
        reverse("oversight:finding-add", args=[field.pk]), typed(about=f"submission:{other.pk}")
    )
    assert answer.status_code == 422
    assert not Finding.objects.exists()


def test_the_unit_reads_nothing_of_the_findings_before_the_conclusion(
    client_of: ClientOf, field: Inspection, world: World
) -> None:
    make_finding(field, by=world.dung)
    make_checkpoint(field, "Có biên bản nghiệm thu")
    shown = page(client_of(world.binh), "inspection-detail", field.pk)
    assert "khi đã có kết luận" in shown
    assert "Trạm chưa lắp thiết bị." not in shown
    assert "Có biên bản nghiệm thu" not in shown


def test_lists_ask_as_often_for_one_as_for_three(
    client_of: ClientOf, field: Inspection, plan: Plan, task: Task, world: World
) -> None:
    programme = make_programme(plan, by=world.inspector)
    make_finding(field, by=world.dung, task=task)
    pages = [("inspection-list", []), ("programme-detail", [programme.pk]), ("inspection-detail", [field.pk])]
    client = client_of(world.inspector)

    def asked() -> list[int]:
        found = []
        for name, args in pages:
            with CaptureQueriesContext(connection) as queries:
                page(client, name, *args)
            found.append(len(queries))
        return found

    first = asked()
    for number in range(2):
        other = make_inspection(plan, world.unit_a, by=world.inspector, leader=world.inspector, tasks=(task,))
        make_finding(field, by=world.dung, task=task)
        make_finding(other, by=world.inspector, task=task)
        Inspection.objects.filter(pk=other.pk).update(programme=programme, kind="scheduled", title=f"Cuộc {number}")
    assert asked() == first


def test_many_lines_of_a_programme_are_added_together_or_not_at_all(
    plan: Plan, world: World, client_of: ClientOf
) -> None:
    programme = make_programme(plan, by=world.inspector)
    client, url = client_of(world.inspector), reverse("oversight:programme-lines", args=[programme.pk])
    good = f"{world.unit_a.name}|Kiểm tra một|Kết quả|01/09/2026|03/09/2026"
    other = f"{world.unit_b.short_name.upper()}|Kiểm tra hai|Kết quả|05/09/2026|06/09/2026"
    refused = client.post(url, {"lines": f"{good}\nSở Lạ|x|y|01/09/2026|02/09/2026"})
    assert refused.status_code == 422
    assert "Dòng 2" in refused.content.decode()
    assert "Kiểm tra một" in refused.content.decode()
    own = f"{world.inspection_unit.name}|Kiểm tra chính mình|Kết quả|01/09/2026|02/09/2026"
    assert client.post(url, {"lines": f"{good}\n{own}"}).status_code == 403
    assert not programme.inspections.exists()
    assert client.post(url, {"lines": f"{good}\n{other}"}).status_code == 302
    assert [row.unit for row in programme.inspections.order_by("starts_on")] == [world.unit_a, world.unit_b]


def answered(client: Client, made: Inspection, point: CheckPoint, answer: str, note: str, seen: str = "") -> Any:
    url = reverse("oversight:checklist-answer", args=[made.pk])
    keys = {"answer": answer, "note": note, "seen": seen or point.mark}
    return client.post(url, {f"{part}-{point.pk}": value for part, value in keys.items() if value})


def test_a_stale_page_of_the_checklist_undoes_no_colleague_s_answer(
    client_of: ClientOf, field: Inspection, world: World
) -> None:
    """Both opened the page before anybody answered: the second reads both answers and says which holds."""
    point, opened = make_checkpoint(field), make_checkpoint(field, "Có biên bản")
    assert answered(client_of(world.inspector), field, point, "bad", "Thiếu biên bản").status_code == 302
    before = Event.objects.count()
    refused = answered(client_of(world.dung), field, point, "good", "Đã lắp xong")
    shown = refused.content.decode()
    assert (refused.status_code, Event.objects.count()) == (409, before)
    assert f"{world.inspector.full_name} vừa ghi trả lời khác" in shown
    assert all(words in shown for words in ("Thiếu biên bản", 'value="Đã lắp xong"', opened.text))
    point.refresh_from_db()
    assert (point.answer, point.note) == ("bad", "Thiếu biên bản")
    assert f'name="seen-{point.pk}" value="{point.mark}"' in shown
    assert answered(client_of(world.dung), field, point, "good", "Đã lắp xong", seen=point.mark).status_code == 302
    point.refresh_from_db()
    assert (point.answer, point.answered_by) == ("good", world.dung)
    assert Event.objects.latest("seq").detail["before"] == {"1": ["bad", "Thiếu biên bản"]}


def test_a_line_left_as_the_stale_page_showed_it_keeps_what_stands(
    client_of: ClientOf, field: Inspection, world: World
) -> None:
    point = make_checkpoint(field, answer="good", note="Đủ", answered_by=world.dung, answered_at=NOON)
    opened = point.mark
    answered(client_of(world.inspector), field, point, "bad", "Hỏng")
    assert answered(client_of(world.dung), field, point, "good", "Đủ", seen=opened).status_code == 302
    point.refresh_from_db()
    assert (point.answer, point.note) == ("bad", "Hỏng")


def test_an_answer_to_a_line_that_is_gone_and_a_note_without_an_answer_are_not_lost(
    client_of: ClientOf, field: Inspection, world: World
) -> None:
    client, point = client_of(world.dung), make_checkpoint(field)
    bare = answered(client, field, point, "", "Chưa mở cửa")
    assert (bare.status_code, "phải chọn trả lời" in bare.content.decode()) == (422, True)
    assert 'value="Chưa mở cửa"' in bare.content.decode()
    writing.write_checklist(inspection=field, lines=["Mục khác"], by=world.inspector, at=NOON)
    gone = answered(client, field, point, "bad", "Không có biên bản")
    assert gone.status_code == 409
    assert "không đạt: Không có biên bản" in gone.content.decode()
    assert not CheckPoint.objects.exclude(answer="").exists()
