"""Loads the sample through the same readers and acts as real data, each act at its moment in the past."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate

from tiendo.accounts.actions import MACHINE
from tiendo.config.sample import (
    amending,
    auditing,
    directing,
    followup,
    inspecting,
    judging,
    measures,
    money,
    obstacles,
    occasions,
    registering,
    supervising,
)
from tiendo.config.sample.reports import Reports
from tiendo.config.sample.story import HERE, SET_UP_ON, at, progress, times
from tiendo.config.sample.world import Agenda, World, settle
from tiendo.config.units import built_in_units
from tiendo.intake.actions import accept_import, decide_proposals, start_import
from tiendo.intake.models import Import, Proposal
from tiendo.orgs.actions import load_units
from tiendo.papers.fonts import MissingFont
from tiendo.plans.models import Annex, Plan
from tiendo.publication.actions import approve_release, propose_release
from tiendo.publication.models import Release
from tiendo.reporting.actions import issue_report, record_silence

PLAN_CODE = "KH68"
PLAN_TITLE = "Kế hoạch thực hiện Nghị quyết số 57-NQ/TW trên địa bàn tỉnh (minh họa)"
PLAN_FILE = "ke-hoach.docx"
SIGNED_ON = date(2025, 2, 20)
ANNEX_FILES = {"Phụ lục I": "phu-luc-1.docx", "Phụ lục II": "phu-luc-2.docx"}

Say = Callable[[str], None]


@transaction.atomic
def load_sample(*, now: datetime, say: Say) -> None:
    """Everything or nothing: a load that is interrupted leaves the database as it was."""
    start = at(SET_UP_ON, 8)
    say("Danh mục đơn vị …")
    load_units(data=built_in_units(), by=MACHINE, at=start)
    say("Người dùng và chức vụ …")
    world = settle(at=start + timedelta(minutes=20))
    say("Đọc kế hoạch và hai phụ lục …")
    plan = _import_plan(world, at=start + timedelta(days=7))
    say("Giao việc …")
    followup.charge(world, plan, at=start + timedelta(days=20))
    followup.hide(world, plan, at=start + timedelta(days=21))
    occasions.plan_work(world, plan, at=start + timedelta(days=22))
    _follow(world, plan, now=now, say=say)


def is_loaded() -> bool:
    """Whether this database already holds the sample."""
    return Import.objects.filter(file_name=PLAN_FILE, plan__code=PLAN_CODE).exists()


def _import_plan(world: World, *, at: datetime) -> Plan:
    """The plan first, without tasks from its prose (its second annex lists them), then each annex under its name."""
    source = _read(world, PLAN_FILE, at=at)
    in_prose = source.proposals.filter(kind=Proposal.Kind.TASK)
    leave = Proposal.Decision.REJECTED
    decide_proposals(source=source, proposals=in_prose, decision=leave, by=world.coordinator, at=at)
    version = accept_import(
        source=source,
        take_pending=True,
        by=world.coordinator,
        at=at + timedelta(minutes=30),
        code=PLAN_CODE,
        title=PLAN_TITLE,
        owner=world.units["ubnd-tinh"],
    )
    for place, (label, name) in enumerate(ANNEX_FILES.items(), 1):
        moment = at + timedelta(hours=place)
        annex = Annex.objects.get(plan=version.plan, label=label)
        attached = _read(world, name, at=moment, annex=annex)
        accept_import(source=attached, take_pending=True, by=world.coordinator, at=moment, in_force_from=SIGNED_ON)
    return version.plan


def _read(world: World, name: str, *, at: datetime, annex: Annex | None = None) -> Import:
    data = (HERE / name).read_bytes()
    return start_import(data=data, name=name, by=world.coordinator, at=at, annex=annex)[0]


def _follow(world: World, plan: Plan, *, now: datetime, say: Say) -> None:
    """Three periods, and around them what is urged, put off, issued, read and made public."""
    lines, agenda = progress(), Agenda()
    periods = [Reports(world, agenda, plan, number, time, lines) for number, time in enumerate(times(now))]
    for reports in periods:
        reports.schedule()
        agenda.add(reports.time.opens_at, partial(_announce, say, reports))
        if reports.time.closes_at:
            agenda.add(reports.time.dates.due_at + timedelta(days=3), partial(_urge_missing, world, reports))
            agenda.add(reports.time.closes_at + timedelta(hours=1), partial(_issue, world, say, reports))
            agenda.add(reports.time.closes_at - timedelta(hours=1), _note_silence)
            agenda.add(reports.time.closes_at - timedelta(hours=2), lambda at: money.confirm_reported(world, at=at))
            agenda.add(reports.time.closes_at + timedelta(hours=2), lambda at: followup.read_inboxes(world, at=at))
    _publish(world, agenda, plan, periods[1], now)
    agenda.add(now - timedelta(days=6), lambda at: followup.urge_overdue(world, plan, at=at))
    occasions.schedule(world, agenda, plan, now=now)
    money.schedule(world, agenda, plan, now=now)
    measures.schedule(world, agenda, plan, now=now)
    auditing.schedule(world, agenda, plan, now=now)
    judging.schedule(world, agenda, plan, now=now)
    supervising.schedule(world, agenda, plan, now=now)
    inspecting.schedule(world, agenda, plan, now=now)
    obstacles.schedule(world, agenda, plan, now=now)
    directing.schedule(world, agenda, plan, now=now)
    registering.schedule(world, agenda, plan, now=now)
    amending.schedule(world, agenda, plan, now=now)
    agenda.run()


def _announce(say: Say, reports: Reports, at: datetime) -> None:
    say(f"Kỳ báo cáo “{reports.period.name}” …")


def _urge_missing(world: World, reports: Reports, at: datetime) -> None:
    followup.urge_missing(world, reports.period, at=at)


def _note_silence(at: datetime) -> None:
    record_silence(by=None, at=at)


def _issue(world: World, say: Say, reports: Reports, at: datetime) -> None:
    """The consolidated report of a closed period; a machine without the font of official papers goes without it."""
    try:
        issue_report(period=reports.period, by=world.coordinator, at=at, confirmed=True)
    except MissingFont as missing:
        say(f"Chưa lập được báo cáo tổng hợp: {missing}")


def _publish(world: World, agenda: Agenda, plan: Plan, second: Reports, now: datetime) -> None:
    """One release after the second period, approved; one proposed today, waiting for the leader."""
    after = second.time.dates.due_at + timedelta(days=13, hours=20)
    agenda.add(after - timedelta(hours=1), lambda at: occasions.extend(world, plan, at=at))
    title = f"Tiến độ thực hiện Kế hoạch, {second.time.dates.name.lower()}"
    agenda.add(after, lambda at: _propose(world, agenda, plan, title, at, approve=True))
    latest = f"Tiến độ cập nhật đến ngày {localdate(now):%d/%m/%Y}"
    agenda.add(now - timedelta(hours=3), lambda at: _propose(world, agenda, plan, latest, at))


def _propose(world: World, agenda: Agenda, plan: Plan, title: str, at: datetime, *, approve: bool = False) -> None:
    release = propose_release(plan=plan, title=title, by=world.coordinator, at=at)
    if approve:
        agenda.add(at + timedelta(hours=1), partial(_approve, world, release))


def _approve(world: World, release: Release, at: datetime) -> None:
    approve_release(release=release, by=world.leader, at=at)
