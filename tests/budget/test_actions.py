"""Entering, confirming, returning; who may, what is refused, and that a refused act leaves nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories import World, make_funding, make_money, make_user
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.audit.queries import find_break
from tiendo.budget import actions
from tiendo.budget.models import FundingSource, MoneyLine, SpendingLine
from tiendo.budget.shipped import UNSPLIT, shipped_sources
from tiendo.notices.models import Notice
from tiendo.plans.files import RefusedFile
from tiendo.plans.models import Task

JUNE = date(2026, 6, 30)


@pytest.fixture
def source(world: World) -> FundingSource:
    return make_funding()


@pytest.fixture
def second(world: World) -> User:
    """Another person of finance."""
    return make_user("ke-toan", world.finance_unit, Role.FINANCE, full_name="Tẩn Thị Kế")


def given(world: World, task: Task, source: FundingSource, **fields: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"task": task, "unit": world.unit_a, "source": source, "year": 2026, "as_of": JUNE}
    return values | {"amounts": {"disbursed": Decimal(700)}} | fields


def entered(world: World, task: Task, source: FundingSource, now: datetime, **fields: Any) -> MoneyLine:
    by = fields.pop("by", world.an)
    return actions.enter_money(**given(world, task, source, **fields), by=by, at=now)[0]


def left() -> tuple[int, int, int]:
    return MoneyLine.objects.count(), Event.objects.count(), SpendingLine.objects.count()


def refused(act: Callable[[], object], *why: type[Exception]) -> str:
    """The sentence of the refusal; nothing was written, nothing recorded."""
    before, states = left(), list(MoneyLine.objects.order_by("pk").values_list("pk", "state", "is_current"))
    with pytest.raises(why or PermissionDenied) as refusal:
        act()
    assert (left(), list(MoneyLine.objects.order_by("pk").values_list("pk", "state", "is_current"))) == (before, states)
    return str(refusal.value)


def confirmed(line: MoneyLine, *, by: User, at: datetime) -> MoneyLine:
    """The line, once this person has made it official."""
    [line] = actions.confirm_lines(ids=[line.pk], by=by, at=at).confirmed
    return line


def not_confirmed(line: MoneyLine, *, by: User, at: datetime) -> str:
    """Why this person cannot make the line official; nothing was written, nothing recorded."""

    def act() -> None:
        raise PermissionDenied(*actions.confirm_lines(ids=[line.pk], by=by, at=at).refused.values())

    return refused(act)


def test_an_officer_enters_and_it_waits_for_finance(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    amounts = {"planned": Decimal(1000), "allocated": Decimal(800), "disbursed": Decimal(300)}
    lines = actions.enter_money(**given(world, task, source, amounts=amounts), by=world.an, at=now)
    assert [(line.kind, line.number, line.state, line.is_current) for line in lines] == [
        (kind, 1, "entered", False) for kind in amounts
    ]
    assert [event.act for event in Event.objects.order_by("seq")][-3:] == ["budget.money.enter"] * 3
    assert find_break() is None


@pytest.mark.parametrize("person", ["chi", "dung", "decision_maker", "inspector", "administrator"])
def test_nobody_else_enters_the_money_of_unit_a(
    world: World, task: Task, source: FundingSource, now: datetime, person: str
) -> None:
    by = getattr(world, person)
    assert refused(lambda: actions.enter_money(**given(world, task, source), by=by, at=now))


def test_a_unit_without_a_part_in_the_task_has_no_money_in_it(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    words = refused(
        lambda: actions.enter_money(**given(world, task, source, unit=world.unit_b), by=world.finance, at=now)
    )
    assert "không chủ trì" in words


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"amounts": {"disbursed": Decimal(-1)}}, "disbursed"),
        ({"amounts": {"planned": Decimal("1.5")}}, "planned"),
        ({"amounts": {"planned": Decimal(10) ** 18}}, "planned"),
        ({"amounts": {}}, "__all__"),
        ({"amounts": {"spent": Decimal(1)}}, "__all__"),
        ({"as_of": date(2026, 7, 2)}, "as_of"),
        ({"as_of": date(2025, 12, 31)}, "as_of"),
        ({"year": 2028}, "year"),
    ],
)
def test_what_cannot_be_right_is_refused_by_field(
    world: World, task: Task, source: FundingSource, now: datetime, fields: dict[str, Any], name: str
) -> None:
    before = left()
    with pytest.raises(ValidationError) as error:
        actions.enter_money(**given(world, task, source, **fields), by=world.an, at=now)
    assert list(error.value.message_dict) == [name]
    assert left() == before


def test_a_plan_may_be_decided_in_the_year_before(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    line = entered(world, task, source, now, amounts={"planned": Decimal(5)}, as_of=date(2025, 12, 20))
    assert line.year == 2026


def test_a_source_no_longer_used_takes_no_money(world: World, task: Task, source: FundingSource, now: datetime) -> None:
    source.retired_on = date(2026, 1, 1)
    source.save()
    refused(lambda: actions.enter_money(**given(world, task, source), by=world.an, at=now), ValidationError)


def test_the_same_again_is_nothing_new_and_a_later_day_is(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    entered(world, task, source, now, as_of=date(2026, 3, 31))
    again = given(world, task, source, as_of=date(2026, 3, 31))
    assert refused(lambda: actions.enter_money(**again, by=world.an, at=now), actions.NothingNew)
    assert entered(world, task, source, now).number == 2


def test_a_file_that_is_not_what_it_says_is_refused_before_anything_is_written(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    attached = actions.Attached(b"MZ not a pdf", "chung-tu.pdf")
    call = given(world, task, source, attached=attached)
    refused(lambda: actions.enter_money(**call, by=world.an, at=now), RefusedFile)


def test_a_file_backs_every_amount_entered_with_it(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    amounts = {"planned": Decimal(1), "allocated": Decimal(1)}
    call = given(world, task, source, amounts=amounts, attached=actions.Attached(b"%PDF-1.4\n%%EOF\n", "qd.pdf"))
    lines = actions.enter_money(**call, by=world.an, at=now)
    assert [(line.evidence_name, line.evidence_id is not None) for line in lines] == [("qd.pdf", True)] * 2


def test_finance_confirms_and_the_number_is_official(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    line = confirmed(entered(world, task, source, now), by=world.finance, at=now)
    assert (line.state, line.is_current, line.decided_by) == ("confirmed", True, world.finance)
    assert Event.objects.latest("seq").act == "budget.money.confirm"


def test_a_correction_replaces_what_stood_and_keeps_it(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    first = confirmed(entered(world, task, source, now), by=world.finance, at=now)
    later = entered(world, task, source, now, amounts={"disbursed": Decimal(900)})
    assert MoneyLine.objects.current().get() == first
    confirmed(later, by=world.finance, at=now)
    assert list(MoneyLine.objects.order_by("number").values_list("amount", "state", "is_current")) == [
        (700, "confirmed", False),
        (900, "confirmed", True),
    ]


@pytest.mark.parametrize("person", ["an", "binh", "dung", "decision_maker", "inspector", "administrator"])
def test_only_finance_confirms(world: World, task: Task, source: FundingSource, now: datetime, person: str) -> None:
    line, by = entered(world, task, source, now), getattr(world, person)
    not_confirmed(line, by=by, at=now)
    refused(lambda: actions.return_money(line=line, reason="Sai", by=by, at=now))


def test_the_coordinator_does_not_make_a_units_number_official(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    line = entered(world, task, source, now)
    assert "tài chính xác nhận" in not_confirmed(line, by=world.chi, at=now)


def test_what_finance_entered_is_confirmed_by_another_of_finance_or_the_coordinator(
    world: World, task: Task, source: FundingSource, second: User, now: datetime
) -> None:
    line = entered(world, task, source, now, by=world.finance)
    assert "người khác" in not_confirmed(line, by=world.finance, at=now)
    confirmed(line, by=second, at=now)
    later = entered(world, task, source, now, by=world.finance, amounts={"disbursed": Decimal(800)})
    confirmed(later, by=world.chi, at=now)
    assert MoneyLine.objects.current().get().decided_by == world.chi


def test_a_number_overtaken_by_a_newer_one_is_not_confirmed(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    old = entered(world, task, source, now)
    new = entered(world, task, source, now, amounts={"disbursed": Decimal(900)})
    assert "mới hơn" in not_confirmed(old, by=world.finance, at=now)
    assert list(MoneyLine.objects.waiting()) == [new]


def test_two_who_confirm_the_same_line_the_second_is_told(
    world: World, task: Task, source: FundingSource, second: User, now: datetime
) -> None:
    line = entered(world, task, source, now)
    confirmed(line, by=world.finance, at=now)
    assert "đã xác nhận" in not_confirmed(line, by=second, at=now)


def test_many_at_once_leave_and_name_those_that_cannot(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    theirs = entered(world, task, source, now)
    own = entered(world, task, source, now, by=world.finance, amounts={"planned": Decimal(5)})
    outcome = actions.confirm_lines(ids=[theirs.pk, own.pk], by=world.finance, at=now)
    assert [line.pk for line in outcome.confirmed] == [theirs.pk]
    assert list(outcome.refused) == [own.pk]
    assert find_break() is None


def test_money_returned_keeps_its_number_and_tells_its_unit(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    line = entered(world, task, source, now)
    refused(lambda: actions.return_money(line=line, reason="  ", by=world.finance, at=now))
    actions.return_money(line=line, reason="Chưa có chứng từ", by=world.finance, at=now)
    line.refresh_from_db()
    assert (line.state, line.reason, line.amount) == ("returned", "Chưa có chứng từ", 700)
    told = {notice.user.username: notice.body for notice in Notice.objects.all()}
    assert told == dict.fromkeys([world.an.username, world.binh.username], "Chưa có chứng từ")
    assert entered(world, task, source, now + timedelta(hours=1)).number == 2


def test_the_unit_learns_of_a_return_whoever_entered_the_money(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    line = entered(world, task, source, now, by=world.finance)
    other = make_user("ngan-2", world.finance_unit, Role.FINANCE)
    actions.return_money(line=line, reason="Nhầm năm", by=other, at=now)
    assert {each.user for each in Notice.objects.all()} == {world.finance, world.an, world.binh}


def test_money_of_no_source_gives_way_to_money_told_by_source(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    unsplit = make_funding(UNSPLIT, "Chưa phân theo nguồn")
    confirmed(entered(world, task, unsplit, now), by=world.finance, at=now)
    confirmed(entered(world, task, source, now), by=world.finance, at=now)
    assert [line.source for line in MoneyLine.objects.current()] == [source]
    again = entered(world, task, unsplit, now, amounts={"disbursed": Decimal(999)})
    words = not_confirmed(again, by=world.finance, at=now)
    assert "hai lần" in words


def test_money_of_no_source_beside_its_sources_in_one_batch_is_counted_once(
    world: World, task: Task, source: FundingSource, now: datetime
) -> None:
    unsplit = make_funding(UNSPLIT, "Chưa phân theo nguồn")
    for order in ([unsplit, source], [source, unsplit]):
        MoneyLine.objects.all().delete()
        ids = [entered(world, task, each, now).pk for each in order]
        actions.confirm_lines(ids=ids, by=world.finance, at=now)
        assert [line.source for line in MoneyLine.objects.current()] == [source]


def test_the_shipped_sources_are_put_in_place_once(world: World, now: datetime) -> None:
    make_funding("dia-phuong", "Ngân sách tỉnh")
    for _ in range(2):
        actions.ensure_sources(by=None, at=now)
    assert set(FundingSource.objects.values_list("code", flat=True)) == {each.code for each in shipped_sources()}
    assert FundingSource.objects.get(code="dia-phuong").name == "Ngân sách tỉnh"
    assert Event.objects.filter(act="budget.source.create").count() == len(shipped_sources()) - 1


def spending(world: World, **fields: Any) -> dict[str, Any]:
    sums = {"owner": world.province, "year": 2026, "item": "total", "basis": "estimate", "amount": Decimal(100)}
    return sums | {"document": "NQ 50/NQ-HĐND"} | fields


def test_finance_records_a_sum_with_its_paper_and_corrects_it(world: World, now: datetime) -> None:
    actions.record_spending(**spending(world), by=world.finance, at=now)
    again = refused(lambda: actions.record_spending(**spending(world), by=world.finance, at=now), actions.NothingNew)
    assert "không có gì mới" in again
    actions.record_spending(**spending(world, amount=Decimal(110)), by=world.finance, at=now)
    assert list(SpendingLine.objects.values_list("number", "amount", "is_current")) == [(1, 100, False), (2, 110, True)]


@pytest.mark.parametrize("person", ["an", "binh", "chi", "dung", "decision_maker", "inspector", "administrator"])
def test_only_finance_records_the_sums(world: World, now: datetime, person: str) -> None:
    refused(lambda: actions.record_spending(**spending(world), by=getattr(world, person), at=now))


@pytest.mark.parametrize(
    "fields",
    [{"document": " "}, {"amount": Decimal(-1)}, {"amount": Decimal("0.5")}, {"year": 1999}, {"item": "x"}],
)
def test_a_sum_without_paper_or_sense_is_refused(world: World, now: datetime, fields: dict[str, Any]) -> None:
    call = spending(world, **fields)
    refused(lambda: actions.record_spending(**call, by=world.finance, at=now), ValidationError)


def test_a_unit_sees_its_own_waiting_lines_and_others_only_what_is_official(world: World, task: Task) -> None:
    make_money(task, world.unit_a, by=world.an, amount=1)
    assert [MoneyLine.objects.visible_to(user).count() for user in (world.an, world.dung)] == [1, 0]
    make_money(task, world.unit_a, by=world.an, kind="planned", confirmed_by=world.finance)
    seen = {name: MoneyLine.objects.visible_to(user).count() for name, user in world.people.items()}
    assert (seen["officer"], seen["finance"], seen["inspector"], seen["other_unit"], seen["administrator"]) == (
        *(2, 2, 2),
        *(0, 0),
    )
