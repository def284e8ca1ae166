"""The commands an administrator types: `init` for real use, `demo` to try."""

import gc
import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.config.test_units import HEAD, workbook
from tiendo.accounts.models import Post, Role, User
from tiendo.accounts.permissions import can_administer
from tiendo.audit.models import Event
from tiendo.budget.models import FundingSource
from tiendo.budget.shipped import shipped_sources
from tiendo.config.sample import followup, load
from tiendo.config.sample.story import PASSWORD
from tiendo.intake.finding import READABLE
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan

WORD = "một-mật-khẩu-dài"


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    file = tmp_path / "mat-khau"
    file.write_text(f"{WORD}\n", encoding="utf-8")
    return file


def init(password_file: Path, **options: object) -> str:
    out = StringIO()
    given = {"admin_username": "quan-tri", "admin_name": "Lò Thị An", "admin_password_file": password_file}
    call_command("init", stdout=out, **{**given, **options})
    return out.getvalue()


@pytest.mark.django_db
def test_init_makes_units_and_an_administrator_and_nothing_else(password_file: Path) -> None:
    said = init(password_file)
    user = User.objects.get()

    assert can_administer(user)
    assert user.check_password(WORD)
    assert Unit.objects.filter(kind="commune").count() == 38
    assert [each.code for each in FundingSource.objects.order_by("position")] == [
        each.code for each in shipped_sources()
    ]
    assert not Plan.objects.exists()
    assert "Việc tiếp theo" in said
    assert "tiendo serve" in said


@pytest.mark.django_db
def test_init_names_every_format_that_can_be_read(password_file: Path) -> None:
    said = init(password_file)
    assert [each for each in READABLE if not re.search(rf"\b{each}\b", said, re.IGNORECASE)] == []


@pytest.mark.django_db
def test_init_twice_changes_nothing(password_file: Path) -> None:
    init(password_file)
    before = Event.objects.count(), FundingSource.objects.count()

    said = init(password_file, admin_username="khac")

    assert (Event.objects.count(), FundingSource.objects.count()) == before
    assert Post.objects.get(role=Role.ADMINISTRATOR).user.username == "quan-tri"
    assert "Người quản trị đã có: quan-tri." in said


@pytest.mark.django_db
def test_init_takes_the_units_of_a_workbook(password_file: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path, HEAD, ["tinh", "UBND tỉnh B", "", "committee", "", ""])

    init(password_file, units=path, admin_unit="tinh")

    assert [unit.code for unit in Unit.objects.all()] == ["tinh"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"admin_unit": "khong-co"}, "Không có đơn vị mang mã “khong-co”"),
        ({"admin_name": None}, "Thiếu --admin-name"),
        ({"admin_password_file": None}, "Thiếu --admin-password-file"),
        ({"admin_password_file": Path("/khong/co")}, "Không đọc được mật khẩu"),
        ({"units": Path("/khong/co.xlsx")}, "Không mở được tệp"),
    ],
)
def test_init_that_lacks_something_says_so_and_leaves_nothing(
    password_file: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, object], words: str
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())

    with pytest.raises(CommandError, match=words):
        init(password_file, **options)

    assert not User.objects.exists()
    assert not Unit.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_init_refuses_a_weak_password_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "yeu"
    file.write_text("1234", encoding="utf-8")

    with pytest.raises(CommandError, match="10"):
        init(file)

    assert not User.objects.exists()


@pytest.mark.django_db
def test_migrate_leaves_the_collection_of_rubbish_as_it_was() -> None:
    usual = gc.get_threshold()

    call_command("migrate", verbosity=0)

    assert gc.get_threshold() == usual


@pytest.mark.django_db
def test_demo_refuses_a_home_in_real_use(password_file: Path, settings: object, tmp_path: Path) -> None:
    settings.TIENDO_HOME = tmp_path  # type: ignore[attr-defined]
    init(password_file)

    with pytest.raises(CommandError, match="đã được dùng thật"):
        call_command("demo", stdout=StringIO())

    assert not (tmp_path / "illustrative").exists()
    assert not Plan.objects.exists()


@pytest.mark.django_db
def test_load_that_breaks_half_way_leaves_the_database_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followup, "charge", _break)

    with pytest.raises(KeyboardInterrupt):
        load.load_sample(now=datetime(2026, 11, 23, tzinfo=UTC), say=lambda words: None)

    assert not load.is_loaded()
    assert not Unit.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_demo_interrupted_says_that_nothing_was_kept(
    monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path
) -> None:
    settings.TIENDO_HOME = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr(load, "settle", _break)

    with pytest.raises(CommandError, match="chưa có gì được lưu") as stopped:
        call_command("demo", stdout=StringIO())

    assert stopped.value.returncode == 130


def _break(*args: object, **kwargs: object) -> None:
    raise KeyboardInterrupt


def run_demo(home: Path) -> subprocess.CompletedProcess[str]:
    """The command as a person types it, on the real settings."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "TIENDO_SECRET_KEY"}}
    environment = {**kept, "TIENDO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tiendo.config.settings"}
    command = [sys.executable, "-m", "tiendo.config.console", "demo"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def log_of(home: Path) -> list[tuple[int, str]]:
    with sqlite3.connect(home / "tiendo.sqlite3") as database:
        return database.execute("SELECT seq, hash FROM audit_event ORDER BY seq").fetchall()


@pytest.mark.slow
def test_demo_on_an_empty_home_says_who_may_sign_in_and_twice_is_harmless(tmp_path: Path) -> None:
    first = run_demo(tmp_path)
    log = log_of(tmp_path)
    second = run_demo(tmp_path)

    assert (first.returncode, first.stderr) == (0, "")
    assert all(name in first.stdout for name in ("dau-moi", "thu-truong.y-te", "lanh-dao", PASSWORD))
    assert (tmp_path / "illustrative").exists()
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout.endswith(first.stdout[first.stdout.index("Dữ liệu minh họa") :])
    assert len(log) > 1_000
    assert json.dumps(log_of(tmp_path)) == json.dumps(log)
