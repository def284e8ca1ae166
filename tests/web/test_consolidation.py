"""The pages of the consolidated report: a draft that grows, words edited in place, an issue that asks first."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import World, make_duty, make_entry, make_submission
from tiendo.plans.models import Task
from tiendo.reporting import actions
from tiendo.reporting.models import IssuedReport, Period, ReportDraft, ReportTemplate
from tiendo.reporting.papers.paper import shipped_text


@pytest.fixture
def told(world: World, period: Period, task: Task) -> Period:
    """One unit whose report was accepted, one that has not sent."""
    make_duty(period, world.unit_b)
    entry = make_entry(make_duty(period, world.unit_a), task, saved_by=world.an, money_used=7_000_000)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    return period


@pytest.fixture
def chi(world: World, client: Client) -> Client:
    client.force_login(world.chi)
    return client


def text(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(f"reporting:{name}", args=args)).content.decode()


def test_each_number_of_the_draft_opens_its_records(chi: Client, told: Period, task: Task) -> None:
    page = text(chi, "report-draft", told.pk)
    source = reverse("reporting:report-figures", args=[told.pk])
    keys = set(re.findall(rf'href="{source}#([^"]+)"', page))
    assert {"total", "units_sent", "money_used", "rate_all", "group:III.1.1:total"} <= keys
    figures = text(chi, "report-figures", told.pk)
    assert [key for key in keys if f'id="{key}"' not in figures] == []
    assert reverse("plans:task-detail", args=[task.code]) in figures
    assert "Còn thiếu nếu lập báo cáo bây giờ" in page


def test_words_are_edited_saved_by_themselves_and_previewed(chi: Client, told: Period) -> None:
    editor = reverse("reporting:report-part", args=[told.pk, "danh-gia"])
    page = chi.get(editor).content.decode()
    assert 'data-insert="{total}"' in page
    assert "data-autosave-url" in page
    answer = chi.post(f"{editor}luu/", {"text": "Có {total} việc, 9 xong.", "version": "0"})
    assert answer.json() == {"version": 1}
    stale = chi.post(f"{editor}luu/", {"text": "Khác", "version": "0"})
    assert stale.status_code == 409
    preview = chi.post(f"{editor}xem/", {"text": "Có {total} việc, 9 xong."}).content.decode()
    assert '#total">1</a> việc, 9 xong.' in preview
    assert "số “9”" in preview
    assert ReportDraft.objects.get().text == "Có {total} việc, 9 xong."


def test_without_scripts_a_save_returns_to_the_draft_and_a_conflict_shows_both(
    chi: Client, world: World, told: Period, now: datetime
) -> None:
    editor = reverse("reporting:report-part", args=[told.pk, "danh-gia"])
    assert chi.post(editor, {"text": "Bản một.", "version": "0"}).status_code == 302
    page = chi.post(editor, {"text": "Bản hai.", "version": "0"}).content.decode()
    assert "Bản một." in page
    assert "Bản hai.</textarea>" in page
    assert 'name="version" value="1"' in page
    assert chi.post(editor, {"text": "Bản hai.", "version": "1"}).status_code == 302
    chi.post(f"{editor}mau/", {"version": "2"})
    assert not ReportDraft.objects.get().is_own


def test_issuing_asks_first_and_says_what_stands_in_the_way(chi: Client, world: World, told: Period) -> None:
    address = reverse("reporting:report-issue", args=[told.pk])
    page = chi.get(address).content.decode()
    assert "Sở Y tế" in page
    assert 'name="confirmed"' in page
    assert chi.post(address).status_code == 200
    assert not IssuedReport.objects.exists()
    chi.post(reverse("reporting:report-part", args=[told.pk, "noi-bat"]), {"text": "Đạt 90%.", "version": "0"})
    page = chi.get(address).content.decode()
    assert "số “90”" in page
    assert 'name="confirmed"' not in page


def test_an_issued_report_has_its_files_figures_code_and_clerk_number(
    chi: Client, world: World, told: Period, now: datetime
) -> None:
    issued = actions.issue_report(period=told, by=world.chi, at=now, confirmed=True)
    page = text(chi, "report-detail", issued.pk)
    assert str(issued.code) in page
    assert "7\xa0triệu\xa0đồng" in page
    missing = next(each for each in issued.figures if each["key"] == "units_missing")["units"]
    assert missing
    assert all(f"<li>{unit}</li>" in page for unit in missing)
    for extension, start in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        assert chi.get(reverse("reporting:report-file", args=[issued.pk, extension])).content.startswith(start)
    found = chi.get(reverse("reporting:report-by-code", args=[issued.code]))
    assert found["Location"] == reverse("reporting:report-detail", args=[issued.pk])
    typed = {"document_number": "12/BC-SKHCN", "document_on": "2026-07-20", "document_url": ""}
    chi.post(reverse("reporting:report-document", args=[issued.pk]), typed)
    assert "12/BC-SKHCN" in text(chi, "report-detail", issued.pk)
    wrong = chi.post(reverse("reporting:report-document", args=[issued.pk]), {"document_url": "javascript:alert(1)"})
    assert wrong.status_code == 302
    issued.refresh_from_db()
    assert issued.document_url == ""


def test_a_template_is_tried_with_real_figures_and_put_in_force(chi: Client, told: Period) -> None:
    address = reverse("reporting:template-list")
    changed = shipped_text().replace("Kết quả nổi bật", "Kết quả tiêu biểu")
    page = chi.post(address, {"text": changed, "period": told.pk, "preview": "1"}).content.decode()
    assert "KẾT QUẢ TIÊU BIỂU" in page
    assert not ReportTemplate.objects.exists()
    assert chi.post(address, {"text": changed}).status_code == 302
    assert "Kết quả tiêu biểu" in text(chi, "report-draft", told.pk)
    assert chi.get(reverse("reporting:template-file", args=[1])).content.decode().replace("\r\n", "\n") == changed
    chi.post(reverse("reporting:template-restore", args=[0]))
    assert "Kết quả nổi bật" in text(chi, "report-draft", told.pk)
    chi.post(reverse("reporting:template-restore", args=[1]))
    assert ReportTemplate.objects.get(retired_at=None).number == 2


def test_a_wrong_template_is_refused_line_by_line(chi: Client, told: Period) -> None:
    wrong = shipped_text() + "\nCó {la} việc.\n{{la}}"
    page = chi.post(reverse("reporting:template-list"), {"text": wrong}).content.decode()
    assert "không có số liệu nào mang mã “la”" in page
    assert "không có khối “la”" in page
    assert not ReportTemplate.objects.exists()


@pytest.mark.parametrize("who", ["an", "binh", "dung", "administrator"])
def test_units_see_nothing_of_the_draft(client: Client, world: World, told: Period, who: str) -> None:
    client.force_login(getattr(world, who))
    for name in ("report-draft", "report-figures"):
        assert client.get(reverse(f"reporting:{name}", args=[told.pk])).status_code == 404
    assert client.get(reverse("reporting:template-list")).status_code == 404


def test_what_is_corrected_after_the_closing_stands_beside(
    chi: Client, world: World, told: Period, task: Task, now: datetime
) -> None:
    actions.close_period(period=told, by=world.chi, at=now)
    told.refresh_from_db()
    issued = actions.issue_report(period=told, by=world.chi, at=now, confirmed=True)
    assert "Đính chính sau khi khóa số liệu" not in text(chi, "report-detail", issued.pk)
    entry = told.duties.get(unit=world.unit_a).entries.get()
    entry.result = "Sửa lại kết quả."
    entry.save()
    make_submission(entry, by=world.binh, at=now + timedelta(days=1), accepted_by=world.chi)
    page = text(chi, "report-detail", issued.pk)
    assert "Đính chính sau khi khóa số liệu" in page
    again = actions.issue_report(period=told, by=world.chi, at=now + timedelta(days=2), confirmed=True)
    assert again.figures == issued.figures
