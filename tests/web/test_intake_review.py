"""Reviewing an import: filters, batches, shaping, twins, what differs from the plan, how far the reading has come."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import World, make_plan, make_task
from tests.factories.people import make_user
from tests.intake.conftest import SAMPLE
from tests.intake.filling import filled
from tiendo.accounts.models import Role, User
from tiendo.audit.models import Event
from tiendo.intake.actions import Conflict, edit_proposal, receive_workbook, start_import
from tiendo.intake.models import Import, Proposal
from tiendo.intake.workbooks import workbook_of
from tiendo.plans.models import Annex, Plan
from tiendo.web.intake.cutting import parts_of, suggested_parts
from tiendo.web.intake.differences import differences
from tiendo.web.intake.likeness import likely_first

SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def client(units: World, client_of: SignIn) -> Client:
    """The coordinator's browser."""
    return client_of(units.chi)


@pytest.fixture
def source(units: World, now: datetime) -> Import:
    """The sample plan, read, nothing decided."""
    data = (SAMPLE / "ke-hoach.docx").read_bytes()
    return start_import(data=data, name="ke-hoach.docx", by=units.chi, at=now)[0]


@pytest.fixture
def annex(units: World, now: datetime, source: Import, accept: Callable[..., object]) -> Import:
    """The sample's annex of tasks, read for its place in the plan."""
    accept(source)
    missing = Annex.objects.get(label="Phụ lục II")
    data = (SAMPLE / "phu-luc-2.docx").read_bytes()
    return start_import(data=data, name="phu-luc-2.docx", by=units.chi, at=now, annex=missing)[0]


def address(act: str, pk: int) -> str:
    return reverse(f"intake:{act}", args=[pk])


def shown(client: Client, where: str) -> str:
    answer = client.get(where, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def cards(page: str) -> int:
    return page.count('class="row spread proposal-top"')


def tasks(source: Import) -> list[Proposal]:
    return list(source.proposals.filter(kind="task"))


def typed(client: Client, where: str) -> "dict[str, object]":
    """The form of a page as a browser would send it untouched."""
    form = client.get(where).context["form"]
    return {bound.name: bound.value() for bound in form if bound.value() not in (None, False)}


def test_search_finds_words_without_marks(client: Client, annex: Import) -> None:
    row = tasks(annex)[3]
    number = row.value["title"][:25]
    page = shown(client, f"{address('import-review', annex.pk)}?loai=task&tim={number}")
    assert 1 <= cards(page) < len(tasks(annex))
    assert row.value["title"][:25] in page
    assert cards(shown(client, f"{address('import-review', annex.pk)}?loai=task&tim=khongcogihet")) == 0


def test_a_group_is_shown_alone_and_accepted_at_once(client: Client, source: Import) -> None:
    group = tasks(source)[0].value["group"]
    members = [each for each in tasks(source) if each.value["group"] == group]
    page = shown(client, f"{address('import-review', source.pk)}?loai=task&nhom={group}")
    assert cards(page) == len(members)
    client.post(address("proposals-decide", source.pk), {"nhom": f"accepted-{group}", "xem": "loai=task"})
    accepted = source.proposals.filter(decision="accepted")
    assert {each.pk for each in accepted} == {each.pk for each in members}


def test_sure_ones_are_accepted_and_unsure_ones_wait(client: Client, source: Import) -> None:
    client.post(address("proposals-decide", source.pk), {"chac": "accepted", "xem": "loai=task"})
    assert {each.sure for each in source.proposals.filter(kind="task", decision="accepted")} == {True}
    assert set(source.proposals.filter(kind="task", sure=False).values_list("decision", flat=True)) == {"pending"}


def test_a_card_says_in_words_why_it_is_unsure(client: Client, annex: Import) -> None:
    unsure = annex.proposals.filter(kind="task", sure=False).first()
    assert unsure is not None
    page = shown(client, f"{address('import-review', annex.pk)}?loai=task&chua_chac=1")
    assert page.count('class="doubts small"') >= cards(page)
    assert "là đơn vị nào" in page


def test_a_table_row_stands_in_cells_with_its_line(client: Client, annex: Import) -> None:
    page = shown(client, f"{address('import-review', annex.pk)}?loai=task")
    first = tasks(annex)[0]
    line = first.where["lines"][0]
    assert f'row-line numbered" id="l{line}"' in page
    assert f'data-lines="{line}-{line}"' in page


def test_letters_as_the_file_has_them_are_one_click_away(client: Client, source: Import) -> None:
    source.printed = ["KÕ HO¹CH", *source.lines[1:]]
    source.save(update_fields=["printed"])
    page = shown(client, address("import-review", source.pk))
    assert page.count('class="raw"') == 1
    assert "KÕ HO¹CH" in page


def test_editing_in_place_answers_with_a_form_then_with_the_card(client: Client, source: Import) -> None:
    row = tasks(source)[0]
    where = address("proposal-edit", row.pk)
    form = client.get(where, {"xem": "loai=task"}, headers=HTMX).content.decode()
    assert form.startswith(f'<li id="p{row.pk}" class="proposal is-editing"')
    sent = typed(client, where) | {"title": "Tên ngắn hơn"}
    answer = client.post(where, sent, headers=HTMX)
    assert answer.content.decode().lstrip().startswith(f'<li id="p{row.pk}"')
    assert f'"pk": {row.pk}' in answer.headers["HX-Trigger"]
    assert "Tên ngắn hơn" in answer.content.decode()


@pytest.fixture
def other(units: World, client_of: SignIn) -> Client:
    """The browser of a second person of the coordinating office."""
    return client_of(make_user("giang", units.coordinator_unit, Role.COORDINATOR, full_name="Lù Thị Giang"))


def opened(client: Client, row: Proposal, **options: object) -> "dict[str, object]":
    """The form with the hidden fields that say on what it was opened."""
    where = address("proposal-edit", row.pk)
    page = client.get(where, **options).content.decode()  # type: ignore[arg-type]
    hidden = dict(re.findall(r'<input type="hidden" name="(seen|\w+_ten)" value="([^"]*)"', page))
    return typed(client, where) | {name: unescape(text) for name, text in hidden.items()}


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_later_save_of_the_same_card_overwrites_nothing_unseen(
    client: Client, other: Client, source: Import, headers: dict[str, str]
) -> None:
    row = tasks(source)[0]
    where = address("proposal-edit", row.pk)
    mine, theirs = opened(client, row), opened(other, row)
    other.post(where, theirs | {"product": "Sổ tay mới", "note": "CV 9"}, headers=headers)
    before = Event.objects.count()
    answer = client.post(where, mine | {"title": "Tên tôi gõ"}, headers=headers)
    page = answer.content.decode()
    assert "Lù Thị Giang đã sửa dòng này lúc" in page
    assert re.search(r"<dt>Sản phẩm</dt><dd>.*?Sổ tay mới", page)
    assert answer.context["form"]["title"].value() == "Tên tôi gõ"
    row.refresh_from_db()
    assert (row.value["product"], row.value["title"]) == ("Sổ tay mới", row.printed["title"])
    assert Event.objects.count() == before
    again = {bound.name: bound.value() for bound in answer.context["form"] if bound.value() not in (None, False)}
    saved = client.post(where, again | {"seen": row.fingerprint, "product": "Sổ tay", "note": "CV 9"}, headers=headers)
    assert "đã sửa dòng này lúc" not in saved.content.decode()
    row.refresh_from_db()
    assert (row.value["product"], row.value["title"]) == ("Sổ tay", "Tên tôi gõ")


def test_a_chosen_unit_stays_with_its_printed_name_when_the_rows_moved(
    client: Client, other: Client, annex: Import
) -> None:
    row = tasks(annex)[0]
    row.printed["coordinating"] = [{"text": "Hội Một", "unit": None}, {"text": "Hội Hai", "unit": None}]
    row.save(update_fields=["printed"])
    where = address("proposal-edit", row.pk)
    mine = opened(client, row)
    other.post(where, opened(other, row) | {"coordinating_0_out": "on"})
    answer = client.post(where, mine | {"coordinating_1": "Sở Y tế"})
    form = answer.context["form"]
    assert form.fields["coordinating_0"].label.endswith("“Hội Hai”")
    assert form["coordinating_0"].value() == "Sở Y tế"
    assert not form["coordinating_0_out"].value()


def test_the_same_person_in_two_windows_is_told_so(client: Client, source: Import) -> None:
    row = tasks(source)[0]
    where = address("proposal-edit", row.pk)
    first = opened(client, row)
    client.post(where, opened(client, row) | {"title": "Một"})
    assert "ở một cửa sổ khác" in client.post(where, first | {"title": "Hai"}).content.decode()
    row.refresh_from_db()
    assert row.value["title"] == "Một"


def test_a_save_between_looking_and_locking_is_a_conflict(client: Client, source: Import, now: datetime) -> None:
    row = tasks(source)[0]
    by, seen = source.uploaded_by, row.fingerprint
    edit_proposal(proposal=row, edited=row.value | {"title": "Một"}, seen=seen, by=by, at=now)
    with pytest.raises(Conflict) as conflict:
        edit_proposal(proposal=row, edited=row.value | {"title": "Hai"}, seen=seen, by=by, at=now)
    assert conflict.value.proposal.value["title"] == "Một"


def titled_in_full(source: Import) -> Proposal:
    """A task whose title is its whole text, as in most tables."""
    row = tasks(source)[0]
    row.printed["title"] = row.printed["description"] = "Lắp điểm đọc số tại các xã"
    row.save(update_fields=["printed"])
    return row


def test_a_new_title_leaves_the_description_as_printed(client: Client, source: Import) -> None:
    row = titled_in_full(source)
    where = address("proposal-edit", row.pk)
    client.post(where, typed(client, where) | {"title": "Tên ngắn hơn"})
    row.refresh_from_db()
    assert row.edited == row.printed | {"title": "Tên ngắn hơn"}
    page = client.get(address("proposal-card", row.pk)).content.decode()
    assert row.printed["description"] in page
    assert "in trong văn bản:" not in page


def test_a_changed_description_shows_what_was_printed(client: Client, source: Import) -> None:
    row = titled_in_full(source)
    where = address("proposal-edit", row.pk)
    client.post(where, typed(client, where) | {"description": "Nội dung khác hẳn"})
    page = client.get(address("proposal-card", row.pk)).content.decode()
    assert "Nội dung khác hẳn" in page
    assert re.search(r"in trong văn bản:\s+Lắp điểm đọc số tại các xã", page)


def test_a_unit_is_found_by_its_name_without_marks(client: Client, source: Import) -> None:
    row = tasks(source)[0]
    where = address("proposal-edit", row.pk)
    client.post(where, typed(client, where) | {"lead_new": "so y te", "note": "Công văn 12"})
    row.refresh_from_db()
    assert [each["unit"] for each in row.value["lead"]][-1] == "so-y-te"


def test_a_unit_nobody_knows_is_refused_beside_its_field(client: Client, source: Import) -> None:
    row = tasks(source)[0]
    where = address("proposal-edit", row.pk)
    answer = client.post(where, typed(client, where) | {"lead_new": "Sở Không Có", "note": "Công văn 12"})
    assert "Không có đơn vị nào tên như vậy" in answer.content.decode()
    row.refresh_from_db()
    assert row.edited is None


def test_a_chosen_unit_says_for_how_many_other_rows_it_counts(client: Client, annex: Import) -> None:
    rows = tasks(annex)[:3]
    for row in rows:
        row.printed["coordinating"] = [{"text": "Ban Thử nghiệm", "unit": None}]
        row.sure = False
        row.save()
    where = address("proposal-edit", rows[0].pk)
    assert "Tên này còn ở 2 dòng khác" in shown(client, where)
    answer = client.post(where, typed(client, where) | {"coordinating_0": "Sở Y tế"}, follow=True)
    assert "áp dụng cho 2 dòng khác" in answer.content.decode()
    rows[2].refresh_from_db()
    assert rows[2].value["coordinating"] == [{"text": "Ban Thử nghiệm", "unit": "so-y-te"}]


def test_a_printed_name_can_be_left_out(client: Client, annex: Import) -> None:
    row = next(each for each in tasks(annex) if len(each.value["coordinating"]) > 1)
    where = address("proposal-edit", row.pk)
    client.post(where, typed(client, where) | {"coordinating_0_out": "on"})
    row.refresh_from_db()
    assert row.value["coordinating"] == row.printed["coordinating"][1:]


def split(client: Client, row: Proposal, **more: str) -> str:
    sent = {"phan-TOTAL_FORMS": "2", "phan-INITIAL_FORMS": "2", "note": ""}
    sent |= {f"phan-{n}-description": f"Phần việc thứ {n + 1} của nhiệm vụ" for n in range(2)}
    return client.post(address("proposal-split", row.pk), sent | more, follow=True).content.decode()


def test_a_task_is_split_and_the_split_taken_back(client: Client, source: Import) -> None:
    row = tasks(source)[0]
    assert "Đã tách thành 2 nhiệm vụ" in split(client, row)
    parts = source.proposals.exclude(made_from=[])
    assert [part.value["title"] for part in parts] == ["Phần việc thứ 1 của nhiệm vụ", "Phần việc thứ 2 của nhiệm vụ"]
    assert "Tách hoặc gộp" in shown(client, f"{address('import-review', source.pk)}?loai=task")
    client.post(address("proposal-unshape", parts[0].pk))
    row.refresh_from_db()
    assert (source.proposals.exclude(made_from=[]).count(), row.decision) == (0, "pending")


def test_a_part_with_its_own_deadline_asks_for_a_source(client: Client, source: Import) -> None:
    row = tasks(source)[0]
    assert "Hãy ghi căn cứ" in split(client, row, **{"phan-0-due": "2027-05-01"})
    split(client, row, **{"phan-0-due": "2027-05-01", "note": "Công văn 9"})
    first = source.proposals.exclude(made_from=[]).first()
    assert first is not None
    assert (first.value["due"]["on"], first.value["notes"]) == ("2027-05-01", {"due": "Công văn 9"})


def test_a_split_of_one_is_refused_with_a_sentence(client: Client, source: Import) -> None:
    assert "ít nhất hai dòng" in split(client, tasks(source)[0], **{"phan-1-description": ""})


def test_blank_lines_move_the_cuts(client: Client, source: Import) -> None:
    where = address("proposal-split", tasks(source)[0].pk)
    answer = client.get(where, {"van_ban": "Việc một\n\nViệc hai\r\n\r\nViệc ba"})
    assert len(answer.context["parts"]) == 3


def test_two_tasks_are_joined_with_the_next_offered_first(client: Client, source: Import) -> None:
    first, second = tasks(source)[:2]
    where = address("proposal-merge", first.pk)
    form = client.get(where).context["form"]
    assert form.fields["other"].choices[0][0] == str(second.pk)
    client.post(where, {"other": second.pk})
    first.refresh_from_db()
    assert first.made_from == [second.key]


def test_a_task_is_linked_to_an_indicator(client: Client, source: Import) -> None:
    printed = {"number": "1", "name": "Tỷ lệ xã có điểm đọc", "target": None, "lead": [], "group": None}
    Proposal.objects.create(source=source, kind="indicator", key="PL-I#1", position=900, printed=printed)
    row = tasks(source)[0]
    where = address("proposal-link", row.pk)
    client.post(where, {"links": ["PL-I#1"]})
    row.refresh_from_db()
    assert row.links == ["PL-I#1"]
    assert "Tỷ lệ xã có điểm đọc" in shown(client, f"{address('import-review', source.pk)}?loai=task&nhom=III.1.1")


def test_a_likely_twin_is_shown_with_its_deadline_and_confirmed(client: Client, source: Import, units: World) -> None:
    row, other = tasks(source)[0], make_plan(units.province, "KH9")
    for code in ("KH9-001", "KH9-002"):
        make_task(other, by=units.chi, code=code)
    twin = {"proposal": None, "plan": "KH9", "score": 91, "due_on": "2026-06-30", "confirmed": None}
    row.twins = [twin | {"task": "KH9-001", "title": "Mở lớp"}, twin | {"task": "KH9-002", "title": "Dạy nghề"}]
    row.save(update_fields=["twins"])
    page = shown(client, f"{address('import-review', source.pk)}?loai=task")
    assert "Có thể trùng với" in page
    assert "hạn 30/06/2026" in page
    where = address("proposals-twin", source.pk)
    client.post(where, {"trung": f"{row.pk}:co:KH9-001"})
    row.refresh_from_db()
    assert [each["confirmed"] for each in row.twins] == [True, None]
    client.post(where, {"trung": f"{row.pk}:khong:KH9-001"})
    row.refresh_from_db()
    assert [each["confirmed"] for each in row.twins] == [False, None]


@pytest.mark.parametrize("given", ["", "x:co:KH9-001", "1:co", "{pk}:co:KH9-999", "{pk}:xoa:KH9-001"])
def test_a_twin_nobody_suggested_changes_nothing(client: Client, source: Import, given: str) -> None:
    row = tasks(source)[0]
    answer = client.post(address("proposals-twin", source.pk), {"trung": given.format(pk=row.pk)})
    assert answer.status_code in (302, 404)
    assert not source.proposals.exclude(twins=[]).exists()


def test_repairs_of_one_passage_alone(client: Client, real_import: Import) -> None:
    repair = real_import.proposals.filter(kind="repair").exclude(printed__item=None)[0]
    item = repair.printed["item"]
    page = shown(client, f"{address('import-review', real_import.pk)}?loai=repair&cho={item.replace('#', '%23')}")
    assert 1 <= cards(page) < real_import.proposals.filter(kind="repair").count()
    assert "<ins>" in page
    assert "Độ chắc" in page


@pytest.fixture
def amended(annex: Import, units: World, now: datetime, accept: Callable[..., object]) -> Import:
    """The annex again, accepted once: one deadline changed, one row gone, one row more."""
    accept(annex)
    paper = docx.Document(BytesIO((SAMPLE / "phu-luc-2.docx").read_bytes()))
    rows = max(paper.tables, key=lambda table: len(table.rows)).rows
    rows[5].cells[4].text = "31/12/2031"
    rows[9].cells[1].text = "Kho dữ liệu mở về tài nguyên nước phục vụ tưới tiêu ruộng bậc thang"
    out = BytesIO()
    paper.save(out)
    again = Annex.objects.get(label="Phụ lục II")
    return start_import(data=out.getvalue(), name="moi.docx", by=units.chi, at=now, annex=again)[0]


def test_an_amendment_opens_at_what_differs(client: Client, amended: Import) -> None:
    different = amended.proposals.filter(kind="task").exclude(change="same").count()
    page = shown(client, address("import-review", amended.pk))
    assert cards(page) == different
    assert "<ins>31/12/2031</ins>" in page
    assert "Giữ nguyên" in page
    kept = amended.proposals.filter(kind="task", change="same").count()
    assert cards(shown(client, f"{address('import-review', amended.pk)}?loai=task&doi=same")) == kept


def test_dropping_a_task_is_never_part_of_a_batch(client: Client, amended: Import) -> None:
    gone = amended.proposals.filter(kind="task", change="removed")
    assert gone.exists()
    client.post(address("proposals-decide", amended.pk), {"loai": "accepted", "xem": "loai=task"})
    assert set(gone.values_list("decision", flat=True)) == {"pending"}
    assert "chưa ai đồng ý bỏ" in shown(client, address("import-accept", amended.pk))
    client.post(address("proposals-decide", amended.pk), {"loai": "accepted", "xem": "loai=task&doi=removed"})
    assert set(gone.values_list("decision", flat=True)) == {"accepted"}
    assert "như đã đồng ý" in shown(client, address("import-accept", amended.pk))


def test_an_amendment_is_accepted_with_the_paper_that_decides_it(client: Client, amended: Import) -> None:
    plan = Plan.objects.get()
    sent = {"basis": "Quyết định 15/QĐ-UBND", "in_force_from": "2026-07-01", "lay": "tat_ca"}
    answer = client.post(address("import-accept", amended.pk), sent)
    assert answer["Location"] == reverse("plans:plan-detail", args=[plan.code])
    amended.refresh_from_db()
    assert amended.version is not None
    assert amended.base is not None
    assert amended.version.number == amended.base.number + 1


def test_a_plan_that_moved_on_asks_to_compare_again(client: Client, amended: Import, now: datetime) -> None:
    version = amended.base
    assert version is not None
    version.pk, version.number = None, version.number + 1
    version.save()
    assert "So sánh lại" in shown(client, address("import-review", amended.pk))
    client.post(address("import-compare", amended.pk))
    amended.refresh_from_db()
    assert amended.base is not None
    assert amended.base.number == version.number


def test_a_workbook_shows_what_its_cells_change_and_what_was_put_aside(
    client: Client, annex: Import, units: World, now: datetime, accept: Callable[..., object]
) -> None:
    accept(annex)
    plan = Plan.objects.get()
    book = filled(workbook_of(plan.version, at=now), {"Nhiệm vụ!F2": "Sách nói", "Nhiệm vụ!I3": "mai kia"})
    source, _new = receive_workbook(plan=plan, data=book, name="sua.xlsx", by=units.chi, at=now)
    page = shown(client, address("import-review", source.pk))
    assert "<b>Nhiệm vụ!I3</b>: Không hiểu thời hạn" in page
    assert '<span class="line-place">Nhiệm vụ!2</span>' in page
    assert "<ins>Sách nói</ins>" in page
    form = client.get(address("import-accept", source.pk)).context["form"]
    assert form.fields["basis"].required


def test_progress_is_shown_until_the_review_is_ready(client: Client, source: Import) -> None:
    Import.objects.filter(pk=source.pk).update(status="reading", progress=40)
    where = address("import-progress", source.pk)
    assert '<progress max="100" value="40"' in shown(client, address("import-review", source.pk))
    part = client.get(where, headers=HTMX).content.decode()
    assert part.startswith('<div id="progress" hx-get')
    assert "40 %" in shown(client, reverse("intake:import-list"))
    Import.objects.filter(pk=source.pk).update(status="proposed")
    assert client.get(where, headers=HTMX).headers["HX-Redirect"] == address("import-review", source.pk)


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(client: Client, source: Import) -> None:
    Import.objects.filter(pk=source.pk).update(status="unreadable", failure="Tệp bị khóa bằng mật khẩu.")
    page = shown(client, address("import-review", source.pk))
    assert "Tệp bị khóa bằng mật khẩu." in page
    assert "tải lên lại" in page
    assert "hx-trigger" not in page
    client.post(address("import-discard", source.pk), {"reason": "Nhầm"})
    source.refresh_from_db()
    assert source.status == "discarded"


def test_the_review_asks_as_many_queries_for_many_rows_as_for_few(client: Client, annex: Import) -> None:
    counts = []
    for query in (f"?loai=task&tim={tasks(annex)[0].value['title'][:30]}", "?loai=task"):
        with CaptureQueriesContext(connection) as queries:
            client.get(address("import-review", annex.pk) + query)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_repairs_are_counted_in_one_query(client: Client, source: Import) -> None:
    counts = []
    for first in range(0, 40, 20):
        for n in range(first, first + 20):
            printed = {"item": "III.1.1#1", "printed": "hoá", "proposed": "hóa", "reason": ""}
            source.proposals.create(kind="repair", key=f"III.1.1#1~{n}", position=900 + n, printed=printed)
        with CaptureQueriesContext(connection) as queries:
            page = shown(client, f"{address('import-review', source.pk)}?loai=task")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "40 chỗ đề nghị sửa chữ" in page


def test_what_changed_is_marked_word_by_word() -> None:
    runs = [(run.kind, run.text) for run in differences("hạn 30/6/2026 rồi", "hạn 31/12/2027 rồi")]
    assert runs == [("same", "hạn "), ("out", "30/6/2026"), ("in", "31/12/2027"), ("same", " rồi")]
    assert [run.kind for run in differences("", "mới")] == ["in"]
    assert [run.kind for run in differences("cũ " * 2000, "mới " * 2000)] == ["out", "in"]
    assert [run.kind for run in differences("như cũ", "như cũ")] == ["same"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Mở lớp ở cụm xã; cấp tài liệu tự học", ["Mở lớp ở cụm xã", "cấp tài liệu tự học"]),
        ("a) Mở lớp ở cụm xã\nb) Cấp tài liệu tự học", ["Mở lớp ở cụm xã", "Cấp tài liệu tự học"]),
        ("Rà soát thủ tục. Công khai kết quả rà soát.", ["Rà soát thủ tục.", "Công khai kết quả rà soát."]),
        ("Mở lớp; gồm", ["Mở lớp; gồm"]),
        ("", []),
    ],
)
def test_cuts_are_suggested_where_a_text_can_be_cut(text: str, parts: "list[str]") -> None:
    assert suggested_parts(text) == parts


def test_blank_lines_say_where_to_cut() -> None:
    assert parts_of("Một\nhai\n \nBa\n\n\n\n") == ["Một hai", "Ba"]


def test_indicators_that_share_words_come_first() -> None:
    names = {"1": "Tỷ lệ dịch vụ công trực tuyến", "2": "Số điểm đọc sách ở xã", "3": "Tỷ lệ giường bệnh"}
    assert next(key for key, _name in likely_first("Mở điểm đọc sách", names, [])) == "2"
    assert [key for key, _name in likely_first("Mở điểm đọc sách", names, ["3"])][:2] == ["3", "2"]
