"""A real report issued, printed by LibreOffice from its Word file and by us as PDF, and measured with a ruler against
Nghị định 30/2020/NĐ-CP, Phụ lục I (all lengths in millimetres)."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.factories import (
    NOON,
    World,
    make_duty,
    make_entry,
    make_figure,
    make_group,
    make_indicator,
    make_period,
    make_plan,
    make_submission,
    make_target,
    make_task,
    make_world,
)
from tests.reporting.papers.measuring import Line, Page, pages
from tiendo.plans.storage import read_file
from tiendo.reporting.actions import issue_report
from tiendo.reporting.models import IssuedReport

pytestmark = pytest.mark.django_db

LEFT, RIGHT, TOP, BOTTOM = 30.0, 210 - 15.0, 20.0, 297 - 20.0
MIDDLE = (LEFT + RIGHT) / 2
SENTENCE = "Đã hoàn thành khảo sát hạ tầng tại các xã, phường và nghiệm thu giai đoạn một theo đúng tiến độ được giao"


@pytest.fixture(scope="module")
def issued(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[IssuedReport]:
    """A report of thirty tasks in two groups; nothing of it outlives the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _issue(make_world())
        transaction.set_rollback(True)


def _issue(world: World) -> IssuedReport:
    plan = make_plan(world.province, "kh-57")
    make_group(plan, "III.2", "Hạ tầng số")
    period = make_period(plan, "6 tháng đầu năm 2026")
    duty = make_duty(period, world.unit_a)
    for number in range(30):
        due_on = date(2026, 6, 1) + timedelta(days=3 * number)
        group = plan.groups.all()[number % 2]
        task = make_task(plan, by=world.chi, lead=world.unit_a, due_on=due_on, group=group, title=f"Việc số {number}")
        told = {"result": f"{SENTENCE} {number}", "difficulty": "Thiếu nhân lực." if number % 5 == 0 else ""}
        make_submission(make_entry(duty, task, saved_by=world.an, **told), by=world.binh, accepted_by=world.chi)
    for number in range(2):
        covered = make_indicator(by=world.chi, plan=plan, frequency="year", name=f"Tỷ lệ số {number}")
        end = make_target(covered, 99, by=world.chi)
        make_figure(covered, world.province, "40.5", period="2025", period_end=date(2025, 12, 31), target=end)
    return issue_report(period=period, by=world.chi, at=NOON, confirmed=True)


@pytest.fixture(scope="module", params=["Word file in LibreOffice", "PDF"])
def printed(
    request: pytest.FixtureRequest, issued: IssuedReport, tmp_path_factory: pytest.TempPathFactory
) -> list[Page]:
    """The pages as printed from either file."""
    if request.param == "PDF":
        return pages(read_file(issued.pdf))
    if not shutil.which("soffice"):
        if os.environ.get("CI"):
            pytest.fail("LibreOffice must be installed where CI runs: libreoffice-writer-nogui")
        pytest.skip("LibreOffice is not installed (libreoffice-writer-nogui)")
    return pages(_by_libreoffice(read_file(issued.docx), tmp_path_factory.mktemp("printed")))


def _by_libreoffice(docx: bytes, folder: Path) -> bytes:
    (folder / "report.docx").write_bytes(docx)
    home = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), "report.docx"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=180)
    return (folder / "report.pdf").read_bytes()


def annex(printed: list[Page], label: str) -> int:
    """Where an annex begins."""
    return next(at for at, page in enumerate(printed) if any(line.text == label for line in page.lines))


def body(page: Page) -> list[Line]:
    """What stands between the margins."""
    return [line for line in page.lines if TOP - 1 < line.base < page.height - 20 + 1]


def test_paper_and_margins(printed: list[Page]) -> None:
    for page in printed:
        assert sorted((round(page.width), round(page.height))) == [210, 297]
        inside = body(page)
        assert min(line.left for line in inside) >= LEFT - 0.4
        assert max(line.right for line in inside) <= page.width - 15 + 0.4
        assert min(line.top for line in inside) >= TOP - 0.5
        assert max(line.bottom for line in inside) <= page.height - 20 + 0.5
    first = printed[0]
    assert abs(min(line.left for line in body(first)) - LEFT) < 1.5
    assert abs(max(line.right for line in body(first)) - RIGHT) < 1


def test_only_faces_of_times_metrics(printed: list[Page]) -> None:
    fonts = {letter.font for page in printed for line in page.lines for letter in line.letters if letter.text.strip()}
    assert fonts
    for font in fonts:
        assert re.fullmatch(
            r"([A-Z]{6}\+)?(LiberationSerif|TimesNewRoman|Tinos)(-?(Bold|Italic|BoldItalic|PSMT))?", font
        )


def test_page_numbers_stand_in_the_top_margin_but_not_on_a_first_page(printed: list[Page]) -> None:
    starts = {0, *(annex(printed, f"Phụ lục {label}") for label in ("I", "II", "III", "IV", "V"))}
    expected = 0
    for at, page in enumerate(printed):
        expected = 1 if at in starts else expected + 1
        above = [line for line in page.lines if line.base < TOP - 1 and line.text.isdecimal()]
        if at in starts:
            assert above == []
            continue
        (number,) = above
        assert number.text == str(expected)
        assert 13 <= number.size <= 14
        assert abs(number.middle - (LEFT + page.width - 15) / 2) < 1


def test_the_agencies(printed: list[Page]) -> None:
    page = printed[0]
    parent, own = page.line("UBND TỈNH"), page.line("SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    assert 12 <= parent.size <= 13
    assert 12 <= own.size <= 13
    assert not parent.is_bold
    assert own.is_bold
    assert parent.base < own.base
    rule = page.rule_under(own)
    assert own.width / 3 - 0.5 <= rule.length <= own.width / 2 + 0.5
    for each in (parent.middle, rule.middle):
        assert abs(each - own.middle) < 1


def test_the_name_of_the_state(printed: list[Page]) -> None:
    page = printed[0]
    nation, motto = page.line("CỘNG HÒA XÃ HỘI"), page.line("Độc lập - Tự do")
    assert 12 <= nation.size <= 13
    assert 13 <= motto.size <= 14
    assert nation.is_bold
    assert motto.is_bold
    assert nation.left > MIDDLE - 15
    rule = page.rule_under(motto)
    assert abs(rule.length - motto.width) < 2
    for each in (nation.middle, rule.middle):
        assert abs(each - motto.middle) < 1


def test_number_place_and_date(printed: list[Page]) -> None:
    page = printed[0]
    number = page.line("Số:")
    day = next(line for line in page.lines if "ngày" in line.text and abs(line.base - number.base) < 0.6)
    assert number.size == 13
    assert not number.is_italic
    assert 13 <= day.size <= 14
    assert day.is_italic
    assert abs(number.middle - page.line("SỞ KHOA HỌC").middle) < 6  # room is left for the clerk's number
    assert day.left > number.right


def test_the_title(printed: list[Page]) -> None:
    page = printed[0]
    title = page.line("BÁO CÁO")
    under = [line for line in body(page) if line.base > title.base][:3]
    summary = [line for line in under if line.is_bold and abs(line.middle - MIDDLE) < 1]
    assert summary
    assert 13 <= title.size <= 14
    assert title.is_bold
    assert abs(title.middle - MIDDLE) < 1
    widest = max(line.width for line in summary)
    rule = page.rule_under(summary[-1])
    assert widest / 3 - 0.5 <= rule.length <= widest / 2 + 0.5
    assert abs(rule.middle - MIDDLE) < 1
    assert abs(page.line("Kính gửi").middle - MIDDLE) < 1


def paragraphs(printed: list[Page]) -> list[list[Line]]:
    """Paragraphs of plain words on pages of the body, line by line; a page's first and last are left out as cut."""
    found: list[list[Line]] = []
    for page in printed[: annex(printed, "Phụ lục I")]:
        lines = [line for line in body(page) if line.size == 14 and not line.is_bold and line.letters[0].size > 12]
        for line in lines:
            if LEFT + 9 < line.left < LEFT + 14:
                found.append([line])
            elif found and abs(line.left - LEFT) < 1 and 0 < line.base - found[-1][-1].base < 9:
                found[-1].append(line)
    return found


def ends(printed: list[Page], line: Line) -> float:
    """Where the letters end on the line's height, with raised references and what stands behind them."""
    (page,) = [page for page in printed if any(line is each for each in page.lines)]
    return max(each.right for each in page.lines if -3 < each.base - line.base < 0.5 and each.left >= line.left)


def test_body_paragraphs(printed: list[Page]) -> None:
    found = [each for each in paragraphs(printed) if len(each) >= 2]
    assert len(found) > 5
    for lines in found:
        assert 10 - 0.3 <= lines[0].left - LEFT <= 12.7 + 0.5
        assert all(abs(ends(printed, line) - RIGHT) < 0.6 for line in lines[:-1])
        for above, below in pairwise(lines):
            spacing = (below.base - above.base) / (14 * 1.149 * 25.4 / 72)  # the face's own single spacing
            assert 0.95 <= spacing <= 1.5


def test_paragraphs_stand_apart(printed: list[Page]) -> None:
    """At least six points more than between two lines of one paragraph."""
    line = 14 * 1.149 * 25.4 / 72
    gaps = [
        below[0].base - above[-1].base
        for above, below in pairwise(paragraphs(printed))
        if 0 < below[0].base - above[-1].base < 12
    ]
    assert gaps
    assert min(gaps) - line >= 6 * 25.4 / 72 - 0.2


def test_headings(printed: list[Page]) -> None:
    lines = [line for page in printed[: annex(printed, "Phụ lục I")] for line in body(page)]
    roman = [line for line in lines if re.match(r"[IVX]+\. ", line.text)]
    assert [line.text.split(".")[0] for line in roman] == ["I", "II", "III", "IV", "V", "VI"]
    for line in roman:
        assert line.is_bold
        assert line.text == line.text.upper()
        assert 13 <= line.size <= 14
    assert any(re.match(r"1\. ", line.text) and line.is_bold and line.text != line.text.upper() for line in lines)


def test_signature_and_recipients(printed: list[Page]) -> None:
    page = printed[annex(printed, "Phụ lục I") - 1]
    title, recipients = page.line("Nơi nhận:"), page.line("- Như trên;")
    assert (title.size, title.is_bold, title.is_italic) == (12, True, True)
    listed = [line for line in body(page) if line.text.startswith("- ") and line.base > title.base]
    assert {line.size for line in listed} == {11}
    assert listed[0] == recipients
    assert listed[-1].text.startswith("- Lưu: VT")
    signed = [line for line in body(page) if line.left > MIDDLE - 5 and line.base >= title.base - 1]
    assert signed
    assert all(line.is_bold and 13 <= line.size <= 14 for line in signed)
    assert signed[0].text == signed[0].text.upper()
    assert all(abs(line.middle - signed[0].middle) < 1 for line in signed)


@pytest.mark.parametrize("label", ["I", "II", "III", "IV", "V"])
def test_annexes(printed: list[Page], label: str) -> None:
    page = printed[annex(printed, f"Phụ lục {label}")]
    heading, note = page.line(f"Phụ lục {label}"), page.line("(Kèm theo")
    title = next(line for line in body(page) if line.base > heading.base)
    middle = (LEFT + page.width - 15) / 2
    assert (heading.size, heading.is_bold) == (14, True)
    assert title.is_bold
    assert title.text == title.text.upper()
    assert note.is_italic
    for line in (heading, title):
        assert abs(line.middle - middle) < 1


def test_each_chart_is_said_in_words_under_it_on_the_same_page(printed: list[Page]) -> None:
    page = printed[annex(printed, "Phụ lục V")]
    words = re.sub(r"\s+", "", "".join(line.text for line in page.lines))
    assert words.count("40,5%") == 2
    assert words.count("Đích2030:≥99%") == 2
