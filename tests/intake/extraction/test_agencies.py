"""Agencies: longest name first, unknown text kept, lists never split blindly."""

import pytest

from tiendo.intake.extraction.agencies import Directory, built_in_directory, built_in_names, names_of
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
    directory = Directory(names_of([{"code": "x", "name": "Sở Lạ", "aliases": None}]))
    assert [m.unit for m in directory.find("Sở Lạ")] == ["x"]


def test_who_issued_a_cited_paper_is_not_charged():
    directory = Directory({"chinh-phu": ["Chính phủ"]})
    text = "Triển khai Quyết định số 12/QĐ-TTg của Thủ tướng Chính phủ ban hành Chiến lược dữ liệu."
    assert subjects(text, directory.find(text)) == ()


PLACES = Directory(
    {
        "ubnd-tinh": ["Ủy ban nhân dân tỉnh Lai Châu", "UBND tỉnh"],
        "so-tc": ["Sở Tài chính", "Sở TC"],
        "so-nv": ["Sở Nội vụ"],
        "so-yt": ["Sở Y tế"],
        "so-nn": ["Sở Nông nghiệp và Phát triển nông thôn", "Sở NN&PTNT"],
        "so-ld": ["Sở Lao động - Thương binh và Xã hội", "Sở LĐ-TB&XH"],
        "so-tt": ["Sở Thông tin và Truyền thông", "TT&TT"],
        "ca": ["Công an tỉnh", "CAT"],
        "vp": ["Văn phòng UBND", "Văn phòng UBND tỉnh"],
        "01": ["UBND xã Pa Ủ"],
        "02": ["UBND xã Mù Cả"],
        "nhom-so": ["các sở, ban, ngành"],
        "nhom-xa": ["UBND các xã, phường"],
        "dien-luc": ["Công ty Điện lực Lai Châu"],
    }
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        # abbreviations joined in any way
        ("Sở NN-PTNT, Sở NN và PTNT", [("Sở NN-PTNT", "so-nn"), ("Sở NN và PTNT", "so-nn")]),
        ("Sở NNPTNT", [("Sở NNPTNT", "so-nn")]),
        ("Sở LĐTBXH; Sở LĐTB&XH", [("Sở LĐTBXH", "so-ld"), ("Sở LĐTB&XH", "so-ld")]),
        ("TTTT, CAT", [("TTTT", "so-tt"), ("CAT", "ca")]),
        # without its marks
        ("So Nong nghiep va Phat trien nong thon", [("So Nong nghiep va Phat trien nong thon", "so-nn")]),
        # the home province's, or another's
        ("Sở Y tế tỉnh Lai Châu", [("Sở Y tế tỉnh Lai Châu", "so-yt")]),
        ("Công an tỉnh Điện Biên", [("Công an tỉnh Điện Biên", None)]),
        ("Sở Y tế Hà Nội", [("Sở Y tế Hà Nội", None)]),
        ("Văn phòng UBND xã", [("Văn phòng UBND xã", None)]),
        # one word for several names
        ("Các Sở: Tài chính, Nội vụ; Sở Y tế", [("Tài chính", "so-tc"), ("Nội vụ", "so-nv"), ("Sở Y tế", "so-yt")]),
        ("các Sở Tài chính, Nội vụ và Y tế", [("Tài chính", "so-tc"), ("Nội vụ", "so-nv"), ("Y tế", "so-yt")]),
        ("UBND xã Pa Ủ, Mù Cả", [("UBND xã Pa Ủ", "01"), ("Mù Cả", "02")]),
        # a post, a bracket, a part of a body
        ("Giám đốc Sở Y tế", [("Giám đốc Sở Y tế", "so-yt")]),
        ("Sở Y tế (nay là Sở Tài chính)", [("Sở Y tế (nay là Sở Tài chính)", "so-yt")]),
        ("Thanh tra Sở Y tế", [("Thanh tra Sở Y tế", None)]),
        ("Trung tâm Số thuộc Sở Y tế", [("Trung tâm Số thuộc Sở Y tế", None)]),
        # collective phrases
        ("Tất cả các sở, ban, ngành liên quan", [("Tất cả các sở, ban, ngành liên quan", "nhom-so")]),
        ("Các sở, ban, ngành, đoàn thể tỉnh", [("Các sở, ban, ngành, đoàn thể tỉnh", None)]),
        (
            "UBND các xã, phường, Công ty Điện lực Lai Châu",
            [("UBND các xã, phường", "nhom-xa"), ("Công ty Điện lực Lai Châu", "dien-luc")],
        ),
        ("Các trường đại học, cao đẳng trên địa bàn", [("Các trường đại học, cao đẳng trên địa bàn", None)]),
        # words of duty are no part of a name
        ("Sở Y tế chủ trì, phối hợp với Sở Tài chính", [("Sở Y tế", "so-yt"), ("Sở Tài chính", "so-tc")]),
        ("1. Sở Y tế 2. Sở Tài chính", [("Sở Y tế", "so-yt"), ("Sở Tài chính", "so-tc")]),
        # names nobody knows
        ("FPT, CMC", [("FPT", None), ("CMC", None)]),
        ("Liên minh Hợp tác xã và các đơn vị", [("Liên minh Hợp tác xã", None), ("các đơn vị", None)]),
        ("Hội Văn học\nnghệ thuật tỉnh", [("Hội Văn học nghệ thuật tỉnh", None)]),
    ],
)
def test_cells_as_clerks_type_them(cell, expected):
    assert [(mention.text, mention.unit) for mention in PLACES.split(cell)] == expected


def test_what_a_person_said_last_outranks_the_list():
    directory = Directory({"a": ["Sở Lạ"], "b": ["Sở Quen"]}, learned=[("Sở Lạ", "b")])
    assert [mention.unit for mention in directory.split("Sở Lạ, Sở Quen")] == ["b", "b"]


def test_a_cell_longer_than_any_list_is_left_as_printed():
    (mention,) = PLACES.split("Sở Y tế, " * 5_000)
    assert mention.unit is None


def test_names_of_the_built_in_list_lead_to_one_unit_each():
    owners: dict[str, set[str]] = {}
    for code, names in built_in_names().items():
        for name in names:
            owners.setdefault(name.casefold(), set()).add(code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_one_noun_of_many_that_small_words_narrow_is_no_group():
    found = built_in_directory().split("Các sở xây dựng; các sở, ban, ngành")
    assert [(mention.text, mention.unit) for mention in found] == [
        ("Các sở xây dựng", None),
        ("các sở, ban, ngành", "cac-so-ban-nganh"),
    ]


@pytest.mark.parametrize(
    "cell", ["UBND các xã biên giới", "Công an các xã, phường", "Chi cục Thuế khu vực III", "Trạm y tế các xã, phường"]
)
def test_bodies_that_only_look_like_a_known_one_stay_whole_and_without_code(cell):
    assert [(mention.text, mention.unit) for mention in built_in_directory().split(cell)] == [(cell, None)]


def test_marks_under_the_names_of_agencies_are_no_agencies():
    assert [mention.text for mention in built_in_directory().split("P; CT; x")] == []
    assert [mention.text for mention in built_in_directory().split("Sở Y tế; CAT")] == ["Sở Y tế", "CAT"]
