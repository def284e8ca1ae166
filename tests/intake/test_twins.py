"""Tasks that two documents set: found in nearly the same words, never in the same frame about something else."""

import random
from collections.abc import Callable
from datetime import datetime

import pytest

from tests.factories import World
from tests.intake.conftest import Accept, Read
from tests.pace import takes_at_most
from tiendo.intake.actions import decide_twin, link_indicators, start_import
from tiendo.intake.models import Import
from tiendo.intake.twins import Said, Twins, find_twins
from tiendo.plans.actions import link_indicator, tie_twins
from tiendo.plans.models import Annex, Plan, PlanItem, TaskTwin
from tiendo.plans.queries import indicators_of, twins_of

WORDS = "xây dựng ban hành kế hoạch đề án dữ liệu số hạ tầng đào tạo nhân lực nông nghiệp y tế biên giới thủ tục"


def score(one: str, other: str) -> int:
    twins = Twins([Said("b", other, "khác")]).of(Said("a", one))
    return twins[0].score if twins else 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Triển khai hoá đơn điện tử từ máy tính tiền", "Triển khai hóa đơn điện tử từ máy tính tiền"),
        (
            "Ban hành kế hoạch bồi dưỡng kỹ năng số cho cán bộ, công chức, viên chức năm 2025",
            "Ban hành Kế hoạch bồi dưỡng kỹ năng số cho cán bộ công chức viên chức",
        ),
        (
            "Phủ sóng 5G tại trung tâm các xã, phường và khu công nghiệp trước ngày 31/12/2026",
            "Phủ sóng 5G tại trung tâm các xã, phường, khu công nghiệp trước ngày 30/6/2026",
        ),
        (
            "Hoàn thành việc số hóa hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực",
            "Hoàn thành số hóa hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực",
        ),
    ],
)
def test_nearly_the_same_words_are_twins(one: str, other: str) -> None:
    assert score(one, other) >= 88
    assert score(other, one) == score(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xây dựng cơ sở dữ liệu về đất đai của tỉnh", "Xây dựng cơ sở dữ liệu về dân cư của tỉnh"),
        (
            "Xây dựng kế hoạch chuyển đổi số ngành y tế giai đoạn 2025-2030",
            "Xây dựng kế hoạch chuyển đổi số ngành giáo dục giai đoạn 2025-2030",
        ),
        ("Báo cáo kết quả thực hiện Kế hoạch năm 2025", "Báo cáo kết quả thực hiện Kế hoạch năm 2026"),
        (
            "Đẩy mạnh ứng dụng khoa học công nghệ trong sản xuất nông nghiệp",
            "Đẩy mạnh ứng dụng khoa học công nghệ trong sản xuất công nghiệp",
        ),
        ("Mở lớp đào tạo về an toàn thông tin cho cán bộ xã", "Mở lớp đào tạo về an toàn thực phẩm cho cán bộ xã"),
        ("Lắp đặt trạm phát sóng tại xã Mù Cả", "Lắp đặt trạm phát sóng tại xã Tà Tổng"),
        ("Báo cáo", "Báo cáo"),
    ],
)
def test_one_frame_about_two_things_is_no_twin(one: str, other: str) -> None:
    assert score(one, other) == score(other, one) == 0


def test_tasks_of_one_plan_are_no_twins_but_rows_of_one_file_may_be() -> None:
    text = "Số hóa hồ sơ thủ tục hành chính còn hiệu lực"
    assert Twins([Said("a", text, "p")]).of(Said("b", text, "p")) == []
    found = find_twins([Said("x", text), Said("y", f"{text} của tỉnh")], [Said("t", text, "p")])
    assert [(twin.ref, twin.score == 100) for twin in found["x"]] == [("t", True), ("y", False)]


def test_no_more_than_five_are_named() -> None:
    text = "Số hóa hồ sơ thủ tục hành chính còn hiệu lực"
    assert len(Twins([Said(f"t{n}", text, "p") for n in range(9)]).of(Said("a", text))) == 5


def test_ten_thousand_tasks_are_looked_through_in_bounded_time() -> None:
    dice, words = random.Random(3), [*WORDS.split(), *(f"việc{n}" for n in range(400))]
    known = [Said(f"t{n}", " ".join(dice.choices(words, k=25)), f"p{n % 40}") for n in range(10_000)]
    asked = [Said(each.ref, f"{each.text} thêm", "mới") for each in dice.sample(known, 500)]
    with takes_at_most(60):
        found = find_twins(asked, known)
    assert all(found[each.ref][0].ref == each.ref for each in asked)


PLAN = """KẾ HOẠCH

I. NHIỆM VỤ

- Phủ sóng 5G tại trung tâm các xã, phường và khu công nghiệp trước ngày {day}.

- {more}
"""
Came = Callable[..., Import]


@pytest.fixture
def came(units: World, now: datetime) -> Came:
    def read(day: str, more: str) -> Import:
        data = PLAN.format(day=day, more=more).encode()
        return start_import(data=data, name="kh.txt", by=units.chi, at=now)[0]

    return read


def test_both_tasks_go_on_with_their_deadlines(came: Came, accept: Accept, units: World, now: datetime) -> None:
    first = accept(came("30/6/2026", "Mở lớp."), code="mot").plan
    source = came("31/12/2026", "Số hóa hồ sơ.")
    proposal = source.proposals.get(kind="task", key="I#1")
    (twin,) = proposal.twins
    assert (twin["task"], twin["plan"], twin["due_on"], twin["confirmed"]) == ("mot-001", "mot", "2026-06-29", None)
    assert source.proposals.get(kind="task", key="I#2").twins == []
    decide_twin(proposal=proposal, ref="mot-001", same=True, by=units.chi, at=now)
    second = accept(source, code="hai").plan
    one, other = first.tasks.get(code="mot-001"), second.tasks.get(code="hai-001")
    assert list(twins_of(one, user=units.chi)) == [other]
    assert list(twins_of(other, user=units.chi)) == [one]
    assert list(twins_of(one, user=units.dung)) == []
    assert str(one.due_on) == "2026-06-29"
    assert str(other.due_on) == "2026-12-30"


def test_a_twin_nobody_confirmed_is_not_kept(came: Came, accept: Accept, units: World, now: datetime) -> None:
    accept(came("30/6/2026", "Mở lớp."), code="mot")
    source = came("31/12/2026", "Số hóa hồ sơ.")
    proposal = source.proposals.get(kind="task", key="I#1")
    assert (
        decide_twin(proposal=proposal, ref="mot-001", same=False, by=units.chi, at=now).twins[0]["confirmed"] is False
    )
    with pytest.raises(ValueError, match="no likely twin"):
        decide_twin(proposal=proposal, ref="mot-002", same=True, by=units.chi, at=now)
    accept(source, code="hai")
    assert not TaskTwin.objects.exists()


def test_a_pair_is_tied_once_whichever_comes_first(sample_plan: Plan, units: World, now: datetime) -> None:
    one, other = sample_plan.tasks.all()[:2]
    twin = tie_twins(first=other, second=one, score=90, by=units.chi, at=now)
    assert tie_twins(first=one, second=other, score=95, by=units.chi, at=now) == twin
    assert (twin.first, twin.second, TaskTwin.objects.count()) == (one, other, 1)
    with pytest.raises(ValueError, match="own twin"):
        tie_twins(first=one, second=one, score=90, by=units.chi, at=now)


def test_a_task_is_linked_to_an_indicator_the_plan_has(
    sample_plan: Plan, read: Read, accept: Accept, units: World, now: datetime
) -> None:
    annexes = {annex.label: annex for annex in Annex.objects.filter(plan=sample_plan)}
    accept(read("phu-luc-1.docx", annexes["Phụ lục I"]))
    source = read("phu-luc-2.docx", annexes["Phụ lục II"])
    row = source.proposals.filter(kind="task")[0]
    link_indicators(proposal=row, keys=["PL-I.1", "PL-I.2"], by=units.chi, at=now)
    with pytest.raises(ValueError, match="no indicators"):
        link_indicators(proposal=row, keys=["PL-I.999"], by=units.chi, at=now)
    version = accept(source)
    task = sample_plan.tasks.get(item__version=version, item__path="PL-II.1")
    assert [item.path for item in indicators_of(task)] == ["PL-I.1", "PL-I.2"]
    assert {item.version for item in indicators_of(task)} == {version}
    before = PlanItem.objects.get(version__number=2, path="PL-I.1")
    link_indicator(task=task, item=before, by=units.chi, at=now)
    assert task.indicator_links.count() == 2
