"""One fixed small province in which every address exists, and every act is ready to be done by who may do it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.factories import (
    NOON,
    World,
    make_duty,
    make_entry,
    make_indicator,
    make_period,
    make_plan,
    make_submission,
    make_task,
    make_user,
    make_world,
)
from tests.factories.indicators import make_programme
from tests.intake.filling import filled
from tests.permissions.audits import Audits, audit_places, set_audits
from tests.permissions.criteria import Sets, criteria_places, set_criteria
from tests.permissions.cycles import cycle_places, set_cycles
from tests.permissions.desks import desk_places, set_desks
from tests.permissions.ledger import ledger_places, set_ledger
from tests.permissions.money import money_places, set_money
from tests.permissions.oversight import oversight_places, set_oversight
from tests.permissions.own_plans import own_plan_places, set_own_plan
from tests.permissions.passports import passport_places, set_passports
from tests.permissions.periods import closed_duty, set_periods
from tests.permissions.pictures import picture_places, set_pictures
from tests.permissions.signed import Signing, signing
from tiendo.accounts.models import Post, Role, User
from tiendo.intake.actions import accept_import, split_proposal, start_import
from tiendo.intake.models import Import, Proposal
from tiendo.intake.workbooks import workbook_of
from tiendo.notices.actions import add_endpoint, notify, open_feed
from tiendo.notices.kinds import Kind
from tiendo.notices.models import Delivery, Endpoint, Notice
from tiendo.orgs.models import OfficeDay
from tiendo.plans.actions import add_milestone, carry_out
from tiendo.plans.models import Assignment, Mandate, Milestone, Plan, Task
from tiendo.publication.actions import approve_release, propose_release, withhold_task
from tiendo.publication.models import Release
from tiendo.reporting.actions import add_file_evidence, enter_national, issue_report, save_part, upload_template
from tiendo.reporting.actions.unit_workbook import receive_workbook
from tiendo.reporting.models import (
    Duty,
    Entry,
    Evidence,
    ExtensionRequest,
    IssuedReport,
    NationalEntry,
    Part,
    Period,
    ProgrammeEntry,
    Schedule,
    Submission,
    UnitWorkbook,
    Urging,
)
from tiendo.reporting.papers.paper import shipped_text
from tiendo.reporting.papers.template import PartKey
from tiendo.reporting.workbooks.stored import workbook_of as report_workbook_of

PAPER = "KẾ HOẠCH\nMở rộng thư viện số\nI. NHIỆM VỤ\n1. Thư viện\n- Mở 20 điểm đọc sách.\n- Số hóa 500 đầu sách.\n"


@dataclass(frozen=True)
class Told:
    """A message to everybody, what was sent outside, and the token of a calendar in use and of one ended."""

    notice: Notice
    undelivered: Delivery
    endpoint: Endpoint
    token: str
    ended_token: str


@dataclass(frozen=True)
class Stage:
    """What the addresses point at. `writing`, `ready`, `waiting`, `blank` and `own` are reports at their stages."""

    world: World
    plan: Plan
    next_plan: Plan
    task: Task
    hidden: Task
    coming: Period
    writing: Duty
    ready: Duty
    waiting: Duty
    blank: Duty
    own: Duty
    question: Part
    dispute: Part
    request: ExtensionRequest
    draft_evidence: Evidence
    sent_evidence: Evidence
    urging: Urging
    issued: IssuedReport
    submission: Submission
    copied: NationalEntry
    source: Import
    part: Proposal
    change: Import
    taken: Import
    workbook: bytes
    report_file: bytes
    report_book: UnitWorkbook
    withdrawn: Release
    approved: Release
    proposed: Release
    own_release: Release
    told: Told
    signing: Signing
    audits: Audits
    sets: Sets

    @property
    def proposal(self) -> Proposal:
        return self.source.proposals.get(kind=Proposal.Kind.DOCUMENT)

    @property
    def tasks_read(self) -> list[Proposal]:
        """The tasks of the paper; the first one looks like a task of another plan."""
        return list(self.source.proposals.filter(kind=Proposal.Kind.TASK))


def build_stage() -> Stage:
    """The whole stage, through the factories, and through the actions where files or seals are made."""
    world = make_world()
    make_user("truong-y-te", world.unit_b, Role.HEAD, title="Giám đốc")
    plan, other, third = (make_plan(world.province, code) for code in ("kh-57", "kh-58", "kh-59"))
    task = make_task(
        plan, by=world.chi, lead=world.unit_a, coordinating=[world.finance_unit], head=world.binh, officer=world.an
    )
    hidden = _hidden(plan, world)
    add_milestone(task=task, title="Khảo sát xong", due_on=date(2026, 5, 1), by=world.an, at=NOON)
    carry_out(number="10-KL/TW", plan=plan, source="Công văn số 3", by=world.chi, at=NOON)
    OfficeDay.objects.create(day=date(2026, 6, 19), kind=OfficeDay.Kind.OFF, note="10/TB-UBND")
    earlier = _accepted_before(plan, task, world)
    set_periods(plan, third, task, world)
    reports = {name: make_duty(make_period(plan), world.unit_a) for name in ("writing", "ready", "waiting", "blank")}
    own = make_duty(make_period(plan), world.unit_a)
    make_entry(reports["writing"], task, saved_by=world.an)
    make_entry(reports["ready"], task, saved_by=world.an)
    make_duty(reports["writing"].period, world.unit_b)
    sent_evidence = _sent(reports["waiting"], task, world, by=world.binh)
    _written_over(reports["writing"].period, world)
    _sent(own, task, world, by=world.chi)
    set_desks(plan, task, world)
    set_ledger(world)
    set_money(task, world)
    set_passports(plan, task, world)
    set_pictures(world)
    set_cycles(world)
    set_oversight(plan, task, world)
    issued = issue_report(period=earlier, by=world.chi, at=NOON)
    question, dispute = _parts(third, world)
    set_own_plan(world)
    return Stage(
        world=world,
        plan=plan,
        next_plan=third,
        task=task,
        hidden=hidden,
        coming=make_period(plan, opened_at=None),
        own=own,
        question=question,
        dispute=dispute,
        request=_request(third, world),
        draft_evidence=_file_of(reports["writing"], task, world),
        sent_evidence=sent_evidence,
        urging=_urging(reports["writing"], world),
        issued=issued,
        submission=Submission.objects.get(entry__duty__period=earlier),
        copied=_copied(plan, task, world),
        signing=signing(issued, reports["waiting"], world),
        source=_paper(world),
        part=_part(world),
        change=_change(plan, world),
        taken=_taken(world),
        workbook=filled(workbook_of(plan.version, at=NOON), {"Nhiệm vụ!F2": "Báo cáo tổng kết"}),
        report_file=filled(report_workbook_of(reports["writing"], at=NOON), {"Báo cáo!N2": "Thêm 4 xã."}),
        report_book=_book(reports["writing"], world),
        writing=reports["writing"],
        ready=reports["ready"],
        waiting=reports["waiting"],
        blank=reports["blank"],
        withdrawn=_withdrawn(make_plan(world.province, "kh-56"), world),
        approved=_approved(plan, world),
        proposed=propose_release(plan=plan, title="Quý II", by=world.chi, at=NOON),
        own_release=_proposed_by_decider(other, world),
        told=_told(world),
        audits=set_audits(world),
        sets=set_criteria(world),
    )


def _hidden(plan: Plan, world: World) -> Task:
    """Kept from the public; unit A helps with it, unit B has no part in it."""
    kept = {"not_public_reason": "Nội dung nội bộ", "title": "Bảo vệ hệ thống nội bộ"}
    return make_task(plan, by=world.chi, lead=world.finance_unit, coordinating=[world.unit_a], **kept)  # type: ignore[arg-type]


def _accepted_before(plan: Plan, task: Task, world: World) -> Period:
    """An earlier period in which the task's report was accepted."""
    due_at = NOON - timedelta(days=200)
    period = make_period(plan, opens_at=due_at - timedelta(days=30), due_at=due_at)
    entry = make_entry(make_duty(period, world.unit_a), task, saved_by=world.an, percent=20)
    make_submission(entry, by=world.binh, accepted_by=world.chi)
    return period


def _book(duty: Duty, world: World) -> UnitWorkbook:
    """A report filled in offline, waiting to be taken."""
    data = filled(report_workbook_of(duty, at=NOON), {"Báo cáo!N2": "Thêm 3 xã."})
    return receive_workbook(duty=duty, data=data, name="bao-cao.xlsx", by=world.an, at=NOON)


def _sent(duty: Duty, task: Task, world: World, *, by: User) -> Evidence:
    """A report sent with a file, waiting to be read."""
    entry = make_entry(duty, task, saved_by=world.an)
    evidence = _file_of(duty, task, world)
    make_submission(entry, by=by)
    return evidence


def _parts(plan: Plan, world: World) -> list[Part]:
    """Unit A helps with two tasks of another unit that were reported on: it is asked about one, disputes the other."""
    duty = make_duty(make_period(plan), world.finance_unit)
    entries = [
        make_entry(duty, make_task(plan, by=world.chi, lead=world.finance_unit, coordinating=[world.unit_a]))
        for _ in range(2)
    ]
    for entry in entries:
        make_submission(entry, by=world.finance)
    states = zip(entries, (Part.State.ASKED, Part.State.DISPUTED), strict=True)
    return [
        Part.objects.create(entry=entry, unit=world.unit_a, state=state, asked_at=NOON, due_at=NOON)
        for entry, state in states
    ]


def _request(plan: Plan, world: World) -> ExtensionRequest:
    task = make_task(plan, by=world.chi, lead=world.unit_a, title="Việc xin gia hạn")
    asked = {"task": task, "unit": world.unit_a, "due_on": date(2027, 6, 30), "reason": "Mưa lũ"}
    return ExtensionRequest.objects.create(asked_by=world.binh, asked_at=NOON, **asked)


def _file_of(duty: Duty, task: Task, world: World) -> Evidence:
    words = f"Danh sách xã đã phủ sóng {duty.pk}".encode()
    return add_file_evidence(duty=duty, task=task, data=words, name="danh-sach.txt", by=world.an, at=NOON)


def _copied(plan: Plan, task: Task, world: World) -> NationalEntry:
    """An older accepted report that stands in the national system."""
    older = _accepted_before(plan, task, world)
    return enter_national(submission=Submission.objects.get(entry__duty__period=older), by=world.chi, at=NOON)


def _written_over(period: Period, world: World) -> None:
    """One part of the consolidated report in the coordinator's own words, and a template that was replaced."""
    save_part(period=period, part=PartKey.OUTSTANDING, text="Kết quả tốt.", revision=0, by=world.chi, at=NOON)
    for _time in range(2):
        upload_template(text=shipped_text(), note="", by=world.chi, at=NOON)


def _urging(duty: Duty, world: World) -> Urging:
    return Urging.objects.create(unit=world.unit_a, duty=duty, message="Gửi sớm", sent_by=world.chi, sent_at=NOON)


def _approved(plan: Plan, world: World) -> Release:
    make_indicator("CT-CONG-BO", by=world.chi, plan=plan)
    make_programme("ct-cong-bo", plan, by=world.chi, decided_by=world.decision_maker)
    release = propose_release(plan=plan, title="Quý I", by=world.chi, at=NOON - timedelta(days=60))
    return approve_release(release=release, by=world.decision_maker, at=NOON - timedelta(days=59))


def _withdrawn(plan: Plan, world: World) -> Release:
    """An older release of another plan, corrected since."""
    task = make_task(plan, by=world.chi, lead=world.finance_unit, title="Việc đã rút khỏi công bố")
    release = propose_release(plan=plan, title="Quý IV", by=world.chi, at=NOON - timedelta(days=90))
    approve_release(release=release, by=world.decision_maker, at=NOON - timedelta(days=89))
    withhold_task(task=task, reason="Nội bộ", by=world.decision_maker, at=NOON - timedelta(days=88))
    release.refresh_from_db()
    return release


def _proposed_by_decider(plan: Plan, world: World) -> Release:
    """As if the decision-maker had been the coordinator when it was proposed."""
    release = propose_release(plan=plan, title="Kế hoạch khác", by=world.chi, at=NOON)
    Release.objects.filter(pk=release.pk).update(proposed_by=world.decision_maker)
    return release


def _told(world: World) -> Told:
    """The other program listens on this machine at a port where nobody does."""
    url = "http://127.0.0.1:9/nhan"
    endpoint = add_endpoint(name="Trục liên thông", url=url, kinds=[], by=world.administrator, at=NOON)
    message = {"sentence": "Gửi sớm", "url": "/lam-viec/", "about": "orgs.unit:so-xay-dung", "key": "stage"}
    notify(kind=Kind.URGING, to=world.people.values(), by=None, at=NOON, **message)
    Delivery.objects.filter(user=world.an).update(state=Delivery.State.GIVEN_UP)
    return Told(
        notice=Notice.objects.get(user=world.an, key="stage"),
        undelivered=Delivery.objects.get(user=world.an, notices__key="stage"),
        endpoint=endpoint,
        ended_token=open_feed(by=world.binh, at=NOON)[1],
        token=open_feed(by=world.binh, at=NOON)[1],
    )


def _notices(stage: Stage) -> dict[str, tuple[Any, ...]]:
    told = stage.told
    return {
        **{f"notices:notice-{name}": (told.notice.pk,) for name in ("open", "read")},
        "notices:delivery-retry": (told.undelivered.pk,),
        **{f"notices:endpoint-{name}": (told.endpoint.pk,) for name in ("change", "renew", "switch", "try")},
        "notices:feed-file": (told.token,),
        "notices:feed-file#ended": (told.ended_token,),
    }


def places(stage: Stage) -> dict[str, tuple[Any, ...]]:
    """What stands in the address of each row that has something in its address."""
    return {
        **desk_places(stage.ready, stage.waiting, stage.world.unit_a.code),
        **audit_places(stage.audits),
        **criteria_places(stage.sets),
        **ledger_places(),
        **money_places(stage.task),
        **passport_places(stage.plan.code),
        **picture_places(stage.world),
        **cycle_places(),
        **oversight_places(stage),
        **_people(stage),
        **_notices(stage),
        **_reports(stage),
        **_tasks(stage),
        **_papers(stage),
        **own_plan_places(stage.world),
        **_public(stage),
    }


def _people(stage: Stage) -> dict[str, tuple[Any, ...]]:
    named = ("person-detail", "person-password", "person-close", "post-give")
    post = Post.objects.get(user=stage.world.an)
    return {f"accounts:{name}": ("an",) for name in named} | {"accounts:post-end": ("an", post.pk)}


def _reports(stage: Stage) -> dict[str, tuple[Any, ...]]:
    period, writing, code = stage.writing.period, stage.writing.pk, stage.task.code
    waiting, own = _entry(stage.waiting), _entry(stage.own)
    return {
        **stage.signing.places(),
        "reporting:urging-see": (stage.urging.pk,),
        "reporting:task-urge": (code,),
        "reporting:period-open": (stage.coming.pk,),
        "reporting:period-edit": (stage.coming.pk,),
        "reporting:schedule-end": (Schedule.objects.get().pk,),
        "reporting:programme-cancel": (ProgrammeEntry.objects.get().pk,),
        "reporting:duty-reopen": (closed_duty().pk,),
        "reporting:reopening-end": (closed_duty().reopenings.get().pk,),
        **{
            f"reporting:{name}": (period.pk,)
            for name in ("period-detail", "period-live", "period-close", "period-urge")
        },
        **{f"reporting:report-{name}": (period.pk,) for name in ("issue", "draft", "figures")},
        **{f"reporting:report-part{name}": (period.pk, "noi-bat") for name in ("", "-save", "-preview", "-follow")},
        "reporting:briefing-file": ("docx",),
        "reporting:national-enter": (stage.submission.pk,),
        "reporting:national-undo": (stage.copied.pk,),
        "reporting:unit-report-preview": (writing, "docx"),
        "reporting:unit-report-keep": (stage.own.pk,),
        "reporting:unit-report-file": (stage.waiting.pk, 90, "docx"),
        "reporting:template-file": (0,),
        "reporting:template-restore": (1,),
        "reporting:report-by-code": (stage.issued.code,),
        "reporting:report-document": (stage.issued.pk,),
        "reporting:report-detail": (stage.issued.pk,),
        "reporting:report-file": (stage.issued.pk, "docx"),
        "reporting:duty-detail": (writing,),
        "reporting:burden-period": (period.pk,),
        "reporting:burden-file": (period.pk, "xlsx"),
        **{f"reporting:workbook-{name}": (writing,) for name in ("upload", "get")},
        **{f"reporting:workbook-{name}": (stage.report_book.pk,) for name in ("review", "take", "drop")},
        "reporting:duty-send": (stage.ready.pk,),
        "reporting:duty-nothing-new": (stage.blank.pk,),
        "reporting:duty-accept": (stage.waiting.pk,),
        "reporting:duty-accept#own": (stage.own.pk,),
        **{f"reporting:{name}": (writing, code) for name in ("entry-edit", "entry-autosave", "evidence-add")},
        "reporting:entry-repeat": (stage.blank.pk, code),
        **{f"reporting:evidence-{name}": (stage.draft_evidence.pk,) for name in ("file", "remove")},
        **{f"reporting:evidence-{name}#sent": (stage.sent_evidence.pk,) for name in ("file", "remove")},
        **{f"reporting:entry-{name}": (waiting.pk,) for name in ("accept", "return")},
        "reporting:entry-accept#own": (own.pk,),
        "reporting:duty-review": (writing,),
        "reporting:entry-remark": (waiting.pk,),
        "reporting:part-answer": (stage.question.pk,),
        **{f"reporting:part-{name}": (stage.dispute.pk,) for name in ("withdraw", "settle")},
        "reporting:task-extension": (code,),
        **{f"reporting:extension-{name}": (stage.request.pk,) for name in ("withdraw", "advise", "grant", "refuse")},
    }


def _entry(duty: Duty) -> Entry:
    return duty.entries.get()


def _paper(world: World) -> Import:
    """Read and undecided, with an indicator to link and a likely twin to confirm."""
    source = start_import(data=PAPER.encode(), name="thu-vien.txt", by=world.chi, at=NOON)[0]
    indicator = {"number": "1", "name": "Số đầu sách", "group": None, "target": None, "lead": []}
    Proposal.objects.create(source=source, kind=Proposal.Kind.INDICATOR, key="PL-I#1", position=99, printed=indicator)
    twin = {"task": "KH57-001", "proposal": None, "plan": "KH57", "title": "Đọc", "score": 90, "due_on": None}
    source.proposals.filter(kind=Proposal.Kind.TASK, key="I.1#1").update(twins=[twin | {"confirmed": None}])
    return source


def _change(plan: Plan, world: World) -> Import:
    """A paper that would change a plan, compared with it."""
    return start_import(data=PAPER.replace("20", "60").encode(), name="doi.txt", by=world.chi, at=NOON, plan=plan)[0]


def _taken(world: World) -> Import:
    """A paper accepted without any of its tasks."""
    source = start_import(data=PAPER.replace("20", "80").encode(), name="nua.txt", by=world.chi, at=NOON)[0]
    named = {"code": "kh-80", "title": "Kế hoạch thư viện", "owner": world.province}
    accept_import(source=source, take_pending=False, by=world.chi, at=NOON, **named)  # type: ignore[arg-type]
    return source


def _part(world: World) -> Proposal:
    """One of the two parts into which a task of another paper was split."""
    source = start_import(data=PAPER.replace("20", "40").encode(), name="khac.txt", by=world.chi, at=NOON)[0]
    whole = source.proposals.filter(kind=Proposal.Kind.TASK)[0]
    parts = [{"title": "Mở 20 điểm ở vùng thấp"}, {"title": "Mở 20 điểm ở vùng cao"}]
    return split_proposal(proposal=whole, parts=parts, by=world.chi, at=NOON)[0]


def _tasks(stage: Stage) -> dict[str, tuple[Any, ...]]:
    code = stage.task.code
    helping = Assignment.objects.get(task=stage.task, role=Assignment.Role.COORDINATING)
    acts = ("detail", "assign", "deadline", "head", "officer", "hide", "mandate", "start")
    step = Milestone.objects.get()
    return {
        **{f"plans:task-{name}": (code,) for name in acts},
        "plans:task-unassign": (code, helping.pk),
        "plans:task-field": (code, "product"),
        "plans:milestone-add": (code,),
        **{f"plans:milestone-{name}": (step.pk,) for name in ("finish", "remove")},
        "plans:task-show": (stage.hidden.code,),
        **{f"plans:{name}": (stage.plan.code,) for name in ("plan-detail", "plan-workbook", "plan-workbook-return")},
        **{f"plans:{name}": (stage.plan.code,) for name in ("plan-as-at", "plan-as-at-file")},
        "plans:plan-mandate": (stage.plan.code,),
        "plans:mandate-end": (Mandate.objects.get(plan=stage.plan).pk,),
        "plans:document-lines": (stage.plan.version.document.pk,),
    }


def _papers(stage: Stage) -> dict[str, tuple[Any, ...]]:
    acts = ("import-review", "import-progress", "proposals-decide", "proposals-twin", "import-accept", "import-discard")
    return {
        **{f"intake:{name}": (stage.source.pk,) for name in acts},
        "intake:proposal-edit": (stage.proposal.pk,),
        **{f"intake:proposal-{name}": (stage.tasks_read[0].pk,) for name in ("card", "split", "merge", "link")},
        "intake:proposal-unshape": (stage.part.pk,),
        "intake:import-compare": (stage.change.pk,),
        "intake:import-rest": (stage.taken.pk,),
        **{f"publication:release-{name}": (stage.proposed.pk,) for name in ("detail", "approve", "reject")},
        "publication:release-detail#approved": (stage.approved.pk,),
        "publication:release-sealed": (stage.approved.pk,),
        "publication:release-sealed#withdrawn": (stage.withdrawn.pk,),
        "publication:release-approve#own": (stage.own_release.pk,),
        **{f"orgs:unit-{name}": (stage.world.unit_a.code,) for name in ("detail", "correct")},
        "orgs:office-day-remove": (OfficeDay.objects.get().pk,),
    }


def _public(stage: Stage) -> dict[str, tuple[Any, ...]]:
    number = stage.approved.number or 0
    return {
        "portal:plan-text": (stage.plan.code,),
        **{f"portal:{name}": ("CT-CONG-BO",) for name in ("indicator", "indicator-chart")},
        "api:indicator": ("CT-CONG-BO",),
        "portal:programme": ("ct-cong-bo",),
        "portal:plan-group": (stage.plan.code, "III.1.1"),
        "portal:group": ("III.1.1",),
        "portal:unit": (stage.world.unit_a.code,),
        "portal:file": ("nhiem-vu.csv",),
        "portal:release": (number,),
        "portal:release#proposed": (number + 1,),
        "portal:release-file": (number, "nhiem-vu.json"),
        "api:release": (number,),
        **{f"{face}:task": (stage.task.code,) for face in ("portal", "api")},
        **{f"{face}:task#hidden": (stage.hidden.code,) for face in ("portal", "api")},
    }
