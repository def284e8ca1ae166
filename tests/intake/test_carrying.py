"""Which higher documents the words of a plan or a task say it carries out (R027)."""

from datetime import date

import pytest

from tiendo.intake.actions import start_import
from tiendo.intake.carrying import carried_out, known_references, plan_words
from tiendo.plans.models import Mandate


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Triển khai Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị.", ["57-NQ/TW"]),
        ("Thực hiện Nghị quyết số 57-NQ/TW và Nghị quyết số 03/NQ-CP.", ["57-NQ/TW", "03/NQ-CP"]),
        ("Số hóa dữ liệu dân cư theo Quyết định số 06/QĐ-TTg.", ["06/QĐ-TTg"]),
        ("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15; Nghị quyết số 5/NQ-CP.", []),
        ("Sửa Quyết định số 12/2020/QĐ-UBND.", []),
        ("Mở 20 điểm đọc sách.", []),
    ],
)
def test_only_what_is_said_to_be_carried_out(words, numbers):
    found = list(carried_out(words, {}))
    assert [each.number for each in found] == numbers
    assert all(each.quote in words for each in found)


def test_what_one_mention_leaves_out_another_says():
    known = known_references(
        {"references": [{"number": "03-NQ/CP", "kind": "Nghị quyết", "issuer": "Chính phủ", "issued_on": "2025-01-09"}]}
    )
    (found,) = carried_out("Triển khai Nghị quyết số 03/NQ-CP.", known)
    assert (found.issuer, found.issued_on) == ("Chính phủ", date(2025, 1, 9))


def test_a_plan_says_it_in_its_title_and_above_its_first_heading():
    mention = [{"item": None, "line": 2}, {"item": "I.1", "line": 3}]
    reading = {"document": {"title": "Thực hiện việc"}, "references": [{"number": "1/QĐ", "mentions": mention}]}
    assert plan_words(reading, ["một", "hai", "ba"]) == ["Thực hiện việc", "hai"]


PLAN = """KẾ HOẠCH
Thực hiện Nghị quyết số 57-NQ/TW về chuyển đổi số

Triển khai Nghị quyết số 03/NQ-CP ngày 09/01/2025 của Chính phủ, tỉnh giao việc như sau:

I. NHIỆM VỤ

1. Dữ liệu

- Số hóa sổ hộ tịch theo Quyết định số 06/QĐ-TTg, xong trước 30/6/2026.

- Sửa Quyết định số 12/2020/QĐ-UBND.
"""


@pytest.mark.django_db
def test_accepting_a_plan_keeps_what_it_carries_out(units, accept, now):
    source, _new = start_import(data=PLAN.encode(), name="ke-hoach.txt", by=units.chi, at=now)
    version = accept(source, code="KHX")
    kept = {(row.document.number, row.task.code if row.task else None) for row in Mandate.objects.all()}
    assert kept == {("57-NQ/TW", None), ("03/NQ-CP", None), ("06/QĐ-TTg", "KHX-001")}
    assert all(row.quote for row in Mandate.objects.all())
    assert version.plan.mandates.get(document__number="03/NQ-CP").document.issuer == "Chính phủ"
