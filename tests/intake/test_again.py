"""A changed file of a plan that is under way: exactly what changed, and the next version without a loss."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from tests.factories import World, make_duty, make_entry, make_evidence, make_period, make_submission, move_task
from tests.intake.conftest import SAMPLE, Accept, Read
from tests.intake.plan import plan_bytes
from tiendo.audit.models import Event
from tiendo.intake.actions import (
    accept_import,
    compare_again,
    decide_proposals,
    edit_proposal,
    split_proposal,
    start_import,
)
from tiendo.intake.models import Import, Proposal
from tiendo.plans.actions import assign_unit, set_deadline, set_field
from tiendo.plans.models import Annex, Plan, PlanVersion, Task
from tiendo.plans.queries import tasks_by_path, tree
from tiendo.plans.states import WorkState
from tiendo.plans.structure import Due

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LAI CHÂU

Số: 12/KH-UBND

Lai Châu, ngày 03 tháng 3 năm 2025

KẾ HOẠCH

Phát triển mạng lưới thư viện số ở cơ sở

I. MỤC TIÊU

- Hết năm 2026, tối thiểu 60% số xã có điểm đọc số.

II. NHIỆM VỤ

1. Xây dựng nền tảng

- Chọn phần mềm thư viện mở, có quy trình sao lưu và khôi phục, hoàn thành trước ngày 30/6/2026.

- Kết nối thư viện tỉnh với thư viện các trường học trên địa bàn.

- Mua máy chủ dùng chung cho các điểm đọc.

2. Đào tạo người giữ thư viện

- Mở lớp ở từng cụm xã cho người giữ thư viện.

- Cấp tài liệu tự học bằng tiếng dân tộc.

"""
ANNEX = """PHỤ LỤC I

TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn | Sản phẩm
I | Hạ tầng | | | |
1 | Lắp điểm đọc số tại 20 xã vùng cao | Sở Khoa học và Công nghệ | UBND các xã, phường | Quý IV/2026 | 20 điểm đọc
2 | Làm kho sách nói tiếng dân tộc | Sở Nội vụ | | | Kho sách
3 | Tập huấn người giữ thư viện xã | Sở Nội vụ | Sở Tài chính | 30/9/2026 | 05 lớp
"""
ADDED, CHANGED, REMOVED, SAME = "added", "changed", "removed", "same"

Again = Callable[..., Import]


@pytest.fixture
def plan(units: World, accept: Accept, now: datetime) -> Plan:
    """A plan of five tasks in prose and three in an annex of the same file."""
    source = start_import(data=(HEAD + ANNEX).encode(), name="kh.txt", by=units.chi, at=now)[0]
    return accept(source, code="tv").plan


@pytest.fixture
def again(plan: Plan, units: World, now: datetime) -> Again:
    """Reads a changed text of the plan: each pair of words given is replaced."""

    def read(*changes: tuple[str, str], text: str = HEAD + ANNEX, **given: object) -> Import:
        for was, is_now in changes:
            assert was in text
            text = text.replace(was, is_now)
        values: dict[str, object] = {"plan": plan} | given
        return start_import(data=text.encode(), name="kh-moi.txt", by=units.chi, at=now, **values)[0]  # type: ignore[arg-type]

    return read


@pytest.fixture
def take(units: World, now: datetime) -> Callable[..., PlanVersion]:
    """Accepts every difference: what is gone too, unless told otherwise."""

    def accept(source: Import, *, removed: bool = True, **given: object) -> PlanVersion:
        if removed:
            gone = source.proposals.filter(change=REMOVED)
            decide_proposals(source=source, proposals=gone, decision="accepted", by=units.chi, at=now)
        values: dict[str, object] = {"in_force_from": date(2026, 8, 1)} | given
        return accept_import(source=source, take_pending=True, by=units.chi, at=now, **values)  # type: ignore[arg-type]

    return accept


def changes(source: Import, kind: str = "task") -> Counter[str]:
    return Counter(source.proposals.filter(kind=kind).values_list("change", flat=True))


def only(source: Import, change: str, kind: str = "task") -> Proposal:
    return source.proposals.get(kind=kind, change=change)


def titles(plan: Plan) -> set[str]:
    return set(plan.tasks.exclude(state="cancelled").values_list("description", flat=True))


def test_the_plan_has_what_the_tests_say(plan: Plan) -> None:
    assert plan.tasks.count() == 8
    assert plan.version.items.get(path="PL-I.3").parent.path == "PL-I"  # type: ignore[union-attr]


def test_nothing_changed_is_all_the_same(again: Again) -> None:
    source = again(("KẾ HOẠCH\n", "KẾ HOẠCH \n"))
    assert source.base == source.plan.version  # type: ignore[union-attr]
    for kind, total in (("task", 8), ("item", 6), ("section", 4)):
        assert changes(source, kind) == Counter({SAME: total}), kind
    assert not source.proposals.filter(change=SAME).exclude(decision="accepted").exists()


def test_the_real_plan_read_again_is_all_the_same(
    real_import: Import, accept: Accept, units: World, now: datetime
) -> None:
    plan = accept(real_import).plan
    source = start_import(data=plan_bytes() + b"\n", name="a.txt", by=units.chi, at=now, plan=plan)[0]
    counts = {kind: changes(source, kind) for kind in ("section", "item", "task", "repair")}
    assert counts == {kind: Counter({SAME: sum(count.values())}) for kind, count in counts.items()}
    assert (counts["task"][SAME], counts["item"][SAME]) == (81, 88)


def test_a_changed_text_says_exactly_what_it_adds_changes_and_removes(again: Again) -> None:
    source = again(
        ("- Kết nối thư viện tỉnh", "- Số hóa tài liệu địa chí quý hiếm.\n\n- Kết nối thư viện tỉnh"),
        ("30/6/2026", "30/9/2026"),
        ("- Mua máy chủ dùng chung cho các điểm đọc.\n\n", ""),
        ("2 | Làm kho", "4 | Làm kho"),
        ("Sở Nội vụ | Sở Tài chính", "Sở Tài chính | Sở Nội vụ"),
    )
    assert changes(source) == Counter({ADDED: 1, CHANGED: 2, REMOVED: 1, SAME: 5})
    assert only(source, ADDED).printed["title"] == "Số hóa tài liệu địa chí quý hiếm"
    assert (only(source, REMOVED).current or {})["title"] == "Mua máy chủ dùng chung cho các điểm đọc"
    assert changes(source, "item") == Counter({ADDED: 1, CHANGED: 1, REMOVED: 1, SAME: 4})
    moved = source.proposals.get(kind="task", key="PL-I#3")
    assert (moved.change, moved.current_ref) == (CHANGED, "tv-008")


def test_rows_and_bullets_in_another_order_are_the_same(again: Again) -> None:
    rows = ANNEX.splitlines(keepends=True)
    mixed = "".join([*rows[:4], rows[6], rows[4], rows[5]])
    bullets = HEAD.replace("- Mở lớp ở từng cụm xã cho người giữ thư viện.\n\n", "").replace(
        "1. Xây dựng nền tảng\n\n", "1. Xây dựng nền tảng\n\n- Mở lớp ở từng cụm xã cho người giữ thư viện.\n\n"
    )
    assert changes(again(text=HEAD + mixed)) == Counter({SAME: 8})
    source = again(text=bullets + ANNEX)
    assert changes(source) == Counter({SAME: 7, CHANGED: 1})
    assert changes(source, "item") == Counter({SAME: 6})


def test_the_next_version_has_the_new_text_and_the_old_one_stays(
    plan: Plan, again: Again, take: Callable[..., PlanVersion]
) -> None:
    before = [(item.path, item.text, item.document_id) for item in tree(plan.version)]
    first = plan.version
    version = take(
        again(
            ("- Kết nối thư viện tỉnh", "- Số hóa tài liệu địa chí quý hiếm.\n\n- Kết nối thư viện tỉnh"),
            ("- Mua máy chủ dùng chung cho các điểm đọc.\n\n", ""),
        )
    )
    assert (version.number, version.in_force_from) == (2, date(2026, 8, 1))
    assert [(item.path, item.text, item.document_id) for item in tree(first)] == before
    now = {item.path: item.text for item in tree(version)}
    assert now["II.1#2"] == "Số hóa tài liệu địa chí quý hiếm."
    assert now["II.1#3"].startswith("Kết nối thư viện tỉnh")
    assert not any("máy chủ" in text for text in now.values())
    order = [item.path for item in tree(version)]
    assert order == [
        *sorted((p for p in order if p.startswith("I")), key=order.index),
        "PL-I",
        "PL-I.1",
        "PL-I.2",
        "PL-I.3",
    ]


def test_what_did_not_change_keeps_its_document_and_what_did_has_the_new(
    plan: Plan, again: Again, take: Callable[..., PlanVersion]
) -> None:
    old = plan.version.document
    version = take(again(("tiếng dân tộc.", "tiếng dân tộc thiểu số.")))
    assert version.document != old
    fresh = {item.path for item in tree(version) if item.document == version.document}
    assert fresh == {"II.2#2"}


def test_each_version_shows_a_task_where_it_stood_then(
    plan: Plan, again: Again, take: Callable[..., PlanVersion]
) -> None:
    first = plan.version
    version = take(again(("- Chọn phần mềm", "- Lập ban chỉ đạo thư viện số.\n\n- Chọn phần mềm")))
    there, now = tasks_by_path(Task.objects.all(), first), tasks_by_path(Task.objects.all(), version)
    chosen = plan.tasks.get(description__startswith="Chọn phần mềm")
    assert there["II.1#1"] == [chosen]
    assert now["II.1#2"] == [chosen]
    assert [task.title for task in now["II.1#1"]] == ["Lập ban chỉ đạo thư viện số"]
    assert len([each for each in there.values() for _ in each]) == 8
    assert len([each for each in now.values() for _ in each]) == 9


def report(task: Task, world: World, plan: Plan) -> None:
    """An accepted report, evidence and all."""
    duty = make_duty(make_period(plan), world.unit_a)
    entry = make_entry(duty, task, saved_by=world.an)
    make_evidence(entry, by=world.an)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    move_task(task, WorkState.IN_PROGRESS, by=world.chi)


def test_reports_of_a_task_that_changed_are_untouched(
    plan: Plan, again: Again, take: Callable[..., PlanVersion], units: World
) -> None:
    task = plan.tasks.get(description__startswith="Chọn phần mềm")
    report(task, units, plan)
    take(again(("30/6/2026", "30/9/2026")))
    task.refresh_from_db()
    assert (task.state, task.last_accepted_on, task.entries.count()) == ("in_progress", date(2026, 7, 1), 1)
    assert (task.due_on, task.original_due_on) == (date(2026, 9, 29), date(2026, 6, 29))
    assert [(line.number, line.due_on) for line in task.deadline_lines.all()] == [
        (1, date(2026, 6, 29)),
        (2, date(2026, 9, 29)),
    ]
    newest = task.sources.filter(field="due").latest("pk")
    assert newest.document == plan.version.document
    assert "30/9/2026" in str(newest.quote)


def test_a_task_that_falls_away_is_cancelled_and_keeps_all_it_has(
    plan: Plan, again: Again, take: Callable[..., PlanVersion], units: World
) -> None:
    task = plan.tasks.get(description__startswith="Mua máy chủ")
    report(task, units, plan)
    version = take(again(("- Mua máy chủ dùng chung cho các điểm đọc.\n\n", "")))
    task.refresh_from_db()
    assert (task.state, task.entries.count(), task.deadline_lines.count()) == ("cancelled", 1, 1)
    assert task.item.path == "II.1#3"
    assert not any(task in each for each in tasks_by_path(Task.objects.all(), version).values())
    event = Event.objects.get(act="plans.task.drop")
    assert "thư viện số" in str(event.detail["reason"])


def test_what_an_acceptance_writes_by_itself_is_in_vietnamese(again: Again, take: Callable[..., PlanVersion]) -> None:
    with translation.override("en"):
        take(again(("- Mua máy chủ dùng chung cho các điểm đọc.\n\n", "")))
    assert str(Event.objects.get(act="plans.task.drop").detail["reason"]).startswith("theo ")


def test_what_nobody_says_is_gone_stays(plan: Plan, again: Again, take: Callable[..., PlanVersion]) -> None:
    source = again(
        ("- Mua máy chủ dùng chung cho các điểm đọc.\n\n", ""),
        ("3 | Tập huấn người giữ thư viện xã | Sở Nội vụ | Sở Tài chính | 30/9/2026 | 05 lớp\n", ""),
    )
    version = take(source, removed=False)
    assert plan.tasks.filter(state="cancelled").count() == 0
    texts = [item.text for item in tree(version)]
    assert texts.index("Mua máy chủ dùng chung cho các điểm đọc.") == 6
    assert version.items.get(path="PL-I.3").text == "Tập huấn người giữ thư viện xã"
    assert not Proposal.objects.filter(source=source, change=REMOVED, decision="accepted").exists()


def test_a_change_that_is_refused_leaves_the_task_and_its_text(
    plan: Plan, again: Again, take: Callable[..., PlanVersion], units: World, now: datetime
) -> None:
    source = again(("Cấp tài liệu tự học", "Cấp sách và tài liệu tự học"), ("20 điểm đọc", "25 điểm đọc"))
    refused = source.proposals.filter(change=CHANGED)
    decide_proposals(source=source, proposals=refused, decision="rejected", by=units.chi, at=now)
    version = take(source)
    assert "Cấp tài liệu tự học bằng tiếng dân tộc." in titles(plan)
    assert "Cấp tài liệu tự học bằng tiếng dân tộc." in [item.text for item in tree(version)]
    assert plan.tasks.get(number="1").product == "20 điểm đọc"


def test_units_are_changed_as_the_document_says(
    plan: Plan, again: Again, take: Callable[..., PlanVersion], units: World, now: datetime
) -> None:
    task = plan.tasks.get(number="3")
    assign_unit(task=task, unit=units.unit_b, role="coordinating", source="Công văn 7", by=units.chi, at=now)
    take(again(("Sở Nội vụ | Sở Tài chính", "Sở Tài chính | Sở Khoa học và Công nghệ")))
    parts = {(part.role, str(part.unit)) for part in task.assignments.in_force()}
    assert parts == {
        ("lead", "Sở Tài chính"),
        ("coordinating", "Sở Khoa học và Công nghệ"),
        ("coordinating", str(units.unit_b)),
    }
    assert task.assignments.exclude(ended_at=None).count() == 2


def test_what_a_person_changed_since_is_no_change_of_the_document(
    plan: Plan, again: Again, units: World, now: datetime
) -> None:
    task = plan.tasks.get(description__startswith="Chọn phần mềm")
    later = Due(raw="31/12/2026", kind="moment", on=date(2026, 12, 31))
    set_deadline(task=task, due=later, reason="Gia hạn", source="Công văn 9", by=units.chi, at=now)
    set_field(task=task, field="title", value="Phần mềm thư viện", source="Công văn 9", by=units.chi, at=now)
    set_field(task=task, field="product", value="Phần mềm", source="Công văn 9", by=units.chi, at=now)
    assert changes(again(("KẾ HOẠCH\n", "KẾ HOẠCH \n"))) == Counter({SAME: 8})


def test_what_a_person_filled_is_never_emptied_by_a_file_that_is_silent(
    plan: Plan, again: Again, take: Callable[..., PlanVersion], units: World, now: datetime
) -> None:
    task = plan.tasks.get(number="2")
    due = Due(raw="31/12/2026", kind="moment", on=date(2026, 12, 31))
    set_deadline(task=task, due=due, reason="Bổ sung", source="Công văn 9", by=units.chi, at=now)
    take(again(("kho sách nói tiếng dân tộc", "kho sách nói nhiều tiếng dân tộc")))
    task.refresh_from_db()
    assert (task.due_on, task.description) == (date(2026, 12, 31), "Làm kho sách nói nhiều tiếng dân tộc")


def test_an_edit_of_what_is_the_same_is_taken(
    plan: Plan, again: Again, take: Callable[..., PlanVersion], units: World, now: datetime
) -> None:
    source = again(("KẾ HOẠCH\n", "KẾ HOẠCH \n"))
    row = source.proposals.get(kind="task", key="PL-I#2")
    edited = row.printed | {"product": "Kho sách nói", "notes": {"product": "Công văn 3"}}
    edit_proposal(proposal=row, edited=edited, by=units.chi, at=now)
    take(source)
    task = plan.tasks.get(number="2")
    assert (task.product, task.sources.filter(field="product").latest("pk").note) == ("Kho sách nói", "Công văn 3")


def test_a_task_left_out_before_is_not_asked_for_again(units: World, accept: Accept, now: datetime) -> None:
    source = start_import(data=HEAD.encode(), name="kh.txt", by=units.chi, at=now)[0]
    some = source.proposals.filter(kind="task", key="II.2#2")
    decide_proposals(source=source, proposals=some, decision="rejected", by=units.chi, at=now)
    plan = accept(source, code="tv").plan
    second = start_import(data=HEAD.encode() + b"\n", name="b.txt", by=units.chi, at=now, plan=plan)[0]
    assert changes(second) == Counter({SAME: 5})
    assert second.proposals.get(kind="task", key="II.2#2").decision == "rejected"
    accept(second)
    assert plan.tasks.count() == 4


def test_parts_of_one_bullet_go_on_when_the_bullet_does(units: World, accept: Accept, now: datetime) -> None:
    source = start_import(data=HEAD.encode(), name="kh.txt", by=units.chi, at=now)[0]
    whole = source.proposals.get(kind="task", key="II.1#2")
    split_proposal(
        proposal=whole,
        parts=[{"title": "Kết nối thư viện tỉnh"}, {"title": "Kết nối các trường"}],
        by=units.chi,
        at=now,
    )
    plan = accept(source, code="tv").plan
    assert plan.tasks.count() == 6
    second = start_import(data=HEAD.encode() + b"\n", name="b.txt", by=units.chi, at=now, plan=plan)[0]
    assert changes(second) == Counter({SAME: 5})
    version = accept(second)
    assert plan.tasks.exclude(state="cancelled").count() == 6
    assert len(tasks_by_path(Task.objects.all(), version)["II.1#2"]) == 2


def test_a_renumbered_heading_keeps_its_group(plan: Plan, again: Again, take: Callable[..., PlanVersion]) -> None:
    task = plan.tasks.get(description__startswith="Mở lớp")
    group = task.group
    take(
        again(
            ("1. Xây dựng nền tảng", "1. Tuyên truyền\n\n- Treo áp phích về thư viện số.\n\n2. Xây dựng nền tảng"),
            ("2. Đào tạo người", "3. Đào tạo người"),
        )
    )
    task.refresh_from_db()
    assert task.group == group
    new = plan.tasks.get(description__startswith="Treo áp phích")
    assert new.group is not None
    assert (new.group.title, new.group.pk != group.pk) == ("Tuyên truyền", True)  # type: ignore[union-attr]


def test_an_annex_that_is_attached_is_amended_by_its_own_file(
    units: World, accept: Accept, take: Callable[..., PlanVersion], now: datetime
) -> None:
    text = HEAD.replace("\n\n2. Đào tạo", "\n\n(Có Phụ lục I kèm theo)\n\n2. Đào tạo")
    plan = accept(start_import(data=text.encode(), name="kh.txt", by=units.chi, at=now)[0], code="tv").plan
    annex = Annex.objects.get(plan=plan)
    accept(start_import(data=ANNEX.encode(), name="pl.txt", by=units.chi, at=now, annex=annex)[0])
    annex.refresh_from_db()
    changed = ANNEX.replace("Quý IV/2026", "Quý I/2027").replace("Kho sách\n", "Kho sách\n9 | Sửa nhà | | | |\n")
    source = start_import(data=changed.encode(), name="pl2.txt", by=units.chi, at=now, annex=annex)[0]
    assert changes(source) == Counter({ADDED: 1, CHANGED: 1, SAME: 2})
    assert not source.proposals.filter(change=REMOVED).exists()
    version = take(source)
    annex.refresh_from_db()
    assert (version.number, annex.document) == (3, version.document)
    assert plan.tasks.get(number="1").due_on == date(2027, 3, 31)
    assert version.items.get(path="PL-I.9").parent.path == "PL-I"  # type: ignore[union-attr]
    assert version.items.get(path="PL-I").parent.kind == "annex_reference"  # type: ignore[union-attr]


def test_the_plan_s_text_alone_takes_nothing_from_its_annexes(
    plan: Plan, again: Again, take: Callable[..., PlanVersion]
) -> None:
    source = again(("Mở lớp ở từng", "Mở các lớp ở từng"), text=HEAD)
    assert changes(source) == Counter({SAME: 4, CHANGED: 1})
    version = take(source)
    assert version.items.filter(kind="task_row").count() == 3
    assert version.items.get(path="PL-I").position < version.items.get(path="PL-I.1").position


def test_a_plan_that_moved_on_is_compared_again(
    plan: Plan, again: Again, take: Callable[..., PlanVersion], units: World, now: datetime
) -> None:
    first, second = again(("30/6/2026", "30/9/2026")), again(("tiếng dân tộc.", "tiếng Thái."))
    take(second)
    before = Event.objects.count()
    with pytest.raises(PermissionDenied, match="so sánh lại"):
        take(first, removed=False)
    assert Event.objects.count() == before
    anew = compare_again(source=first, by=units.chi, at=now + timedelta(hours=1))
    assert anew.base == plan.version
    assert changes(anew) == Counter({SAME: 6, CHANGED: 2})
    take(anew)
    assert plan.tasks.get(description__contains="Chọn phần mềm").due_on == date(2026, 9, 29)


def test_what_went_out_of_the_plan_meanwhile_is_not_offered_as_new(
    plan: Plan, again: Again, take: Callable[..., PlanVersion], units: World, now: datetime
) -> None:
    first = again(("30/6/2026", "30/9/2026"))
    take(again(("- Mua máy chủ dùng chung cho các điểm đọc.\n\n", "")))
    anew = compare_again(source=first, by=units.chi, at=now + timedelta(hours=1))
    gone = anew.proposals.filter(kind__in=["task", "item"], change=ADDED)
    assert {(row.kind, row.decision) for row in gone} == {("task", "rejected"), ("item", "rejected")}
    take(anew)
    assert "Mua máy chủ dùng chung cho các điểm đọc." not in titles(plan)
    assert plan.tasks.get(description__contains="Chọn phần mềm").due_on == date(2026, 9, 29)


@pytest.mark.parametrize("person", ["an", "binh", "dung", "decision_maker", "inspector", "administrator"])
def test_only_the_coordinator_amends(plan: Plan, again: Again, units: World, now: datetime, person: str) -> None:
    source, by, before = again(("30/6/2026", "30/9/2026")), getattr(units, person), Event.objects.count()
    acts: list[Callable[[], object]] = [
        lambda: accept_import(source=source, take_pending=True, by=by, at=now),
        lambda: compare_again(source=source, by=by, at=now),
        lambda: start_import(data=b"KE HOACH", name="c.txt", by=by, at=now, plan=plan),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied, match="Cơ quan đầu mối"):
            act()
    assert (Event.objects.count(), plan.versions.count()) == (before, 1)


def test_the_sample_s_plan_read_again_changes_nothing(read: Read, accept: Accept, units: World, now: datetime) -> None:
    source = read("ke-hoach.docx")
    prose = source.proposals.filter(kind="task")
    decide_proposals(source=source, proposals=prose, decision="rejected", by=units.chi, at=now)
    plan = accept(source).plan
    for label, name in (("Phụ lục I", "phu-luc-1.docx"), ("Phụ lục II", "phu-luc-2.docx")):
        accept(read(name, Annex.objects.get(plan=plan, label=label)))
    for name, annex in (("ke-hoach.docx", None), ("phu-luc-1.docx", "Phụ lục I"), ("phu-luc-2.docx", "Phụ lục II")):
        data = touched((SAMPLE / name).read_bytes())
        given = {"annex": Annex.objects.get(plan=plan, label=annex)} if annex else {"plan": plan}
        again = start_import(data=data, name=name, by=units.chi, at=now, **given)[0]
        assert set(again.proposals.exclude(kind__in=["document", "annex"]).values_list("change", flat=True)) == {SAME}


def touched(data: bytes) -> bytes:
    """The same document in other bytes: a comment at the end of the archive."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"x"
    return out.getvalue()
