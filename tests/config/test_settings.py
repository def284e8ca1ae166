"""What the settings promise whoever runs the house."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tiendo.config.settings import _secret_key

FAILED_PAGE = """
import django
django.setup()
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import log_response

log_response("%s", "/mot-trang/", response=HttpResponse(status=500), request=RequestFactory().get("/mot-trang/"),
             exception=ValueError("hỏng giữa chừng"))
"""


def test_a_failing_page_leaves_its_traceback_with_the_server(tmp_path: Path) -> None:
    given = {"TIENDO_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tiendo.config.settings", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", FAILED_PAGE], env=os.environ | given, capture_output=True, encoding="utf-8", check=True
    )
    assert "/mot-trang/" in done.stderr
    assert "ValueError: hỏng giữa chừng" in done.stderr


def test_the_key_and_the_data_folder_are_their_owner_s_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIENDO_SECRET_KEY", raising=False)
    home = tmp_path / "home"
    key = _secret_key(home)
    assert len(key) > 60
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    assert _secret_key(home) == key
