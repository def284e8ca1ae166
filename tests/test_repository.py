"""Promises about the whole repository, kept by tests rather than by memory."""

import ast
import importlib.util
import inspect
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command, get_commands
from django.db import models
from django.db.models.base import ModelBase
from django.urls import get_resolver

from tests.repository import (
    HOUSE,
    RECORD,
    ROOT,
    Calls,
    acts,
    files,
    functions,
    is_view,
    leaves,
    length,
    lines_in,
    name_of,
)

# Rungs from the ground up; rooms on one rung do not know each other. The import contract says the same of imports.
LADDER = [
    {"audit", "ui"},
    {"orgs"},
    {"accounts"},
    {"notices"},
    {"plans"},
    {"indicators", "budget"},
    {"intake", "reporting"},
    {"oversight"},
    {"evaluation"},
    {"warehouse"},
    {"publication"},
    {"web", "portal", "api"},
    {"config"},
]
RUNG = {room: height for height, rooms in enumerate(LADDER) for room in rooms}
OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("tiendo.")]


def test_every_installed_room_stands_on_the_ladder() -> None:
    rooms = {config.label for config in apps.get_app_configs() if config.name.startswith("tiendo.")}
    assert rooms == set(RUNG)


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_down_the_ladder(model: type[models.Model]) -> None:
    here = model._meta.app_label
    for field in model._meta.get_fields():
        target = field.related_model if field.is_relation and not field.auto_created else None
        if isinstance(target, ModelBase) and target.__module__.startswith("tiendo."):
            there = target._meta.app_label
            assert there == here or RUNG[there] < RUNG[here], f"{model.__name__}.{field.name} points up to {there}"


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_no_model_overrides_save_or_delete(model: type[models.Model]) -> None:
    own = {name for cls in model.__mro__ if cls.__module__.startswith("tiendo.") for name in vars(cls)}
    assert not own & {"save", "delete", "asave", "adelete"}


def test_every_page_outside_the_portal_and_the_api_needs_a_login() -> None:
    pages = list(leaves(get_resolver().url_patterns))
    open_pages = {
        address
        for address, page in pages
        if not getattr(page.callback, "login_required", True)
        and not address.startswith("/api/v1/")
        and not page.callback.__module__.startswith("tiendo.portal.")
    }
    assert len(pages) > 40
    assert open_pages == SIGN_IN_PAGES


# Signing in, choosing the language to do it in, and the calendar that a secret address opens.
SIGN_IN_PAGES = {"/lam-viec/dang-nhap/", "/ngon-ngu/", "/lam-viec/thong-bao/lich/<str:token>.ics"}


@pytest.mark.parametrize("act", acts(), ids=lambda act: f"{act.__module__}.{act.__name__}")
def test_every_act_takes_keywords_says_by_whom_and_when_and_is_recorded(act: Callable[..., object]) -> None:
    parameters = inspect.signature(act).parameters
    assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters.values())
    assert {"by", "at"} <= set(parameters)
    assert CALLS.reaches((act.__module__, act.__name__), RECORD)


CALLS = Calls()


def test_the_search_for_a_record_tells_a_read_from_an_act() -> None:
    assert CALLS.reaches(("tiendo.orgs.actions.units", "create_unit"), RECORD)
    assert not CALLS.reaches(("tiendo.orgs.queries", "unit_holding"), RECORD)


def test_nothing_listens_to_signals() -> None:
    listening = re.compile(r"@receiver\b|\b(pre|post)_(save|delete|init|migrate)\b|m2m_changed|Signal\(")
    assert [name_of(file) for file in files("*.py") if listening.search(file.read_text(encoding="utf-8"))] == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "common", "helpers", "helper", "core", "misc"}
    named = [*files("*.py"), *files("*.py", under=ROOT / "tests"), *files("*.py", under=ROOT / "scripts")]
    assert [name_of(file) for file in named if drawers & {file.stem, *file.relative_to(ROOT).parent.parts}] == []


def test_modules_stay_within_400_lines() -> None:
    assert {name_of(file): lines_in(file) for file in files("*.py") if lines_in(file) > 400} == {}


def test_functions_stay_within_40_lines_and_views_within_30() -> None:
    too_long = {
        f"{name_of(file)}:{node.name}": length(node)
        for file in files("*.py")
        for node in functions(file)
        if length(node) > (30 if is_view(node) else 40)
    }
    assert too_long == {}


def test_templates_stay_within_200_lines() -> None:
    assert {name_of(file): lines_in(file) for file in files("*.html") if lines_in(file) > 200} == {}


def test_templates_hold_no_inline_script_or_style() -> None:
    inline = re.compile(r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    data_island = re.compile(r'<script type="application/(ld\+)?json"')
    offenders = []
    for file in files("*.html"):
        text = data_island.sub("", file.read_text(encoding="utf-8"))
        offenders += [f"{name_of(file)}: {match[0].strip()}" for match in inline.finditer(text)]
    assert offenders == []


def test_no_work_is_left_behind_in_words() -> None:
    left = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")
    kinds = {".py", ".html", ".css", ".js", ".sh", ".md", ".toml", ".sql"}
    ours = [file for folder in ("tiendo", "tests", "scripts", "docs") for file in (ROOT / folder).rglob("*.*")]
    found = [name_of(file) for file in ours if file.suffix in kinds and left.search(file.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_generated_pages_equal_what_the_code_gives() -> None:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "scripts" / "generate_docs.py")
    assert spec is not None
    assert spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    assert generator.outdated() == []


def test_pages_of_the_documentation_link_to_pages_that_exist() -> None:
    link = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
    broken = []
    for page in [ROOT / "README.md", *files("*.md", under=ROOT / "docs")]:
        for target in link.findall(page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{name_of(page)} → {target}")
    assert broken == []


def test_every_room_says_what_it_is_for() -> None:
    rooms = [folder for folder in HOUSE.iterdir() if list(folder.glob("*.py"))]
    assert [room.name for room in rooms if not _docstring(room / "__init__.py")] == []


def _docstring(file: Path) -> str | None:
    return ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) if file.exists() else None


def test_tests_mirror_the_rooms() -> None:
    rooms = {folder.name for folder in HOUSE.iterdir() if (folder / "__init__.py").exists()}
    beside = {"browser", "documents", "durability", "factories", "fuzz", "oracles", "permissions", "road", "year"}
    folders = {file.parent for file in files("test_*.py", under=ROOT / "tests")} - {ROOT / "tests"}
    assert {folder.relative_to(ROOT / "tests").parts[0] for folder in folders} <= rooms | beside
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_commands_named_in_the_documentation_exist() -> None:
    named = re.compile(r"(?:\.venv/bin/|`)tiendo ([a-z_]+)")
    pages = [ROOT / "README.md", ROOT / "Makefile", *files("*.md", under=ROOT / "docs")]
    commands = {command for page in pages for command in named.findall(page.read_text(encoding="utf-8"))}
    assert commands
    assert commands <= set(get_commands())


@pytest.mark.parametrize("script", [*files("*.sh", under=ROOT / "scripts"), ROOT / ".ci" / "run"], ids=name_of)
def test_scripts_can_be_read_by_the_shell(script: Path) -> None:
    done = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
