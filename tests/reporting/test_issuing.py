"""The consolidated report: only what was accepted, every figure with its records, the same again years later."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from tests.factories import World, make_duty, make_entry, make_group, make_period, make_submission, make_task, make_unit
from tests.oracles.consolidation import figures_of, rates_of
from tiendo.audit.models import Event
from tiendo.audit.queries import head
from tiendo.papers.model import Paper, Paragraph, Ref, Run
from tiendo.papers.wording import marked_rows
from tiendo.plans.models import DeadlineLine, Plan, Task
from tiendo.plans.rates import share
from tiendo.plans.storage import read_file
from tiendo.reporting import actions
from tiendo.reporting.models import Duty, IssuedReport, Period
from tiendo.reporting.papers.consolidation import Measure
from tiendo.reporting.papers.figures import figures
from tiendo.reporting.papers.gathering import facts_of
from tiendo.reporting.papers.paper import Letterhead, Mark, report_paper
from tiendo.ui.formats import percent_number

HEAD = Letterhead("UBND tỉnh", "Sở KH&CN", "BC-SKHCN", "Lai Châu", "UBND tỉnh", "Giám đốc", "Trần A")
EARLIER_DUE = datetime(2026, 1, 14, 17, tzinfo=UTC)


@pytest.fixture
def earlier(plan: Plan) -> Period:
    """The period before, of the year before."""
    days = {"data_from": date(2025, 7, 1), "data_to": date(2025, 12, 31)}
    return make_period(plan, "Năm 2025", due_at=EARLIER_DUE, opens_at=EARLIER_DUE - timedelta(days=30), **days)


@pytest.fixture
def story(world: World, plan: Plan, period: Period, earlier: Period) -> Period:
    """Twelve tasks in every state a record can be in; only words with “NHẬN” were accepted."""
    make_group(plan, "III.2", "Hạ tầng số")
    duties = {row.pk: make_duty(row, world.unit_a) for row in (period, earlier)}
    for number in range(12):
        due_on = None if number % 4 == 0 else date(2026, 6, 29) - timedelta(days=number)
        task = make_task(plan, by=world.chi, lead=world.unit_a, due_on=due_on, group=plan.groups.all()[number % 2])
        _tell(world, duties[(earlier if number % 3 == 2 else period).pk], task, number)
    return period


def _tell(world: World, duty: Duty, task: Task, number: int) -> None:
    """Accepted (finished or not), returned, waiting, drafted or nothing at all, by turns."""
    accepted = number % 6 in (0, 1, 2)
    words = f"NHẬN{number}" if accepted else f"KHÔNG{number}"
    done = {"state": "completed", "percent": 100, "completed_on": date(2026, 6, 18 + number)} if number % 2 else {}
    money = Decimal(1_000_000 * number) if number != 1 else None
    told = {"result": words, "difficulty": f"{words}-khó", "money_used": money} | done
    if number % 6 == 5:
        return
    entry = make_entry(duty, task, saved_by=world.an, **told)
    if number % 6 == 4:
        return
    row = make_submission(entry, by=world.binh, accepted_by=world.chi if accepted else None)
    if number == 9:
        row.verdict, row.reason, row.decided_by, row.decided_at = "returned", "KHÔNGĐẠT", world.chi, row.submitted_at
        row.save()


def text_of(docx: bytes) -> str:
    """Every word of a DOCX's body, headers and footers."""
    with ZipFile(BytesIO(docx)) as archive:
        parts = [name for name in archive.namelist() if re.match(r"word/(document|header|footer)", name)]
        trees = [ElementTree.fromstring(archive.read(name)) for name in parts]
    return "".join(node.text or "" for tree in trees for node in tree.iter() if node.tag.endswith("}t"))


def references(part: Any) -> Iterator[Ref]:
    """Every reference anywhere in a paper."""
    if isinstance(part, Ref):
        yield part
    elif isinstance(part, tuple | list):
        for each in part:
            yield from references(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from references(getattr(part, field.name))


def paper_of(period: Period) -> Paper:
    at = datetime(2026, 7, 20, tzinfo=UTC)
    return report_paper(facts_of(period), HEAD, Mark(7, "ab" * 32), at=at, illustrative=False)


def counted(period: Period) -> dict[str, tuple[Decimal | None, set[str], set[int]]]:
    return {
        key: (figure.value, {line.code for line in figure.lines}, {row.submission for row in figure.records})
        for key, figure in figures(facts_of(period)).items()
        if figure.lines and figure.measure != Measure.PERCENT and ":" not in key
    }


def test_figures_agree_with_counting_one_task_at_a_time(story: Period) -> None:
    assert counted(story) == figures_of(story)
    assert counted(story)["total"][0] == 12


def test_rates_agree_with_their_formulas(story: Period) -> None:
    found = figures(facts_of(story))
    expected = rates_of(story)
    assert {key: found[key].value for key in expected} == expected
    assert None not in expected.values()


def test_groups_add_up_to_the_whole(story: Period) -> None:
    found = figures(facts_of(story))
    for key in ("total", "done", "open_overdue", "money_used"):
        parts = [
            figure.value or 0
            for name, figure in found.items()
            if name.startswith("group:") and name.endswith(f":{key}")
        ]
        assert len(parts) == 2
        assert sum(parts) == found[key].value


def test_only_accepted_words_reach_the_paper(world: World, story: Period, now: datetime) -> None:
    issued = actions.issue_report(period=story, by=world.chi, at=now, confirmed=True)
    text = text_of(read_file(issued.docx))
    assert "KHÔNG" not in text.replace("KHÔNG PHÁT SINH", "")
    accepted_now = [number for number in range(12) if number % 6 in (0, 1, 2) and number % 3 != 2]
    assert [number for number in accepted_now if f"NHẬN{number}" not in text] == []


def test_every_reference_points_at_a_row_of_an_annex_and_every_row_is_referred_to(world: World, story: Period) -> None:
    make_duty(story, world.unit_b)
    paper = paper_of(story)
    marks = [mark for reference in references(paper.body) for mark in reference.marks]
    assert set(marks) == marked_rows(paper)
    assert set(marks) == set(range(1, 9))  # six records, two units


def said(period: Period) -> str:
    """The paragraphs of the body, references written out."""
    return "\n".join(
        "".join(run.text if isinstance(run, Run) else f"{list(run.marks)}" for run in block.runs)
        for block in paper_of(period).body
        if isinstance(block, Paragraph)
    )


def test_figures_about_units_refer_to_their_rows(world: World, story: Period, now: datetime) -> None:
    late, quiet = story.due_at + timedelta(days=1), {"status": "submitted", "sent_by": world.dung, "nothing_new": True}
    make_duty(story, world.unit_b, first_sent_at=late, sent_at=late, **quiet)
    silent = make_duty(story, make_unit("so-im-lang", "Sở Im Lặng"))
    for _time in range(2):
        actions.urge_unit(unit=silent.unit, duty=silent, message="Đề nghị gửi", by=world.chi, at=now)
    text = said(story)
    assert "Có 2/3 đơn vị gửi báo cáo[7, 8] (1 đơn vị gửi muộn[8]; 1 đơn vị báo không phát sinh[8])." in text
    assert "đã đôn đốc 2 lượt đơn vị[9]." in text
    assert "Các đơn vị chưa gửi báo cáo: Sở Im Lặng[9]." in text


def test_tasks_without_any_record_are_named_by_their_rows(story: Period) -> None:
    rows = {line.code: line.row for line in facts_of(story).lines}
    never = sorted(rows[line.code] for line in figures(facts_of(story))["without_report"].lines)
    assert len(never) == 6
    found = re.search(
        r"6 nhiệm vụ chưa từng có báo cáo [^(]* theo thời hạn \(số thứ tự ([^)]*) tại Phụ lục I\)",
        said(story),
    )
    assert found is not None
    named = [part.split("–") for part in found[1].split(", ")]
    assert [row for part in named for row in range(int(part[0]), int(part[-1]) + 1)] == never


def test_rates_are_cut_and_the_paper_says_so(story: Period) -> None:
    assert "Tỷ lệ làm tròn xuống một chữ số nên tổng có thể nhỏ hơn 100 %." in said(story)
    done = [line for line in facts_of(story).counted if line.is_done(facts_of(story).on)]
    rate = percent_number(share(len(done), 12) or 0)
    assert f"Đã hoàn thành {len(done)}/12 nhiệm vụ[" in said(story)
    assert f"tính trên tổng số nhiệm vụ (đã hoàn thành ÷ tổng số) là {rate}%" in said(story)


def test_the_four_cells_carry_references_in_the_body(story: Period) -> None:
    paper = paper_of(story)
    found = figures(facts_of(story))
    given = {reference.marks for reference in references(paper.body)}
    assert {
        found[key].marks for key in ("total", "done_late", "open_in_time", "money_used") if found[key].marks
    } <= given


def test_later_acceptances_in_a_later_period_change_nothing(
    world: World, plan: Plan, story: Period, now: datetime
) -> None:
    before, paper = counted(story), paper_of(story)
    later = make_period(plan, "Kỳ sau", due_at=story.due_at + timedelta(days=180), data_to=date(2026, 12, 31))
    duty = make_duty(later, world.unit_a)
    for task in plan.tasks.all():
        make_submission(make_entry(duty, task, result="SAU", money_used=9), by=world.binh, accepted_by=world.chi)
    assert counted(story) == before
    assert paper_of(story) == paper


def test_a_closed_period_is_read_as_it_stood(world: World, plan: Plan, story: Period, now: datetime) -> None:
    actions.close_period(period=story, by=world.chi, at=now)
    story.refresh_from_db()
    before = counted(story)
    after = now + timedelta(days=30)
    for task in plan.tasks.all():
        DeadlineLine.objects.create(
            task=task,
            number=2,
            kind="moment",
            due_on=date(2030, 1, 1),
            reason="Gia hạn",
            source="QĐ",
            recorded_by=world.chi,
            recorded_at=after,
        )
    Task.objects.update(due_on=date(2030, 1, 1))
    make_task(plan, by=world.chi, lead=world.unit_b, followed_from=after.date())
    assert counted(story) == before


def test_money_of_the_year_before_is_not_carried_over(story: Period) -> None:
    spent = figures(facts_of(story))["money_used"]
    assert spent.value == 6_000_000 + 7_000_000 + 0
    assert all(line.is_new for line in spent.lines)


def test_figures_and_the_head_of_the_log_are_frozen(world: World, story: Period, now: datetime) -> None:
    top = head()
    issued = actions.issue_report(period=story, by=world.chi, at=now, confirmed=True)
    assert (issued.log_seq, issued.log_head) == (top.seq, top.hash)
    assert {row["key"]: row["value"] for row in issued.figures}["total"] == "12"
    assert top.hash in text_of(read_file(issued.docx))
    event = Event.objects.get(act="reporting.report.issue")
    assert event.detail["docx"] == issued.docx.sha256
    again = actions.issue_report(period=story, by=world.chi, at=now + timedelta(days=1), confirmed=True)
    assert (again.number, again.figures) == (2, issued.figures)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_the_pdf_says_the_same_and_names_the_head_of_the_log(
    world: World, story: Period, now: datetime, tmp_path: Path
) -> None:
    issued = actions.issue_report(period=story, by=world.chi, at=now, confirmed=True)
    file = tmp_path / "report.pdf"
    file.write_bytes(read_file(issued.pdf))
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout.decode()
    assert issued.log_head in text
    assert "NHẬN0" in text
    assert "KHÔNG4" not in text


@pytest.mark.parametrize("illustrative", [True, False])
def test_the_mark_of_invented_data(
    world: World, story: Period, now: datetime, illustrative: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "TIENDO_ILLUSTRATIVE", illustrative)
    issued = actions.issue_report(period=story, by=world.chi, at=now, confirmed=True)
    assert ("DỮ LIỆU MINH HỌA" in text_of(read_file(issued.docx))) is illustrative


@pytest.mark.parametrize("who", ["officer", "head", "decision_maker", "finance", "inspector", "administrator"])
def test_only_the_coordinator_consolidates(world: World, story: Period, now: datetime, who: str) -> None:
    events = Event.objects.count()
    with pytest.raises(PermissionDenied):
        actions.issue_report(period=story, by=world.people[who], at=now)
    assert not IssuedReport.objects.exists()
    assert Event.objects.count() == events


def test_a_period_without_any_record_still_makes_a_paper(
    world: World, period: Period, task: Task, now: datetime
) -> None:
    make_duty(period, world.unit_a)
    text = text_of(read_file(actions.issue_report(period=period, by=world.chi, at=now, confirmed=True).docx))
    assert "chưa có nhiệm vụ nào hoàn thành" in text
    assert "Các đơn vị chưa gửi báo cáo: Sở Xây dựng[1]." in text
