"""Base pages and error pages; promises that every template of the repository keeps."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory, override_settings

import tiendo
from tests.ui import gallery
from tiendo.ui.context import is_illustrative, site

ROOT = Path(tiendo.__file__).parent
TEMPLATES = sorted(ROOT.glob("**/templates/**/*.html"))
SPRITE = (ROOT / "ui/static/ui/icons.svg").read_text()
FORBIDDEN = {
    "style element": re.compile(r"<style", re.IGNORECASE),
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "handler attribute": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "foreign host": re.compile(r"(src|href|action)=.(https?:)?//(?!\{)", re.IGNORECASE),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_keeps_the_content_policy(path: Path) -> None:
    source = path.read_text()
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(source)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_uses_icons_that_exist(path: Path) -> None:
    names = re.findall(r"{% icon \"([a-z-]+)\"", path.read_text())
    assert [name for name in names if f'id="{name}"' not in SPRITE] == []


def test_the_scan_finds_what_it_looks_for() -> None:
    bad = (
        '<style>a{}</style><p style="x" onclick="y"><script>z</script><a href="javascript:0"><img src="//a.example/x">'
    )
    assert [name for name, pattern in FORBIDDEN.items() if not pattern.search(bad)] == []


def test_gallery_renders_every_component_once() -> None:
    html = gallery.rendered()
    used = set(re.findall(r"{% (\w+)", (ROOT / "ui/templates/ui/gallery.html").read_text()))
    assert used >= {"chip", "stat", "pager", "count_line", "field", "empty", "missing", "progress", "form_errors"}
    assert html.count("<h1") == 1
    assert '<html lang="vi">' in html
    assert "{%" not in html
    assert "{{" not in html


def test_ids_on_a_page_are_unique() -> None:
    ids = re.findall(r'\bid="([^"]+)"', gallery.rendered())
    assert sorted(ids) == sorted(set(ids))


def page(template: str, **context: Any) -> str:
    return render_to_string(template, context, RequestFactory().get("/"))


@pytest.mark.parametrize("template", ["ui/base_work.html", "ui/base_public.html", "ui/base_print.html", "404.html"])
def test_every_page_carries_the_secrets_line_and_the_skip_link(template: str) -> None:
    html = page(template)
    assert "Hệ thống không chứa bí mật nhà nước." in html
    assert '<a class="skip" href="#main">' in html
    assert '<main id="main"' in html


def test_public_page_loads_no_script_and_carries_no_token() -> None:
    html = page("ui/base_public.html")
    assert "<script" not in html
    assert "csrf" not in html
    assert html.count('rel="stylesheet"') == 2


def test_language_switch_comes_back_to_the_same_page() -> None:
    html = render_to_string("ui/base_public.html", {}, RequestFactory().get("/tim/", {"q": "5g"}))
    assert 'action="/ngon-ngu/" method="post"' in html
    assert 'name="next" value="/tim/?q=5g"' in html
    assert 'name="language" value="en"' in html


def test_ribbon_follows_the_flag_in_the_data_folder(tmp_path: Path) -> None:
    with override_settings(TIENDO_HOME=tmp_path):
        assert not is_illustrative()
        assert "Dữ liệu minh họa" not in page("ui/base_public.html")
        (tmp_path / "illustrative").touch()
        assert "Dữ liệu minh họa" in page("ui/base_public.html")


def test_another_site_in_the_context_does_not_hide_ours() -> None:
    with override_settings(TIENDO_ILLUSTRATIVE=True):
        html = page("ui/base_public.html", site={"name": "127.0.0.1"})
    assert "Dữ liệu minh họa" in html
    assert "127.0.0.1" not in html


def test_site_names_the_place_it_serves() -> None:
    with override_settings(TIENDO_PLACE="Điện Biên"):
        assert site(RequestFactory().get("/"))["site"]["place"] == "Điện Biên"


def test_500_stands_without_request_and_context() -> None:
    assert "Hệ thống gặp lỗi" in get_template("500.html").render()


def test_403_gives_the_reason_escaped() -> None:
    html = page("403.html", exception="Chỉ thủ trưởng <b> được duyệt.")
    assert "Chỉ thủ trưởng &lt;b&gt; được duyệt." in html


@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_page_says_what_to_do(template: str) -> None:
    html = get_template(template).render()
    assert re.search(r"<h1>[^<]+</h1>", html)
    assert re.search(r"[Hh]ãy ", html)
    assert "Về trang đầu" in html
