"""The program on the standard library alone, run as a reader would run it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.publication.release import Story
from tiendo.plans.storage import read_file

PROGRAM = Path(__file__).resolve().parents[2] / "tiendo_verify.py"


def _verify(file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(PROGRAM), str(file), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def file(story: Story, tmp_path: Path) -> Path:
    path = tmp_path / "dot-cong-bo.json"
    release = story.publish()
    path.write_bytes(read_file(release.file))
    (tmp_path / "seal").write_text(release.seal)
    return path


def _edit(file: Path, edit: Any) -> None:
    content = json.loads(file.read_bytes())
    edit(content)
    file.write_text(json.dumps(content, ensure_ascii=False))


def test_the_released_file_is_whole_and_fits_the_printed_seal(file: Path) -> None:
    seal = (file.parent / "seal").read_text()
    answer = _verify(file, "--head", seal)
    assert (answer.returncode, seal in answer.stdout) == (0, True)


def test_one_changed_digit_is_found_and_named(file: Path) -> None:
    text = file.read_text()
    assert text.count("1250000000") == 1
    file.write_text(text.replace("1250000000", "1250000001"))
    answer = _verify(file)
    assert (answer.returncode, "task:kh-57-1" in answer.stdout + answer.stderr) == (1, True)


@pytest.mark.parametrize(
    "edit",
    [
        lambda content: content["records"].pop(1),
        lambda content: content["records"].reverse(),
        lambda content: content["header"].update(number=2),
        lambda content: content["header"]["summary"]["counts"].update(done_late=7),
    ],
    ids=["removed", "reordered", "renumbered", "recounted"],
)
def test_other_changes_are_found(file: Path, edit: Any) -> None:
    _edit(file, edit)
    assert _verify(file).returncode == 1
