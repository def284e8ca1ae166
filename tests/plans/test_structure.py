"""Content that contradicts itself is refused before anything is stored."""

import pytest

from tiendo.plans.structure import NewGroup, NewItem, NewTask, Unsound, VersionContent, check

TOP = NewItem("III", "section", "Nhiệm vụ", {"lines": [1, 1]})
BULLET = NewItem("III#1", "bullet", "Phủ sóng", {"lines": [2, 2]}, parent="III")
GROUP = NewGroup("III", "Nhiệm vụ", "Nhiệm vụ")


def test_sound_content_passes() -> None:
    task = NewTask(item="III#1", title="Phủ sóng", description="Phủ sóng", group="III")
    check(VersionContent(items=(TOP, BULLET), tasks=(task,), groups=(GROUP,)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (VersionContent(items=(TOP, TOP)), "III stands twice"),
        (VersionContent(items=(BULLET,)), "parent III is not there"),
        (VersionContent(items=(TOP,), tasks=(NewTask("IV", "Việc", "Việc"),)), "item IV is not there"),
        (VersionContent(items=(TOP,), tasks=(NewTask("III", "Việc", "Việc", group="X"),)), "group X is not there"),
    ],
)
def test_unsound_content_is_told_by_its_path(content: VersionContent, said: str) -> None:
    with pytest.raises(Unsound, match=said):
        check(content)
