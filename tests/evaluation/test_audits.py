"""An audit of claims from its frame to its publication, and who may do which part of it."""

import json
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

import tiendo_recompute
from tests.factories import (
    NOON,
    World,
    make_duty,
    make_entry,
    make_evidence,
    make_period,
    make_plan,
    make_submission,
    make_task,
    make_user,
)
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.evaluation.actions import audits as actions
from tiendo.evaluation.claims import claims_made, framed_claims, reliabilities, seed_of
from tiendo.evaluation.models import AuditedClaim, ClaimAudit
from tiendo.evaluation.sampling import Design, draw
from tiendo.evaluation.states import Drawn, Finding
from tiendo.orgs.models import Unit
from tiendo.plans.models import Plan, Task
from tiendo.plans.storage import read_file

pytestmark = pytest.mark.django_db
FIRST, UNTIL = date(2026, 1, 1), date(2027, 1, 1)
DONE_ON = date(2026, 5, 20)


def done(plan: Plan, world: World, count: int = 1, *, unit: Unit | None = None, **fields: object) -> list[Task]:
    """Tasks led by unit A, or by another, whose accepted report says that they are done."""
    period, tasks = make_period(plan), []
    unit = unit or world.unit_a
    duty = make_duty(period, unit)
    for _each in range(count):
        task = make_task(plan, lead=unit, by=world.chi, state="completed", completed_on=DONE_ON, **fields)
        entry = make_entry(duty, task, saved_by=world.an, state="completed", percent=100, completed_on=DONE_ON)
        make_submission(entry, by=world.binh, accepted_by=world.chi)
        tasks.append(task)
    return tasks


@pytest.fixture
def plan(world: World) -> Plan:
    return make_plan(owner=world.province)


@pytest.fixture
def checker(world: World) -> User:
    """Somebody of another house who neither accepted nor wrote anything here."""
    return make_user("kiem", world.unit_b, Role.OFFICER, full_name="Lê Thị Kiểm")


def framed(plan: Plan, world: World, **given: object) -> ClaimAudit:
    values: dict[str, object] = {
        "title": "Kiểm tra năm 2026",
        "first": FIRST,
        "until": UNTIL,
        "seed_source": "Giải đặc biệt xổ số kiến thiết ngày 15/01/2027",
        "design": Design(),
        "by": world.chi,
        "at": NOON,
    }
    return actions.frame_audit(plan=plan, **(values | given))  # type: ignore[arg-type]


def drawn(audit: ClaimAudit, world: World) -> ClaimAudit:
    return actions.draw_audit(audit=audit, seed="84213", by=world.chi, at=NOON)


def look(claim: AuditedClaim, checker: User, world: World, finding: Finding = Finding.CONFIRMED) -> AuditedClaim:
    claim = actions.assign_checker(claim=claim, checker=checker, by=world.chi, at=NOON)
    return actions.record_finding(claim=claim, finding=finding, text="Đã xem tại chỗ.", by=checker, at=NOON)


def test_the_frame_holds_every_accepted_claim_of_the_year_and_nothing_else(plan: Plan, world: World) -> None:
    (mine,) = done(plan, world)
    make_task(
        plan, lead=world.unit_a, by=world.chi, state="completed", completed_on=DONE_ON
    )  # no accepted report says so
    make_task(plan, lead=world.unit_a, by=world.chi)
    (early,) = done(plan, world)
    Task.objects.filter(pk=early.pk).update(completed_on=date(2025, 12, 31))
    found = [claim for claim, _report in claims_made(plan, first=FIRST, until=UNTIL)]
    assert [claim.key for claim in found] == [mine.code]
    assert found[0].unit == world.unit_a.code


def test_a_claim_without_evidence_weighs_more_than_one_with(plan: Plan, world: World) -> None:
    bare, backed = done(plan, world, 2)
    entry = backed.entries.get()
    evidence = make_evidence(entry, by=world.an)
    entry.submissions.update(evidence_ids=[evidence.pk])
    risks = {claim.key: claim.risks for claim, _report in claims_made(plan, first=FIRST, until=UNTIL)}
    assert (risks[bare.code], risks[backed.code]) == (("no_evidence",), ())


def test_done_within_three_days_of_the_deadline_is_a_last_moment(plan: Plan, world: World) -> None:
    days = {0: True, 3: True, 4: False, -1: False}
    for left, expected in days.items():
        (task,) = done(plan, world, due_on=DONE_ON + timedelta(days=left))
        risks = {claim.key: claim.risks for claim, _report in claims_made(plan, first=FIRST, until=UNTIL)}
        assert ("last_moment" in risks[task.code]) is expected, left


def test_a_task_kept_from_the_public_is_named_by_a_digest(plan: Plan, world: World) -> None:
    (task,) = done(plan, world, not_public_reason="Bí mật công tác")
    ((claim, _report),) = claims_made(plan, first=FIRST, until=UNTIL)
    assert task.code not in claim.key


def test_the_draw_is_the_one_anybody_makes_from_the_frozen_frame_and_the_seed(plan: Plan, world: World) -> None:
    done(plan, world, 12)
    audit = drawn(framed(plan, world), world)
    assert sha256(read_file(audit.frame)).hexdigest() == audit.frame_sha256
    again = draw(framed_claims(audit), Design.of(audit.design), seed=seed_of(audit, "84213"))
    assert [(each.place, each.drawn) for each in again] == list(
        audit.claims.order_by("place").values_list("place", "drawn")
    )


def test_the_program_anybody_may_carry_away_draws_the_same_from_the_file(
    plan: Plan, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done(plan, world, 12)
    audit = drawn(framed(plan, world, design=Design(by_risk=3, margin=Decimal("0.3"))), world)
    file = tmp_path / "khung.json"
    file.write_bytes(read_file(audit.frame))
    assert tiendo_recompute.main([str(file), "--seed", "84213", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["drawn"]
    assert [(row["place"], row["drawn"]) for row in told] == list(
        audit.claims.order_by("place").values_list("place", "drawn")
    )
    assert 0 < len(told) < 12


def test_a_claim_made_after_the_frame_was_frozen_is_not_drawn(plan: Plan, world: World) -> None:
    done(plan, world, 2)
    audit = framed(plan, world)
    (later,) = done(plan, world)
    assert not drawn(audit, world).claims.filter(task=later).exists()


def test_a_second_seed_is_refused(plan: Plan, world: World) -> None:
    done(plan, world, 2)
    audit = drawn(framed(plan, world), world)
    with pytest.raises(PermissionDenied, match="không rút lại được"):
        actions.draw_audit(audit=audit, seed="11111", by=world.chi, at=NOON)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": " "}, "nguồn của số"),
        ({"seed_source": ""}, "nguồn của số"),
        ({"until": FIRST}, "Ngày cuối"),
        ({"first": date(2030, 1, 1), "until": date(2031, 1, 1)}, "Không có báo cáo"),
    ],
)
def test_a_frame_that_cannot_be_is_refused(plan: Plan, world: World, given: dict[str, object], words: str) -> None:
    done(plan, world)
    with pytest.raises(PermissionDenied, match=words):
        framed(plan, world, **given)
    assert not ClaimAudit.objects.exists()


@pytest.mark.parametrize("who", ["officer", "head", "decision_maker", "finance", "inspector", "other_unit"])
def test_only_the_coordinator_frames(plan: Plan, world: World, who: str) -> None:
    done(plan, world)
    before = Event.objects.count()
    with pytest.raises(PermissionDenied):
        framed(plan, world, by=world.people[who])
    assert (ClaimAudit.objects.count(), Event.objects.count()) == (0, before)


@pytest.mark.parametrize("who", ["officer", "head", "coordinator", "inspector"])
def test_nobody_checks_what_they_had_a_part_in(plan: Plan, world: World, who: str) -> None:
    done(plan, world)
    claim = drawn(framed(plan, world), world).claims.get()
    with pytest.raises(PermissionDenied):
        actions.assign_checker(claim=claim, checker=world.people[who], by=world.chi, at=NOON)


def test_only_the_one_it_was_given_to_says_what_was_found(plan: Plan, world: World, checker: User) -> None:
    done(plan, world)
    claim = drawn(framed(plan, world), world).claims.get()
    actions.assign_checker(claim=claim, checker=checker, by=world.chi, at=NOON)
    with pytest.raises(PermissionDenied, match="giao cho người khác"):
        actions.record_finding(claim=claim, finding=Finding.CONFIRMED, text="Đúng.", by=world.dung, at=NOON)
    with pytest.raises(PermissionDenied, match="điều đã thấy"):
        actions.record_finding(claim=claim, finding=Finding.CONFIRMED, text=" ", by=checker, at=NOON)


def test_no_conclusion_while_a_claim_waits(plan: Plan, world: World, checker: User) -> None:
    done(plan, world, 2)
    audit = drawn(framed(plan, world), world)
    look(audit.claims.order_by("place")[0], checker, world)
    with pytest.raises(PermissionDenied, match="chưa có kết quả"):
        actions.conclude_audit(audit=audit, by=world.chi, at=NOON)


def test_the_conclusion_gives_each_unit_its_rate_and_it_stays(plan: Plan, world: World, checker: User) -> None:
    done(plan, world, 4)
    audit = drawn(framed(plan, world), world)
    claims = list(audit.claims.filter(drawn=Drawn.RANDOM).order_by("place"))
    assert len(claims) == 4  # of four claims every one is needed for the margin
    for place, claim in enumerate(claims):
        look(claim, checker, world, Finding.REFUTED if place == 0 else Finding.CONFIRMED)
    audit = actions.conclude_audit(audit=audit, by=world.chi, at=NOON)
    assert reliabilities(plan, 2026) == {
        world.unit_a.pk: {
            "claims": 4,
            "checked": 4,
            "effective": 4,
            "confirmed": 3,
            "rate": "0.75",
            "low": "0.75",
            "high": "0.75",
            "confidence": "0.95",
        }
    }
    with pytest.raises(PermissionDenied, match="đã kết luận"):
        actions.record_finding(claim=claims[0], finding=Finding.CONFIRMED, text="Nghĩ lại.", by=checker, at=NOON)


def test_units_learn_of_an_audit_when_the_decision_maker_publishes_it(plan: Plan, world: World, checker: User) -> None:
    done(plan, world)
    audit = drawn(framed(plan, world), world)
    with pytest.raises(PermissionDenied, match="chưa kết luận"):
        actions.publish_audit(audit=audit, by=world.decision_maker, at=NOON)
    look(audit.claims.get(), checker, world)
    actions.conclude_audit(audit=audit, by=world.chi, at=NOON)
    assert not ClaimAudit.objects.visible_to(world.binh).exists()
    with pytest.raises(PermissionDenied):
        actions.publish_audit(audit=audit, by=world.chi, at=NOON)
    actions.publish_audit(audit=audit, by=world.decision_maker, at=NOON)
    assert ClaimAudit.objects.visible_to(world.binh).exists()
    with pytest.raises(PermissionDenied, match="đã công bố"):
        actions.publish_audit(audit=audit, by=world.decision_maker, at=NOON)


def test_a_unit_once_refuted_weighs_more_the_next_time(plan: Plan, world: World, checker: User) -> None:
    done(plan, world)
    audit = drawn(framed(plan, world), world)
    look(audit.claims.get(), checker, world, Finding.REFUTED)
    actions.conclude_audit(audit=audit, by=world.chi, at=NOON)
    ((claim, _report),) = claims_made(plan, first=FIRST, until=UNTIL)
    assert "refuted_before" in claim.risks


def test_the_frame_takes_the_same_number_of_queries_for_one_claim_and_for_three(plan: Plan, world: World) -> None:
    counts = []
    for more in (1, 2):
        done(plan, world, more)
        with CaptureQueriesContext(connection) as queries:
            claims_made(plan, first=FIRST, until=UNTIL)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_claims_of_units_that_merged_weigh_together(plan: Plan, world: World) -> None:
    """Two of one unit, both refuted, and four of the other, all confirmed: none that the draw fell on is lost."""
    done(plan, world, 2)
    done(plan, world, 4, unit=world.finance_unit)
    checker = make_user("kiem", world.unit_b, Role.OFFICER)
    audit = drawn(framed(plan, world), world)
    for claim in audit.claims.all():
        look(claim, checker, world, Finding.REFUTED if claim.unit == world.unit_a else Finding.CONFIRMED)
    actions.conclude_audit(audit=audit, by=world.chi, at=NOON)
    lots = audit.claims.filter(drawn=Drawn.RANDOM)
    assert len(reliabilities(plan, 2026)) == 2
    merged = reliabilities(plan, 2026, answering=lambda _unit: world.unit_b.pk)
    assert list(merged) == [world.unit_b.pk]
    told = merged[world.unit_b.pk]
    assert (told["claims"], told["checked"], told["confirmed"]) == (
        6,
        lots.count(),
        lots.filter(unit=world.finance_unit).count(),
    )


def test_a_later_audit_of_what_is_new_does_not_wipe_the_first(plan: Plan, world: World, checker: User) -> None:
    done(plan, world, 3)
    first = drawn(framed(plan, world), world)
    for claim in first.claims.all():
        look(claim, checker, world, Finding.REFUTED)
    with pytest.raises(PermissionDenied, match="chưa kết luận"):
        framed(plan, world)
    actions.conclude_audit(audit=first, by=world.chi, at=NOON)
    with pytest.raises(PermissionDenied, match="Không có báo cáo"):
        framed(plan, world)
    (fresh,) = done(plan, world)
    second = drawn(framed(plan, world), world)
    assert [claim.task for claim in second.claims.all()] == [fresh]
    look(second.claims.get(), checker, world)
    actions.conclude_audit(audit=second, by=world.chi, at=NOON)
    told = reliabilities(plan, 2026)[world.unit_a.pk]
    assert (told["claims"], told["checked"], told["confirmed"], told["rate"]) == (4, 4, 1, "0.25")
