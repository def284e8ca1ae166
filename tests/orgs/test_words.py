"""Vietnamese words made comparable."""

import unicodedata

import pytest

from tiendo.orgs.words import bare_place, fold, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Mạng  5G ở Đà", "mang 5g o da"),
        ("KH&CN", "kh cn"),
        ("Sở Lao động - Thương binh và Xã hội", "so lao dong thuong binh va xa hoi"),
        ("ĐƯỜNG", "duong"),
        ("", ""),
        (" … ", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_words_sort_as_in_a_vietnamese_dictionary() -> None:
    ordered = ["Ta Gia", "Tả Lèng", "Tà Tổng", "Tăng", "Tân Uyên", "Than Uyên", "Trung", "Tủa", "Tư", "Uyên"]
    assert sorted(sorted(ordered), key=sort_key) == ordered
    for before, after in [("Ba", "Bà"), ("Bà", "Bả"), ("Bả", "Bã"), ("Bã", "Bá"), ("Bá", "Bạ")]:
        assert sort_key(before) < sort_key(after)
    for before, after in [("Da", "Đa"), ("Đa", "Ea"), ("ă", "â"), ("a", "ă"), ("o", "ô"), ("ô", "ơ"), ("u", "ư")]:
        assert sort_key(before) < sort_key(after)


def test_letters_count_before_tones_and_case_not_at_all() -> None:
    assert sort_key("Tà Tổng") > sort_key("Ta Gia")
    assert sort_key("Sở Y tế") == sort_key("SỞ Y TẾ") == sort_key(unicodedata.normalize("NFD", "sở y tế"))


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("UBND xã Mường Tè", "Mường Tè"),
        ("Xã Than Uyên", "Than Uyên"),
        ("Phường Tân Phong", "Tân Phong"),
        ("Sở Y tế", "Sở Y tế"),
        ("xã ", "xã "),
    ],
)
def test_a_commune_by_its_bare_name(name: str, bare: str) -> None:
    assert bare_place(name) == bare
