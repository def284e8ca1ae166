from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tiendo.plans.models import StoredFile
from tiendo.plans.storage import read_file, store_file


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_the_same_content_is_kept_once(db: None, now: datetime, folder: Path) -> None:
    first, second = (store_file(b"van ban", extension="txt", media_type="text/plain", at=now) for _ in range(2))
    assert first == second
    assert StoredFile.objects.count() == len([path for path in folder.rglob("*") if path.is_file()]) == 1
    assert read_file(first) == b"van ban"


def test_a_file_changed_on_disk_is_not_served(db: None, now: datetime, folder: Path) -> None:
    stored = store_file(b"van ban", extension="txt", media_type="text/plain", at=now)
    (folder / stored.sha256[:2] / stored.sha256).write_bytes(b"khac")
    with pytest.raises(ValueError, match="changed on disk"):
        read_file(stored)
