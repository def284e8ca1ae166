"""Component tags: right words, right boundaries, everything escaped."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from tiendo.ui.chips import CHIPS

NASTY = '<script>"&'


def render(source: str, query: str = "", **context: Any) -> str:
    request = RequestFactory().get(f"/danh-sach/{query}")
    return Template(source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    "source",
    [
        "{% chip 'overdue' x %}",
        "{% chip x %}",
        "{% missing x %}",
        "{% missing None x %}",
        "{% stat x 1 x '' x %}",
        "{% progress 5 x %}",
        "{% icon 'check' x %}",
        "{% empty x x x %}",
        "{% message x %}",
        "{% crumbs x x x %}",
        "{% steps 1 x %}",
        "{% count_line 3 x x %}",
        "{% tabs items x %}",
        "{{ x|vn_date }}{{ x|vn_number }}{{ x|vn_datetime }}",
    ],
)
def test_words_from_outside_are_escaped(source: str) -> None:
    html = render(source, x=NASTY, items=[(NASTY, NASTY, True)])
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("kind", CHIPS)
def test_each_chip_has_icon_and_word(kind: str) -> None:
    html = render("{% chip kind %}", kind=kind)
    assert f"#{CHIPS[kind].icon}" in html
    assert CHIPS[kind].words in html


def test_words_once_marked_as_safe_do_not_let_others_through() -> None:
    for tag in ("chip 'overdue' x", "icon 'check' x"):
        assert "<i>" in render(f"{{% {tag} %}}", x=mark_safe("<i>"))
        assert "<i>" not in render(f"{{% {tag} %}}", x="<i>")


@pytest.mark.parametrize(("text", "shown"), [("", ""), ("Sở Y tế", "Sở Y tế"), ("Sở Xây dựng", "Sở Xây…")])
def test_clipped_keeps_short_words_whole(text: str, shown: str) -> None:
    assert render("{{ x|clipped:7 }}", x=text) == shown
    assert render("{{ x|truncatechars:7 }}", x=text) == shown


def test_chip_of_an_unknown_code_is_plain() -> None:
    assert 'class="chip"' in render("{% chip 'another' %}")
    assert "another" in render("{% chip 'another' %}")


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (Decimal("2.50"), "2,5"), (date(2025, 2, 5), "05/02/2025")])
def test_missing_shows_what_is_there(value: object, text: str) -> None:
    assert render("{% missing value %}", value=value) == text


@pytest.mark.parametrize("value", [None, ""])
def test_missing_says_not_in_the_document(value: object) -> None:
    assert render("{% missing value %}", value=value) == '<span class="missing">không có trong văn bản</span>'


@pytest.mark.parametrize(
    ("percent", "filled", "text"),
    [
        ("99.6", "99.6", "99,6"),
        ("99.99", "99.99", "99,9"),
        ("100", "100", "100"),
        ("115", "100", "115"),
        ("-10", "0", "−10"),
    ],
)
def test_progress_bar_stops_at_its_ends_and_the_number_does_not(percent: str, filled: str, text: str) -> None:
    html = render("{% progress value %}", value=Decimal(percent))
    assert f'value="{filled}"' in html
    assert f"<span>{text}\u00a0%</span>" in html


def test_progress_without_a_value_is_not_zero() -> None:
    html = render("{% progress None %}")
    assert "<progress" not in html
    assert "chưa có dữ liệu" in html


@pytest.mark.parametrize(
    ("days", "text"),
    [(5, "còn 5 ngày"), (1, "còn 1 ngày"), (0, "hôm nay là hạn cuối"), (-1, "quá hạn 1 ngày"), (None, "")],
)
def test_days_phrase(days: int | None, text: str) -> None:
    assert render("{{ days|days_phrase }}", days=days) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 23), "23/11/2026 (hôm nay)"),
        (date(2026, 11, 22), "22/11/2026 (1 ngày trước)"),
        (date(2026, 10, 24), "24/10/2026 (30 ngày trước)"),
        (date(2025, 10, 19), "19/10/2025 (400 ngày trước)"),
        (date(2026, 11, 24), "24/11/2026"),
        (datetime(2026, 11, 22, 18, tzinfo=UTC), "23/11/2026 (hôm nay)"),
        (None, ""),
    ],
)
def test_ago_says_how_old_a_day_is(day: date | None, text: str) -> None:
    assert render("{{ day|ago:today }}", day=day, today=date(2026, 11, 23)) == text


def test_days_phrase_from_a_date() -> None:
    html = render("{{ due|days_phrase:today }}", due=date(2026, 1, 2), today=date(2025, 12, 31))
    assert html == "còn 2 ngày"


def test_stat_opens_its_list_and_none_is_not_zero() -> None:
    html = render("{% stat 'Quá hạn' 1234 url 'danger' %}", url="/x/?a=1&b=2")
    assert '<a class="stat stat-danger" href="/x/?a=1&amp;b=2">' in html
    assert "<b>1.234</b>" in render("{% stat 'Quá hạn' 1234 %}")
    assert "<b>0</b>" in render("{% stat 'Quá hạn' 0 %}")
    assert "chưa có dữ liệu" in render("{% stat 'Quá hạn' None %}")


def test_pager_keeps_the_rest_of_the_query() -> None:
    page = Paginator(range(100), 10).page(3)
    html = render("{% pager page %}", "?q=m%E1%BA%A1ng+5G&side=a&side=b&page=3", page=page)
    assert 'href="?q=m%E1%BA%A1ng+5G&amp;side=a&amp;side=b&amp;page=2" rel="prev"' in html
    assert '<b aria-current="page">3</b>' in html


def test_pager_of_one_page_is_nothing() -> None:
    assert render("{% pager page %}", page=Paginator(range(10), 10).page(1)).strip() == ""


def test_count_line_counts_the_list_and_names_the_part() -> None:
    html = render("{% count_line page 'nhiệm vụ' 'quá hạn' %}", page=Paginator(range(1312), 25).page(2))
    assert html.strip() == '<p class="count-line">Có <b>1.312</b> nhiệm vụ (quá hạn), đang xem 26–50.</p>'
    assert "Không có nhiệm vụ nào." in render("{% count_line 0 'nhiệm vụ' %}")


def test_query_changes_one_key_and_removes_another() -> None:
    assert render("{% query page=2 side=None %}", "?q=a&side=x") == "?q=a&amp;page=2"
    assert Template("{% query page=2 %}").render(Context()) == "?page=2"


class SmallForm(forms.Form):
    name = forms.CharField(label="Tên", help_text="Như trong văn bản.")
    note = forms.CharField(label="Ghi chú", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")], widget=forms.RadioSelect, help_text="Chọn một.")


def test_field_ties_help_and_error_to_its_control() -> None:
    html = render("{% field form.name %}", form=SmallForm({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "required" in html


def test_optional_field_says_so() -> None:
    assert "(không bắt buộc)" in render("{% field form.note %}", form=SmallForm())
    assert "(không bắt buộc)" not in render("{% field form.name %}", form=SmallForm())


def test_choices_are_a_fieldset_with_its_legend() -> None:
    html = render("{% field form.kind %}", form=SmallForm())
    assert "<fieldset" in html
    assert "<legend>Loại" in html
    assert 'aria-describedby="id_kind_helptext"' in html


def test_form_errors_lead_to_their_fields() -> None:
    assert 'href="#id_name"' in render("{% form_errors form %}", form=SmallForm({}))
    assert render("{% form_errors form %}", form=SmallForm()).strip() == ""


def test_nav_item_of_an_unknown_page_is_nothing() -> None:
    assert render("{% nav_item 'nowhere:at-all' 'Ở đâu' %}").strip() == ""


def test_nav_item_marks_the_page_one_is_on() -> None:
    request = RequestFactory().get("/ngon-ngu/")
    html = Template("{% nav_item 'set_language' 'Ngôn ngữ' %}").render(Context({"request": request}))
    assert 'aria-current="page"' in html


def test_nav_item_exact_is_not_marked_below_its_page() -> None:
    request = RequestFactory().get("/ngon-ngu/khac/")
    source = "{% nav_item 'set_language' 'Ngôn ngữ' exact=True %}"
    assert "aria-current" not in Template(source).render(Context({"request": request}))


def test_crumbs_of_a_first_page_are_nothing() -> None:
    assert render("{% crumbs 'Nhiệm vụ' %}").strip() == ""
    assert render("{% crumbs 'Nhiệm vụ' '/n/' 'III.2' %}").count("<li") == 2
