"""The whole road through the layers a person or a program meets: the command line, the pages, the portal, the API."""

import csv
import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils.timezone import localdate

from tests.factories import World
from tests.intake.plan import DATA, NAME, plan_bytes, structure
from tests.road.checking import SPOILED_LOGS, SPOILED_RELEASES, verify
from tests.road.people import Road
from tiendo.audit.models import Event
from tiendo.plans.models import Task

CODE, UNIT = "KH2025", "so-xay-dung"
ORDER = {"source": "Công văn số 120/UBND-TH (minh họa)"}
MADE_CLEAR, UPDATED = {"without_lead": -2, "unclear": -2}, {"stale": -2}  # both tasks were silent since February 2025
RETURNED, MENDED, DONE = "Số liệu chưa kiểm tra QXZ", "Đã tập huấn 40 lớp.", "Đã ban hành kế hoạch tuyên truyền."
REASON, HIDDEN_BECAUSE = "Chưa nêu số lớp.", "Nội dung phối hợp nội bộ WKJ."


def test_the_whole_road(units: World, tmp_path: Path) -> None:
    cache.clear()
    road = Road(units)
    read_on_the_command_line()
    import_and_accept(road)
    finished, going, hidden = tasks_on("III.1.1#1", "III.1.3#1", "III.1.8#1")
    at_first = numbers_that_open_their_lists(road)
    assign(road, finished, due_in=-3)
    assign(road, going, due_in=5)
    assigned = numbers_that_open_their_lists(road)
    assert moved(at_first, assigned) == {"open_overdue": 1, "open_in_time": -1, "due_soon": 1, **MADE_CLEAR}
    period = open_period(road)
    duty = duty_of_the_unit(road, period)
    write(road, duty, finished, going)
    send(road, duty)
    return_and_send_again(road, duty, finished, going)
    accepted = numbers_that_open_their_lists(road)
    assert moved(assigned, accepted) == {"open_overdue": -1, "done_on_time": 1, "without_report": -2, **UPDATED}
    printed = consolidate(road, period)
    publish(road, hidden)
    only_what_was_released_is_public(road, finished, going, hidden)
    log, release = proofs(road, tmp_path)
    whole_files_are_confirmed(log, release, printed)
    spoiled_files_are_named(log, release, tmp_path)


def read_on_the_command_line() -> None:
    """Step 1: the tree for people, and the contract for programs, equal to what a person read by hand."""
    plan_bytes()
    file, tree, contract = DATA / f"{NAME}.txt", io.StringIO(), io.StringIO()
    call_command("read", str(file), stdout=tree)
    call_command("read", str(file), "--json", stdout=contract)
    assert "18 đề mục, 88 mục nội dung" in tree.getvalue()
    reading, by_hand = json.loads(contract.getvalue()), structure()
    assert [section["id"] for section in reading["sections"]] == [each["id"] for each in by_hand["headings"]]
    assert [item["id"] for item in reading["items"]] == [each["id"] for each in by_hand["items"]]


def import_and_accept(road: Road) -> None:
    """Step 2: looked at, one proposal left out, the rest accepted; the same file again changes nothing."""
    page = upload(road)
    source = page.context["source"].pk
    assert page.context["total"] == page.context["pending"] > 88
    left_out = page.context["source"].proposals.get(kind="task", key="IV.1").pk
    road.coordinator.act("intake:proposals-decide", source, mot=f"rejected-{left_out}")
    form = road.coordinator.page("intake:import-accept", source).context["form"]
    typed = {name: value for name in form.fields if (value := form[name].value()) is not None}
    typed["owner"] = road.world.province.pk
    assert typed["code"] == CODE
    road.inspector.act("intake:import-accept", source, status=403, lay="tat_ca", **typed)
    road.coordinator.act("intake:import-accept", source, lay="tat_ca", **typed)
    assert len(road.coordinator.listed("/lam-viec/nhiem-vu/")) == 80
    before = Event.objects.count()
    assert "không có gì thay đổi" in upload(road).content.decode()
    assert Event.objects.count() == before


def upload(road: Road) -> Any:
    """The review to which the upload leads."""
    file = SimpleUploadedFile(f"{NAME}.txt", plan_bytes())
    return road.coordinator.client.post("/lam-viec/nhap/", {"file": file}, follow=True)


def tasks_on(*paths: str) -> list[str]:
    """Codes of the tasks that stand at these places of the plan."""
    return [Task.objects.get(item__path=path).code for path in paths]


def assign(road: Road, code: str, *, due_in: int) -> None:
    """Step 3: unit, deadline, product and the accountable head by the coordinator; the officer by the head."""
    due_on = localdate() + timedelta(days=due_in)
    road.officer.act("plans:task-assign", code, status=404, unit=UNIT, role="lead", **ORDER)
    road.coordinator.act("plans:task-assign", code, unit=UNIT, role="lead", **ORDER)
    deadline = {"kind": "moment", "due_on": due_on.isoformat(), "reason": "Văn bản chưa ghi thời hạn.", **ORDER}
    road.coordinator.act("plans:task-deadline", code, **deadline)
    road.coordinator.act("plans:task-field", code, "product", value="Báo cáo kết quả", **ORDER)
    road.coordinator.act("plans:task-field", code, "authority", value="UBND tỉnh", **ORDER)
    road.coordinator.act("plans:task-head", code, user="binh")
    road.head.act("plans:task-officer", code, user="an")
    assert code not in road.officer.listed("/lam-viec/nhiem-vu/thieu-6-ro/")
    page = road.officer.page("plans:task-detail", code).content.decode()
    assert f"{due_on:%d/%m/%Y}" in page
    assert "Văn bản chưa ghi thời hạn." in page


def numbers_that_open_their_lists(road: Road) -> dict[str, int]:
    """Step 4: each number of the overview leads to a list of exactly that many tasks."""
    counted = road.coordinator.page("plans:overview").context["board"].counted
    numbers = [*counted.cells, *counted.concerns]
    assert {number.label: len(road.coordinator.listed(number.url)) for number in numbers} == {
        number.label: number.number for number in numbers
    }
    assert sum(number.number for number in counted.cells) == len(road.coordinator.listed("/lam-viec/nhiem-vu/"))
    return dict(counted.numbers.counts)


def moved(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """By how much each number moved; those that stood still are left out."""
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def open_period(road: Road) -> int:
    """Step 5 begins: a period is set and opened, and every unit owes its report."""
    today = localdate()
    plan = road.coordinator.page("reporting:period-create").context["form"].initial["plan"].pk
    dates = {"data_from": -30, "data_to": 1, "opens_on": 0, "last_good_day": 9}
    days = {name: (today + timedelta(days=shift)).isoformat() for name, shift in dates.items()}
    made = road.coordinator.act("reporting:period-create", plan=plan, name="Kỳ một", due_text="trước ngày 10", **days)
    period = int(made["Location"].rstrip("/").rpartition("/")[2])
    road.head.act("reporting:period-open", period, status=403)
    road.coordinator.act("reporting:period-open", period)
    return period


def duty_of_the_unit(road: Road, period: int) -> int:
    rows = road.coordinator.page("reporting:period-detail", period).context["room"].rows
    assert len(rows) > 50
    return int(next(row.duty.pk for row in rows if row.duty.unit.code == UNIT))


def write(road: Road, duty: int, finished: str, going: str) -> None:
    """Kept while typing; an older page is told so; completion asks for its proof; a stranger sees nothing."""
    begun = {"state": "in_progress", "percent": "40", "result": RETURNED, "version": "0"}
    assert road.officer.act("reporting:entry-autosave", duty, going, status=200, **begun).json()["version"] == 1
    other = begun | {"percent": "60"}
    assert road.officer.act("reporting:entry-autosave", duty, going, status=409, **other).json()["message"]
    road.stranger.act("reporting:entry-autosave", duty, going, status=404, **begun)
    ended = (localdate() - timedelta(days=5)).isoformat()
    done = {"state": "completed", "percent": "100", "completed_on": ended, "result": DONE, "money_used": "1,25 tỷ"}
    road.officer.act("reporting:entry-edit", duty, finished, version="0", **done)
    said = road.head.client.post(f"/lam-viec/bao-cao/{duty}/gui/", follow=True).content.decode()
    assert "Hoàn thành cần minh chứng" in said
    paper = {"document_number": "12/BC-SXD", "document_date": ended}
    road.officer.act("reporting:evidence-add", duty, finished, **paper)


def send(road: Road, duty: int) -> None:
    """The head sends, the officer cannot; before that the coordinator reads nothing of it."""
    assert RETURNED not in road.coordinator.page("reporting:duty-detail", duty).content.decode()
    road.officer.act("reporting:duty-send", duty, status=403)
    road.head.act("reporting:duty-send", duty)
    assert RETURNED in road.coordinator.page("reporting:duty-detail", duty).content.decode()


def return_and_send_again(road: Road, duty: int, finished: str, going: str) -> None:
    """One entry accepted, one returned with its reason, mended, sent again, and accepted by another than the sender."""
    page = road.coordinator.page("reporting:duty-detail", duty)
    entries = {line.task.code: line.entry.pk for line in page.context["waiting"]}
    assert entries.keys() == {finished, going}
    road.head.act("reporting:entry-accept", entries[finished], status=403)
    road.coordinator.act("reporting:entry-accept", entries[finished])
    road.coordinator.act("reporting:entry-return", entries[going], reason=REASON)
    mended = road.officer.page("reporting:entry-edit", duty, going)
    assert REASON in mended.content.decode()
    values = {"state": "in_progress", "percent": "40", "result": MENDED, "version": mended.context["version"]}
    road.officer.act("reporting:entry-edit", duty, going, **values)
    road.head.act("reporting:duty-send", duty)
    road.coordinator.act("reporting:duty-accept", duty)
    assert MENDED in road.inspector.page("plans:task-detail", going).content.decode()


def consolidate(road: Road, period: int) -> str:
    """Step 6: one report from accepted entries only, as both files; gives the head of the log printed in it."""
    road.decider.act("reporting:report-issue", period, status=403)
    made = road.coordinator.act("reporting:report-issue", period, confirmed="1")
    report = int(made["Location"].rstrip("/").rpartition("/")[2])
    docx = road.decider.page("reporting:report-file", report, "docx").content
    pdf = road.decider.page("reporting:report-file", report, "pdf").content
    assert pdf.startswith(b"%PDF-")
    words = words_of(docx)
    assert f"{DONE.rstrip('.')}[1]." in words  # the figure in brackets leads to the record it came from
    assert RETURNED not in words
    head: str = road.decider.page("reporting:report-detail", report).context["issued"].log_head
    assert head in words
    road.officer.page("reporting:report-file", report, "docx", status=404)
    return head


def words_of(docx: bytes) -> str:
    """Every word of the file: its body and the feet of its pages."""
    archive = zipfile.ZipFile(io.BytesIO(docx))
    parts = [name for name in archive.namelist() if re.match(r"word/(document|footer)", name)]
    return "".join(re.sub(r"<[^>]+>", "", archive.read(name).decode()) for name in parts)


def publish(road: Road, hidden: str) -> None:
    """Step 7: one task is kept from the public; the coordinator proposes, the decision-maker alone approves."""
    assert road.anybody.client.get("/api/v1/tasks").status_code == 404
    road.decider.act("plans:task-hide", hidden, reason=HIDDEN_BECAUSE)
    plan = road.coordinator.page("publication:release-propose").context["preview"].plan.pk
    made = road.coordinator.act("publication:release-propose", plan=plan, title="Kỳ một")
    release = int(made["Location"].rstrip("/").rpartition("/")[2])
    road.coordinator.act("publication:release-approve", release, status=403)
    assert road.anybody.client.get("/api/v1/tasks").status_code == 404
    road.decider.act("publication:release-approve", release)


def only_what_was_released_is_public(road: Road, finished: str, going: str, hidden: str) -> None:
    """Page, API, CSV and JSON agree, hold no hidden task, no draft, no person, and stand still while work goes on."""
    everything = {*road.coordinator.listed("/lam-viec/nhiem-vu/")} - {hidden}
    before = public_texts(road, finished, going)
    api = json.loads(before["/api/v1/tasks?limit=500"])
    rows = list(csv.DictReader(io.StringIO(before["/du-lieu/nhiem-vu.csv"].removeprefix("\ufeff"))))
    records = json.loads(before["/du-lieu/nhiem-vu.json"])["records"]
    assert {task["code"] for task in api["items"]} == {row["ma"] for row in rows} == everything
    assert len(records) == len(rows) == api["count"] == len(everything)
    assert DONE in before[f"/nhiem-vu/{finished}/"]
    assert MENDED in before[f"/nhiem-vu/{going}/"]
    for secret in (RETURNED, REASON, HIDDEN_BECAUSE, hidden, road.world.an.full_name, road.world.binh.full_name):
        assert [name for name, text in before.items() if secret in text] == []
    for address in (f"/nhiem-vu/{hidden}/", f"/api/v1/tasks/{hidden}"):
        assert road.anybody.client.get(address).status_code == 404
    road.coordinator.act("plans:task-field", going, "product", value="Sản phẩm khác hẳn", **ORDER)
    assert public_texts(road, finished, going) == before


def public_texts(road: Road, *codes: str) -> dict[str, str]:
    """Every public text that speaks of tasks, by its address."""
    tasks = [address for code in codes for address in (f"/nhiem-vu/{code}/", f"/api/v1/tasks/{code}")]
    lists = ["/", "/ke-hoach/", "/nhiem-vu/", f"/co-quan/{UNIT}/", "/api/v1/tasks?limit=500", "/api/v1/releases"]
    files = ["/du-lieu/nhiem-vu.csv", "/du-lieu/nhiem-vu.json", "/du-lieu/ke-hoach.csv", "/du-lieu/dot-cong-bo.json"]
    answers = {address: road.anybody.client.get(address) for address in [*tasks, *lists, *files]}
    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(answers, 200)
    return {address: answer.content.decode() for address, answer in answers.items()}


def proofs(road: Road, folder: Path) -> tuple[Path, Path]:
    """Step 8: the log by the command line, the same by its page, and the sealed release as anybody downloads it."""
    log, release = folder / "nhat-ky.jsonl", folder / "dot-cong-bo.json"
    call_command("export_log", str(log), stdout=io.StringIO())
    downloaded = b"".join(road.inspector.page("audit:event-export").streaming_content)
    assert downloaded == log.read_bytes()
    release.write_bytes(road.anybody.client.get("/du-lieu/dot-cong-bo.json").content)
    return log, release


def whole_files_are_confirmed(log: Path, release: Path, printed: str) -> None:
    status, said = verify(log, "--head", printed)
    assert (status, f"Chuỗi nguyên vẹn: {Event.objects.count()} mục" in said) == (0, True), said
    status, said = verify("--log", log, "--release", release)
    assert (status, "Nhật ký có sự kiện duyệt bản công bố này" in said) == (0, True), said


def spoiled_files_are_named(log: Path, release: Path, folder: Path) -> None:
    """A changed digit, a removed, a swapped, a cut entry: each is told, by its name."""
    header, *lines = log.read_text(encoding="utf-8").splitlines()
    for way, spoil in SPOILED_LOGS.items():
        spoiled, told = spoil(lines)
        assert_named(folder / f"{way}.jsonl", "\n".join([header, *spoiled, ""]), told)
    for way, spoil_records in SPOILED_RELEASES.items():
        sealed = json.loads(release.read_text(encoding="utf-8"))
        sealed["records"], told = spoil_records(sealed["records"])
        assert_named(folder / f"{way}.json", json.dumps(sealed, ensure_ascii=False), told)


def assert_named(file: Path, text: str, told: str) -> None:
    file.write_text(text, encoding="utf-8")
    status, said = verify(file)
    assert (status, told in said) == (1, True), (told, said)
