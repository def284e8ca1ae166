"""The plan's page offers its workbook; handing it in shows the differences."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import World
from tests.intake.filling import filled
from tiendo.accounts.models import User
from tiendo.intake.models import Import
from tiendo.plans.files import inspect_file
from tiendo.plans.models import Plan

SignIn = Callable[[User], Client]


@pytest.fixture
def client(units: World, client_of: SignIn) -> Client:
    """The coordinator's browser."""
    return client_of(units.chi)


def address(plan: Plan, act: str = "return") -> str:
    name = "plan-workbook-return" if act == "return" else "plan-workbook"
    return reverse(f"plans:{name}", args=[plan.code])


def downloaded(client: Client, plan: Plan) -> bytes:
    answer = client.get(address(plan, "get"))
    assert answer["Content-Disposition"] == f'attachment; filename="{plan.code}-v1.xlsx"'
    return answer.content


def hand_in(client: Client, plan: Plan, data: bytes, name: str = "kh.xlsx") -> "tuple[int, str, list[tuple[str, int]]]":
    answer = client.post(address(plan), {"file": SimpleUploadedFile(name, data)}, follow=True)
    return answer.status_code, answer.content.decode(), answer.redirect_chain


def test_the_coordinator_finds_both_on_the_page_of_the_plan(client: Client, sample_plan: Plan) -> None:
    page = client.get(reverse("plans:plan-detail", args=[sample_plan.code])).content.decode()
    assert address(sample_plan, "get") in page
    assert address(sample_plan) in page


def test_who_does_not_import_is_offered_neither(client_of: SignIn, units: World, sample_plan: Plan) -> None:
    page = client_of(units.an).get(reverse("plans:plan-detail", args=[sample_plan.code])).content.decode()
    assert address(sample_plan) not in page
    assert client_of(units.an).get(address(sample_plan, "get")).status_code == 403


def test_the_download_is_a_sound_workbook(client: Client, sample_plan: Plan) -> None:
    assert inspect_file(downloaded(client, sample_plan), "kh.xlsx").extension == "xlsx"


def test_an_edited_workbook_opens_the_review_of_its_differences(client: Client, sample_plan: Plan) -> None:
    data = filled(downloaded(client, sample_plan), {"Nhiệm vụ!F2": "Bộ tài liệu mới"})
    status, page, went = hand_in(client, sample_plan, data)
    source = Import.objects.get(form="workbook")
    assert (status, went[0][0]) == (200, reverse("intake:import-review", args=[source.pk]))
    assert "Bộ tài liệu mới" in page


def test_a_workbook_without_a_difference_says_so(client: Client, sample_plan: Plan) -> None:
    status, page, _went = hand_in(client, sample_plan, downloaded(client, sample_plan))
    assert status == 422
    assert "Không có gì khác" in page


def test_wrong_cells_are_named_on_the_page(client: Client, sample_plan: Plan) -> None:
    data = filled(downloaded(client, sample_plan), {"Nhiệm vụ!I2": "khi nào xong"})
    status, page, _went = hand_in(client, sample_plan, data)
    assert status == 422
    assert "<b>Nhiệm vụ!I2</b>" in page
    assert "hãy sửa các ô sau" in page
    assert "Không có gì khác" not in page
    assert not Import.objects.filter(form="workbook").exists()


def test_the_same_file_again_leads_to_its_first_differences(client: Client, sample_plan: Plan) -> None:
    data = filled(downloaded(client, sample_plan), {"Nhiệm vụ!F2": "Bộ tài liệu mới"})
    hand_in(client, sample_plan, data)
    _status, page, _went = hand_in(client, sample_plan, data)
    assert "đã được nộp ngày" in page
    assert Import.objects.filter(form="workbook").count() == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("kh.docx", b"PK\x03\x04", "xlsx"), ("kh.xlsx", b"khong phai", "XLSX"), ("kh.xlsx", b"", "rỗng")],
)
def test_a_file_that_is_no_workbook_is_refused_with_a_sentence(
    client: Client, sample_plan: Plan, name: str, data: bytes, words: str
) -> None:
    status, page, _went = hand_in(client, sample_plan, data, name)
    assert status == 422
    assert words in page


def test_a_plan_nobody_knows_has_no_workbook(client: Client) -> None:
    assert client.get("/lam-viec/ke-hoach/khong-co/excel/").status_code == 404
