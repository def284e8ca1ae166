"""Agencies: longest name first, unknown text kept, lists never split blindly."""

import pytest

from tiendo.intake.extraction.agencies import Directory
from tiendo.intake.extraction.duties import coordinating, subjects

DIRECTORY = Directory(
    {
        "so-kh": ["Sở Khoa học và Công nghệ", "Sở KH&CN", "KHCN"],
        "so-vh": ["Sở Văn hóa, Thể thao và Du lịch"],
        "so-tc": ["Sở Tài chính"],
        "bo-tt": ["Bộ Thông tin và Truyền thông"],
        "bo-kh": ["Bộ Khoa học và Công nghệ"],
        "nhom-so": ["các sở, ban, ngành"],
        "nhom-xa": ["UBND các xã, phường"],
        "vp": ["Văn phòng"],
        "vp-ubnd": ["Văn phòng UBND tỉnh"],
        "tinh-uy": ["Tỉnh ủy"],
    }
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Sở KH&CN; Sở Tài chính", [("Sở KH&CN", "so-kh"), ("Sở Tài chính", "so-tc")]),
        ("Sở Văn hoá, Thể thao và Du lịch", [("Sở Văn hoá, Thể thao và Du lịch", "so-vh")]),
        ("Sở Khoa học & Công nghệ", [("Sở Khoa học & Công nghệ", "so-kh")]),
        ("sở khoa học\nvà công nghệ", [("sở khoa học và công nghệ", "so-kh")]),
        ("Văn phòng UBND tỉnh", [("Văn phòng UBND tỉnh", "vp-ubnd")]),
        (
            "Bộ Thông tin và Truyền thông Bộ Khoa học và Công nghệ",
            [("Bộ Thông tin và Truyền thông", "bo-tt"), ("Bộ Khoa học và Công nghệ", "bo-kh")],
        ),
        ("Bộ Văn hóa, Thể thao và Du lịch", [("Bộ Văn hóa, Thể thao và Du lịch", None)]),
        ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", [("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", None)]),
        ("Viện Cây rừng,Sở Tài chính", [("Viện Cây rừng", None), ("Sở Tài chính", "so-tc")]),
        (
            "Các sở, ban, ngành liên quan; UBND các xã, phường",
            [("Các sở, ban, ngành liên quan", "nhom-so"), ("UBND các xã, phường", "nhom-xa")],
        ),
        ("Tổ A; Tổ B và Sở Lạ, Ban Mới\nHội X", [(t, None) for t in ("Tổ A", "Tổ B", "Sở Lạ", "Ban Mới", "Hội X")]),
        ("và Sở Tài chính, Tổ A và", [("Sở Tài chính", "so-tc"), ("Tổ A", None)]),
        ("KHCN", [("KHCN", "so-kh")]),
        ("Tỉnh uỷ", [("Tỉnh uỷ", "tinh-uy")]),
        ("", []),
    ],
)
def test_split(cell, expected):
    assert [(mention.text, mention.unit) for mention in DIRECTORY.split(cell)] == expected


def test_bare_abbreviations_are_words_in_prose():
    assert DIRECTORY.find("phát triển KHCN và đổi mới sáng tạo") == ()
    assert [m.unit for m in DIRECTORY.find("giao Sở KH&CN theo dõi")] == ["so-kh"]


def test_mentions_are_exact_places_in_the_text():
    text = "Giao Sở Tài chính, phối hợp với các sở, ban, ngành."
    for mention in DIRECTORY.find(text):
        assert text[mention.start : mention.end] == mention.text


def test_subjects_and_partners_of_a_clause():
    text = (
        "Sở Tài chính chủ trì, phối hợp với các sở, ban, ngành, UBND các xã, phường tổ chức thực hiện, báo cáo Tỉnh ủy."
    )
    found = DIRECTORY.find(text)
    assert [m.unit for m in subjects(text, found)] == ["so-tc"]
    assert [m.unit for m in coordinating(text, found)] == ["nhom-so", "nhom-xa"]


def test_directory_takes_a_plain_list_too():
    directory = Directory.from_data([{"code": "x", "name": "Sở Lạ", "aliases": None}])
    assert [m.unit for m in directory.find("Sở Lạ")] == ["x"]


def test_who_issued_a_cited_paper_is_not_charged():
    directory = Directory({"chinh-phu": ["Chính phủ"]})
    text = "Triển khai Quyết định số 12/QĐ-TTg của Thủ tướng Chính phủ ban hành Chiến lược dữ liệu."
    assert subjects(text, directory.find(text)) == ()
