"""Which unit a task is proposed to by the words of a function."""

import pytest

from tiendo.web.orgs.task_choices import Taker, taken_by

TAKERS = [
    Taker("vt", "Cục Viễn thông", "viễn thông; mạng 5G"),
    Taker("cds", "Cục Chuyển đổi số", "chuyển đổi số\nviễn thông công ích"),
    Taker("goc", "Sở", is_default=True),
]


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("Phủ MẠNG 5g toàn tỉnh", "vt"),
        ("Đẩy mạnh chuyển đổi số cấp xã", "cds"),
        ("Quỹ dịch vụ viễn thông công ích", "cds"),
        ("Mạng 5Gplus", None),
        ("Xây nhà văn hóa", None),
        ("Chuyển đổi số ngành Viễn thông", "cds"),
    ],
)
def test_the_longest_words_named_decide(title: str, mark: str | None) -> None:
    found = taken_by(title, TAKERS)
    assert (found.mark if found else None) == mark


def test_a_tie_is_nobodys() -> None:
    same = [Taker("a", "A", "viễn thông"), Taker("b", "B", "viễn thông")]
    assert taken_by("Hạ tầng viễn thông", same) is None
