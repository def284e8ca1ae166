"""Money that waits for finance, and what is typed in the forms on it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import NOON, World, make_funding, make_money
from tiendo.budget.models import MoneyLine
from tiendo.budget.money import Kind
from tiendo.budget.sheets import MoneyRow, write_sheet
from tiendo.plans.models import Task
from tiendo.plans.storage import store_file


def set_money(task: Task, world: World) -> None:
    """Unit A's spending on the task, with a file behind it, waits to be confirmed."""
    paper = store_file(b"%PDF-1.4\n%%EOF\n", extension="pdf", media_type="application/pdf", at=NOON)
    make_money(task, world.unit_a, by=world.an, evidence=paper, evidence_name="chung-tu.pdf")


def money_places(task: Task) -> dict[str, tuple[Any, ...]]:
    """The addresses of these pages and acts."""
    line = MoneyLine.objects.get().pk
    return {
        "budget:money-enter": (task.code, 2026),
        "budget:money-file": (line,),
        "budget:money-return": (line,),
        "budget:money-workbook": (2026,),
        "budget:money-workbook-get": (2026,),
    }


def typed_money(task: Task, world: World) -> dict[str, dict[str, Any]]:
    """What is typed, whole and right."""
    source = make_funding()
    amounts = {Kind.PLANNED: Decimal(5_000_000_000)}
    row = MoneyRow(task.code, task.title, world.unit_a.code, "", source.name, amounts, date(2026, 6, 30))
    sheet = write_sheet([row], year=2026, sources=[source.name], made_at=NOON, note="")
    entered = {"unit": world.unit_a.pk, "source": source.pk, "disbursed": "1,2 tỷ", "as_of": "2026-06-30"}
    spent = {"year": "2026", "basis": "estimate", "item": "total", "amount": "12.000 tỷ", "document": "NQ 50"}
    return {
        "budget:money-enter": entered,
        "budget:money-confirm": {"line": MoneyLine.objects.get().pk},
        "budget:money-return": {"reason": "Chưa có chứng từ"},
        "budget:money-workbook": {"file": SimpleUploadedFile("kinh-phi.xlsx", sheet)},
        "budget:share": spent,
    }
