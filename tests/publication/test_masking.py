import unicodedata

import pytest

from tiendo.publication.masking import REMOVED, Mask

MASK = Mask(["Nguyễn Văn An", "An", "Lò Thị Bình"])


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "+84 912 345 678",
        "(02133) 876-501".replace("(", "").replace(")", ""),
    ],
)
def test_telephone_numbers_go(text: str) -> None:
    assert MASK.clean(f"Gọi {text} để biết.") == f"Gọi {REMOVED} để biết."


@pytest.mark.parametrize("text", ["an.nguyen@laichau.gov.vn", "a+b@x.vn"])
def test_addresses_of_mail_go(text: str) -> None:
    assert MASK.clean(f"Gửi {text}.") == f"Gửi {REMOVED}."


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_full_names_go_however_they_are_typed(form: str) -> None:
    text = unicodedata.normalize(form, "Đồng chí Nguyễn Văn An, Lò Thị Bình dự.")  # type: ignore[arg-type]
    assert MASK.clean(text) == f"Đồng chí {REMOVED}, {REMOVED} dự."


@pytest.mark.parametrize(
    "text",
    [
        "An toàn thông tin cho 12 xã",
        "Kinh phí 1.250.000.000 đồng, đạt 99,6 %",
        "Công văn 1234567890/UBND-KGVX ngày 20/06/2026",
        "Tăng 0.12345678901 điểm",
        "Xã Nguyễn Văn Anh",
        "",
    ],
)
def test_what_points_at_nobody_stays(text: str) -> None:
    assert MASK.clean(text) == text


def test_nothing_stays_nothing() -> None:
    assert Mask([]).clean(None) is None
