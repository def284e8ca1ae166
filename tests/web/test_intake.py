"""The pages on which documents come in: upload, source beside proposals, accepting, putting aside."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import World
from tests.intake.conftest import SAMPLE
from tests.intake.plan import plan_bytes
from tiendo.accounts.models import User
from tiendo.audit.models import Event
from tiendo.intake.actions import decide_proposals, start_import
from tiendo.intake.models import Import, Proposal
from tiendo.orgs.actions import learn_alias
from tiendo.orgs.models import Unit
from tiendo.plans.models import Annex, Plan
from tiendo.web.intake.source import SHOWN, marked, shown_lines

SignIn = Callable[[User], Client]
LIST = "/lam-viec/nhap/"


@pytest.fixture
def client(units: World, client_of: SignIn) -> Client:
    """The coordinator's browser."""
    return client_of(units.chi)


@pytest.fixture
def source(units: World, now: datetime) -> Import:
    """The sample plan, read, nothing decided."""
    data = (SAMPLE / "ke-hoach.docx").read_bytes()
    return start_import(data=data, name="ke-hoach.docx", by=units.chi, at=now)[0]


def page_of(source: Import, act: str = "import-review") -> str:
    return reverse(f"intake:{act}", args=[source.pk])


def upload(client: Client, data: bytes, name: str = "ke-hoach.docx", **given: object) -> "tuple[int, str]":
    file = SimpleUploadedFile(name, data)
    answer = client.post(LIST, {"file": file, **given}, follow=True)
    return answer.status_code, answer.content.decode()


def one(source: Import, kind: str, **given: object) -> Proposal:
    proposal = source.proposals.filter(kind=kind, **given).first()
    assert proposal is not None
    return proposal


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_upload_reads_the_file_and_opens_the_review(client: Client) -> None:
    status, page = upload(client, (SAMPLE / "ke-hoach.docx").read_bytes())
    assert status == 200
    assert "Còn <b>96</b>/96 đề xuất chưa quyết" in page
    assert Import.objects.get().status == Import.Status.PROPOSED


def test_upload_of_a_known_file_changes_nothing_and_says_so(client: Client, source: Import) -> None:
    before = Event.objects.count()
    _status, page = upload(client, (SAMPLE / "ke-hoach.docx").read_bytes(), "ten-khac.docx")
    assert "không có gì thay đổi" in page
    assert (Import.objects.count(), Event.objects.count()) == (1, before)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\x89PNG\r\n\x1a\n0000", "anh.docx", "PNG"),
        (b"<html><body>x</body></html>", "trang.docx", "HTML"),
        (b"GIF89a0000", "a.gif", "docx"),
        (b"", "rong.txt", "rỗng"),
    ],
)
def test_upload_of_a_refused_file_says_why(client: Client, data: bytes, name: str, words: str) -> None:
    status, page = upload(client, data, name)
    assert status == 422
    assert words in page
    assert not Import.objects.exists()


def test_upload_over_the_limit_says_so(client: Client, settings: object) -> None:
    settings.TIENDO_MAX_UPLOAD_BYTES = 1000  # type: ignore[attr-defined]
    status, page = upload(client, b"Ke hoach " * 200, "dai.txt")
    assert status == 422
    assert "lớn hơn" in page


def test_a_missing_annex_leads_to_its_upload(client: Client, sample_plan: Plan) -> None:
    annex = Annex.objects.get(plan=sample_plan, label="Phụ lục II")
    page = shown(client, LIST)
    assert f"?phu_luc={annex.pk}" in page
    assert f'<option value="annex-{annex.pk}" selected>' in shown(client, f"{LIST}?phu_luc={annex.pk}")
    upload(client, (SAMPLE / "phu-luc-2.docx").read_bytes(), "phu-luc-2.docx", purpose=f"annex-{annex.pk}")
    assert Import.objects.get(annex=annex).plan == sample_plan


@pytest.mark.parametrize("person", ["an", "binh", "dung", "finance", "administrator"])
def test_imports_of_the_province_are_closed_to_others(
    source: Import, units: World, client_of: SignIn, person: str
) -> None:
    """People of a unit open the list, where only their own plans stand; the rest are told it is not theirs."""
    client, of_a_unit = client_of(getattr(units, person)), person in ("an", "binh", "dung")
    answer = client.get(LIST)
    assert answer.status_code == (200 if of_a_unit else 403)
    assert source.file_name not in answer.content.decode()
    assert client.get(page_of(source)).status_code == (404 if of_a_unit else 403)
    assert client.post(page_of(source, "import-accept"), {"code": "x"}).status_code == 404
    if not of_a_unit:
        assert client.post(LIST, {"file": SimpleUploadedFile("a.txt", b"Ke hoach")}).status_code == 403
    assert Import.objects.count() == 1


@pytest.mark.parametrize("person", ["decision_maker", "inspector"])
def test_who_looks_cannot_decide(source: Import, units: World, client_of: SignIn, person: str) -> None:
    client = client_of(getattr(units, person))
    page = shown(client, page_of(source))
    assert "ke-hoach.docx" in page
    assert 'name="mot"' not in page
    assert client.post(page_of(source, "proposals-decide"), {"loai": "accepted"}).status_code == 403
    assert not source.proposals.exclude(decision="pending").exists()


def test_nobody_enters_without_signing_in(source: Import) -> None:
    answer = Client().get(page_of(source))
    assert answer.status_code == 302
    assert "dang-nhap" in answer["Location"]


def test_review_shows_every_line_and_lights_the_chosen_passage(client: Client, real_import: Import) -> None:
    task = one(real_import, "task", key="III.1.4#8")
    page = shown(client, f"{page_of(real_import)}?loai=task&chon={task.pk}")
    assert page.count('class="line-no"') == 256
    first = task.where["lines"][0]
    assert f'class="line cited" id="l{first}"' in page
    assert "<mark>Hết năm 2025</mark>" in page
    assert "không có trong văn bản" in page


def test_review_groups_tasks_under_the_eight_headings(client: Client, real_import: Import) -> None:
    page = shown(client, f"{page_of(real_import)}?loai=task")
    assert page.count('class="disclosure group"') == 9
    assert page.count('class="row spread proposal-top"') == 81


def test_review_can_show_the_unsure_only(client: Client, real_import: Import) -> None:
    unsure = real_import.proposals.filter(kind="task", sure=False).count()
    page = shown(client, f"{page_of(real_import)}?loai=task&chua_chac=1")
    assert page.count('class="row spread proposal-top"') == unsure == 8


def test_review_asks_as_many_queries_for_many_as_for_few(client: Client, real_import: Import) -> None:
    counts = []
    for query in ("?loai=task&chua_chac=1", "?loai=task"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page_of(real_import) + query)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_list_asks_as_many_queries_for_three_as_for_one(client: Client, units: World, now: datetime) -> None:
    counts = []
    for n in range(3):
        start_import(data=f"KẾ HOẠCH\n- Việc {n}".encode(), name=f"{n}.txt", by=units.chi, at=now)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[2]


@pytest.mark.parametrize("query", ["?loai=khac", "?chon=999999", "?chon=x", "?page=99", "?chua_chac=1&loai=annex"])
def test_review_bears_any_address(client: Client, source: Import, query: str) -> None:
    assert client.get(page_of(source) + query).status_code == 200


def test_one_button_decides_one_proposal_and_comes_back_to_it(client: Client, source: Import) -> None:
    task = one(source, "task")
    sent = {"mot": f"rejected-{task.pk}", "xem": "loai=task"}
    answer = client.post(page_of(source, "proposals-decide"), sent)
    assert answer["Location"] == f"{page_of(source)}?loai=task#p{task.pk}"
    task.refresh_from_db()
    assert (task.decision, task.decided_by) == ("rejected", source.uploaded_by)
    assert source.proposals.exclude(decision="pending").count() == 1


def test_htmx_gets_the_card_and_the_count_alone(client: Client, source: Import) -> None:
    task = one(source, "task")
    sent = {"mot": f"accepted-{task.pk}", "xem": "loai=task"}
    answer = client.post(page_of(source, "proposals-decide"), sent, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert page.lstrip().startswith(f'<li id="p{task.pk}"')
    assert "<b>95</b>/96" in page
    assert 'aria-pressed="true"' in page


def test_one_button_decides_all_that_are_shown(client: Client, source: Import) -> None:
    client.post(page_of(source, "proposals-decide"), {"loai": "accepted", "xem": "loai=task&chua_chac=1"})
    accepted = source.proposals.filter(decision="accepted")
    assert {(each.kind, each.sure) for each in accepted} == {("task", False)}
    assert accepted.count() == source.proposals.filter(kind="task", sure=False).count()


@pytest.mark.parametrize(
    "sent", [{}, {"mot": "accepted"}, {"mot": "xoa-1"}, {"mot": "accepted-" + "9" * 40}, {"loai": "xoa"}]
)
def test_a_button_nobody_made_changes_nothing(client: Client, source: Import, sent: "dict[str, str]") -> None:
    assert client.post(page_of(source, "proposals-decide"), sent).status_code == 302
    assert not source.proposals.exclude(decision="pending").exists()


def test_edit_keeps_the_print_beside_it(client: Client, source: Import) -> None:
    section = one(source, "section")
    address = reverse("intake:proposal-edit", args=[section.pk])
    assert section.printed["title"] in shown(client, address)
    client.post(address, {"title": "Mục đích và yêu cầu"})
    section.refresh_from_db()
    assert section.edited is not None
    assert section.edited["title"] == "Mục đích và yêu cầu"
    assert section.printed["title"] == "MỤC ĐÍCH, YÊU CẦU"
    assert "Đã sửa" in shown(client, f"{page_of(source)}?loai=text")


@pytest.mark.parametrize("kind", ["document", "section", "item", "task", "annex", "repair"])
def test_saving_a_form_untouched_edits_nothing(client: Client, real_import: Import, kind: str) -> None:
    proposal = one(real_import, kind)
    address = reverse("intake:proposal-edit", args=[proposal.pk])
    form = client.get(address).context["form"]
    typed = {bound.name: bound.value() for bound in form if bound.value() is not None}
    assert client.post(address, typed).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.edited, proposal.decision) == (None, "accepted")


def test_filling_what_the_document_lacks_asks_for_a_source(client: Client, source: Import) -> None:
    task = one(source, "task")
    address = reverse("intake:proposal-edit", args=[task.pk])
    typed = {"title": task.printed["title"], "description": task.printed["description"], "product": "Đề án"}
    answer = client.post(address, typed)
    assert "Hãy ghi căn cứ" in answer.content.decode()
    assert 'value="Đề án"' in answer.content.decode()
    task.refresh_from_db()
    assert task.decision == "pending"
    client.post(address, {**typed, "due": "2026-06-30", "lead_new": "so-y-te", "note": "Công văn 12"})
    task.refresh_from_db()
    assert task.edited is not None
    assert task.edited["notes"] == {"product": "Công văn 12", "due": "Công văn 12", "lead": "Công văn 12"}
    assert task.edited["lead"] == [{"text": "Sở Y tế", "unit": "so-y-te"}]
    assert task.edited["due"]["on"] == "2026-06-30"


def test_choosing_the_unit_of_a_printed_name_is_remembered(
    client: Client,
    sample_plan: Plan,
    units: World,
    now: datetime,
) -> None:
    annex = Annex.objects.get(plan=sample_plan, label="Phụ lục II")
    data = (SAMPLE / "phu-luc-2.docx").read_bytes()
    rows, _new = start_import(data=data, name="phu-luc-2.docx", by=units.chi, at=now, annex=annex)
    task = one(rows, "task", sure=False)
    assert "chưa rõ đơn vị" in shown(client, f"{page_of(rows)}?loai=task&chua_chac=1")
    address = reverse("intake:proposal-edit", args=[task.pk])
    form = client.get(address).context["form"]
    typed = {bound.name: bound.value() for bound in form if bound.value() is not None}
    unknown = next(each for each in task.printed["coordinating"] if each["unit"] is None)
    place = task.printed["coordinating"].index(unknown)
    client.post(address, typed | {f"coordinating_{place}": "thanh-tra"})
    task.refresh_from_db()
    assert task.value["coordinating"][place] == {"text": unknown["text"], "unit": "thanh-tra"}
    assert Unit.objects.get(aliases__text=unknown["text"]).code == "thanh-tra"


def test_accept_says_what_will_be_created_and_fills_in_what_is_known(
    client: Client, real_import: Import, units: World, now: datetime
) -> None:
    learn_alias(unit=units.province, text="Ủy ban nhân dân tỉnh Lai Châu", by="chi", at=now)
    form = client.get(page_of(real_import, "import-accept")).context["form"]
    assert form["code"].value() == "KH2025"
    assert form["title"].value().startswith("Kế hoạch thực hiện Nghị quyết")
    assert form["owner"].value() == units.province.pk
    assert str(form["in_force_from"].value()) == "2025-02-14"
    page = shown(client, page_of(real_import, "import-accept"))
    assert "2 phụ lục không có trong tệp" in page


def accept_form(units: World, **given: object) -> "dict[str, object]":
    values = {"code": "KH-57", "title": "Kế hoạch", "owner": units.province.pk, "in_force_from": "2025-02-14"}
    return {**values, "lay": "tat_ca", **given}


def test_accepting_all_makes_the_plan(client: Client, real_import: Import, units: World) -> None:
    answer = client.post(page_of(real_import, "import-accept"), accept_form(units))
    plan = Plan.objects.get()
    assert answer["Location"] == reverse("plans:plan-detail", args=["KH-57"])
    assert (plan.tasks.count(), plan.version.items.count(), plan.annexes.count()) == (81, 106, 2)
    page = shown(client, page_of(real_import))
    assert "Đã chấp nhận" in page
    assert 'name="mot"' not in page


def test_accepting_the_chosen_only(client: Client, source: Import, units: World, now: datetime) -> None:
    some = source.proposals.filter(kind="task", key__startswith="III.1.1#")
    decide_proposals(source=source, proposals=some, decision="accepted", by=units.chi, at=now)
    client.post(page_of(source, "import-accept"), accept_form(units, lay="da_chon"))
    assert Plan.objects.get().tasks.count() == some.count()


def test_a_code_in_use_is_refused_with_nothing_lost(client: Client, sample_plan: Plan, units: World) -> None:
    upload(client, plan_bytes(), "that.txt")
    waiting = Import.objects.get(status="proposed")
    answer = client.post(
        page_of(waiting, "import-accept"), accept_form(units, code=sample_plan.code.upper(), title="Tên đã gõ")
    )
    page = answer.content.decode()
    assert "Mã này đã dùng" in page
    assert "Tên đã gõ" in page
    assert Plan.objects.count() == 1


def test_an_annex_is_accepted_into_its_plan(client: Client, sample_plan: Plan) -> None:
    annex = Annex.objects.get(plan=sample_plan, label="Phụ lục I")
    upload(client, (SAMPLE / "phu-luc-1.docx").read_bytes(), "phu-luc-1.docx", purpose=f"annex-{annex.pk}")
    waiting = Import.objects.get(annex=annex)
    assert "code" not in client.get(page_of(waiting, "import-accept")).context["form"].fields
    client.post(page_of(waiting, "import-accept"), {"in_force_from": "2026-07-01", "lay": "tat_ca"})
    annex.refresh_from_db()
    assert annex.document is not None
    assert sample_plan.version.items.filter(kind="indicator_row").count() == 36


def test_discard_asks_why_and_lets_the_file_in_again(client: Client, source: Import) -> None:
    assert client.post(page_of(source, "import-discard"), {"reason": ""}).status_code == 200
    assert client.post(page_of(source, "import-discard"), {"reason": "Nhầm tệp"})["Location"] == LIST
    source.refresh_from_db()
    assert source.status == Import.Status.DISCARDED
    for act in ("import-accept", "import-discard"):
        for ask in (client.get, client.post):
            answer = ask(page_of(source, act), follow=True)
            assert answer.redirect_chain[0][0] == page_of(source)
            assert "đã bỏ; không còn thay đổi được" in answer.content.decode()
    upload(client, (SAMPLE / "ke-hoach.docx").read_bytes())
    assert Import.objects.filter(status="proposed").count() == 1


def test_a_second_click_on_accept_leads_to_the_plan_and_says_so(client: Client, source: Import) -> None:
    sent = {"code": "hai", "title": "KH", "owner": str(Unit.objects.get(code="ubnd-tinh").pk), "lay": "tat_ca"}
    sent["in_force_from"] = "2026-07-01"
    client.post(page_of(source, "import-accept"), sent)
    before = Event.objects.count()
    for act in ("import-accept", "import-discard"):
        answer = client.post(page_of(source, act), sent | {"reason": "Nhầm"}, follow=True)
        assert answer.redirect_chain[0][0] == reverse("plans:plan-detail", args=["hai"])
        assert "đã chấp nhận rồi" in answer.content.decode()
    assert (Plan.objects.count(), Event.objects.count()) == (1, before)


def test_accepting_warns_of_unsure_proposals_nobody_looked_at(client: Client, source: Import) -> None:
    page = shown(client, page_of(source, "import-accept"))
    assert "chưa có ai xem" in page
    client.post(page_of(source, "proposals-decide"), {"loai": "rejected", "xem": "loai=task&chua_chac=1"})
    assert "chưa có ai xem" not in shown(client, page_of(source, "import-accept"))


def test_a_file_that_calls_itself_another_annex_is_pointed_out(client: Client, sample_plan: Plan) -> None:
    wrong = Annex.objects.get(plan=sample_plan, label="Phụ lục I")
    _status, page = upload(
        client, (SAMPLE / "phu-luc-2.docx").read_bytes(), "phu-luc-2.docx", purpose=f"annex-{wrong.pk}"
    )
    assert "Tệp ghi là Phụ lục II nhưng được chọn là Phụ lục I" in page


def test_an_annex_uploaded_as_a_plan_is_pointed_out(client: Client) -> None:
    _status, page = upload(client, (SAMPLE / "phu-luc-2.docx").read_bytes(), "phu-luc-2.docx")
    assert "Tệp chỉ có phụ lục" in page


@pytest.mark.parametrize(
    ("quotes", "runs"),
    [
        ([], [("một hai ba", False)]),
        (["hai"], [("một ", False), ("hai", True), (" ba", False)]),
        (["một hai", "hai ba"], [("một hai ba", True)]),
        (["bốn"], [("một hai ba", False)]),
    ],
)
def test_quotes_are_marked_in_a_line(quotes: "list[str]", runs: "list[tuple[str, bool]]") -> None:
    assert marked("một hai ba", quotes) == runs


def test_a_long_text_is_shown_around_the_place_in_question(source: Import) -> None:
    chosen = one(source, "item")
    chosen.where = {"lines": [5000, 5001]}
    source.lines = ["chữ"] * 9000
    lines = shown_lines(source, [], chosen)
    assert len(lines) == SHOWN
    assert [line.number for line in lines if line.is_cited] == [5000, 5001]
