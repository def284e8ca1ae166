"""The gallery page rendered with every component in it, for tests and for screenshots."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from tiendo.ui.chips import CHIPS

TODAY = date(2026, 6, 12)


class ReportForm(forms.Form):
    """One field of each sort; bound to wrong data so that errors show."""

    state = forms.ChoiceField(label="Tình trạng", choices=[("", "Chọn…"), ("completed", "Hoàn thành")])
    percent = forms.DecimalField(
        label="Tỷ lệ hoàn thành (%)", help_text="Từ 0 đến 100, dấu phẩy thập phân.", max_value=100
    )
    result = forms.CharField(label="Kết quả", widget=forms.Textarea, help_text="Sản phẩm cụ thể, số và ngày văn bản.")
    kind = forms.ChoiceField(
        label="Loại bằng chứng", choices=[("doc", "Văn bản"), ("file", "Tệp")], widget=forms.RadioSelect
    )
    groups = forms.MultipleChoiceField(
        label="Nhóm", choices=[("1", "Hạ tầng"), ("2", "Nhân lực")], widget=forms.CheckboxSelectMultiple, required=False
    )
    sure = forms.BooleanField(label="Tôi đã đối chiếu với văn bản gốc", help_text="Người duyệt thấy dòng này.")
    evidence = forms.FileField(
        label="Tệp bằng chứng", required=False, help_text="PDF, DOCX, XLSX, PNG, JPG; tối đa 20 MB."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1, required=False)


class FilterForm(forms.Form):
    """What a list is filtered by."""

    q = forms.CharField(label="Tìm", required=True)
    unit = forms.ChoiceField(label="Cơ quan", choices=[("", "Tất cả")])
    side = forms.ChoiceField(label="Thời hạn", choices=[("", "Tất cả")])


def row(
    title: str, lead: str | None, due: date | None, side: str, percent: str | None, money: int | None
) -> dict[str, Any]:
    """One line of the list."""
    days = (due - TODAY).days if due else None
    number = None if percent is None else Decimal(percent)
    return {"title": title, "lead": lead, "due_on": due, "side": side, "days": days, "percent": number, "money": money}


def context() -> dict[str, Any]:
    """Everything the gallery asks for."""
    rows = [
        row(
            "Phủ sóng 5G tại trung tâm các xã và khu công nghiệp",
            "Sở KH&CN",
            date(2026, 6, 9),
            "overdue",
            "99.6",
            12_500_000_000,
        ),
        row(
            "Bồi dưỡng kỹ năng số cho cán bộ, công chức", "Sở Nội vụ", date(2026, 6, 17), "due_soon", "45", 800_000_000
        ),
        row("Thanh toán không dùng tiền mặt trong trường học", None, None, "deadline_missing", None, None),
    ]
    cells = [
        {"label": "Hoàn thành đúng hạn", "number": 1234, "url": "#a", "tone": "accent", "note": "62 % tổng số"},
        {"label": "Hoàn thành quá hạn", "number": 4, "url": "#b", "tone": "", "note": ""},
        {"label": "Chưa hoàn thành, trong hạn", "number": 27, "url": "#c", "tone": "", "note": "8 sắp đến hạn"},
        {"label": "Chưa hoàn thành, quá hạn", "number": 9, "url": "#d", "tone": "danger", "note": "3 ở Sở Y tế"},
        {"label": "Chưa có báo cáo", "number": None, "url": "", "tone": "warn", "note": ""},
    ]
    tabs = [("Tổng quan", "#t1", True), ("Báo cáo", "#t2", False, 4), ("Bằng chứng", "#t3", False, 0)]
    menu = ["Việc của tôi", "Tổng quan", "Nhiệm vụ", "Kế hoạch", "Báo cáo", "Công bố", "Cơ quan", "Nhật ký"]
    return {
        "nav": [(words, f"#m{n}", n == 2) for n, words in enumerate(menu)],
        "rows": rows,
        "cells": cells,
        "tab_items": tabs,
        "kinds": list(CHIPS),
        "page": Paginator(range(312), 25).page(2),
        "form": ReportForm({"percent": "115", "state": ""}),
        "filter_form": FilterForm(),
        "today": TODAY,
        "now": datetime(2026, 6, 12, 7, 30, tzinfo=UTC),
        "money": Decimal("1250000000"),
        "full": Decimal(100),
        "half": Decimal("50.55"),
        "autosave_url": "/save",
        "live_url": "/live",
        "part_url": "/part",
        "print_parent": "UBND TỈNH LAI CHÂU",
        "print_agency": "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    }


def rendered() -> str:
    """The page as HTML, with the ribbon."""
    with override_settings(TIENDO_ILLUSTRATIVE=True):
        return render_to_string("ui/gallery.html", context(), RequestFactory().get("/mau/", {"q": "5g", "page": "2"}))
