"""What a resident or an officer types, and which tasks it finds first."""

import pytest

from tests.factories import World, make_task
from tests.factories.plans import make_group
from tiendo.plans.finding import Found, find, index_text
from tiendo.plans.models import Plan, Task, TaskQuerySet


def _find(typed: str) -> Found[TaskQuerySet]:
    return find(Task.objects.all(), typed, "position")


def _titles(typed: str) -> list[str]:
    return [task.title for task in _find(typed).rows]


@pytest.fixture
def network(world: World, plan: Plan) -> None:
    """Three tasks: two speak of the network, of which one in its title; one of the 5G in its title."""
    digital = make_group(plan, code="III.1.2", title="Phát triển hạ tầng số")
    for title, description in (
        ("Tập huấn cán bộ", "Tập huấn về mạng và an toàn thông tin"),
        ("Phủ sóng 5G tại 38 xã", "Lắp đặt trạm tại trung tâm xã"),
        ("Mạng truyền số liệu", "Nối mạng tới xã"),
    ):
        make_task(plan, by=world.chi, title=title, description=description, group=digital)


@pytest.mark.parametrize("typed", ["5g", "5G", " 5G ", "phu song", "PHỦ SÓNG", "pHu SoNg", "sóng phủ"])
def test_words_of_the_title_find_the_task_in_any_case_and_without_marks(network: None, typed: str) -> None:
    assert _titles(typed) == ["Phủ sóng 5G tại 38 xã"]
    assert not _find(typed).is_partial


@pytest.mark.parametrize("typed", ["mang 5G", "mạng 5g", "MẠNG 5G", "5g mang"])
def test_without_a_task_that_holds_all_those_that_hold_some_are_found_the_title_first(
    network: None, typed: str
) -> None:
    assert _find(typed).is_partial
    assert _titles(typed) == ["Phủ sóng 5G tại 38 xã", "Mạng truyền số liệu", "Tập huấn cán bộ"]


def test_more_of_the_words_come_first_even_outside_the_title(network: None) -> None:
    assert _titles("mang an toan khong-he-co")[0] == "Tập huấn cán bộ"


def test_a_task_with_all_words_leaves_out_those_with_some(network: None) -> None:
    assert (_titles("mang tap huan"), _find("mang tap huan").is_partial) == (["Tập huấn cán bộ"], False)


def test_the_words_side_by_side_come_before_the_same_words_apart(world: World, plan: Plan) -> None:
    for title in ("Số hóa chữ ký", "Chữ ký số"):
        make_task(plan, by=world.chi, title=title)
    assert _titles("chữ ký số") == ["Chữ ký số", "Số hóa chữ ký"]


@pytest.mark.parametrize("typed", ["hạ tầng số", "trung tâm xã trạm", "Báo cáo kết quả 5g", "kh-57-2"])
def test_group_clause_product_and_code_find_the_task(network: None, typed: str) -> None:
    assert "Phủ sóng 5G tại 38 xã" in _titles(typed)
    assert not _find(typed).is_partial


@pytest.mark.parametrize("typed", ["khong he co", "x y z", "7g"])
def test_words_that_stand_nowhere_find_nothing(network: None, typed: str) -> None:
    assert _titles(typed) == []


def test_a_word_inside_another_does_not_count_among_some(network: None) -> None:
    """ "ang" stands inside "mạng", but nobody who types it along with others means that."""
    assert _titles("ang zzz") == []


@pytest.mark.parametrize("typed", ["", "  ", "…!"])
def test_nothing_typed_leaves_all_in_their_order(network: None, typed: str) -> None:
    assert len(_titles(typed)) == 3
    assert _titles(typed)[0] == "Tập huấn cán bộ"


def test_many_words_are_no_trouble(network: None) -> None:
    assert _titles(" ".join(f"w{n}" for n in range(100))) == []


def test_words_are_found_in_any_order_and_through_any_marks_and_spaces(world: World, plan: Plan) -> None:
    make_task(plan, by=world.chi, title="Phủ sóng 5G tại xã Đắk", product="Bản đồ")
    for typed in ("phủ sóng", "PHU SONG 5g", "dak phu", "bản đồ", "ban  do", ""):
        assert _titles(typed) == ["Phủ sóng 5G tại xã Đắk"]
    assert _find("phu song 6g").is_partial


def test_the_index_tells_the_title_from_the_rest() -> None:
    assert index_text("Phủ sóng 5G", "kh-1", None, "Mô tả | khác") == " phu song 5g | kh 1 mo ta khac "
