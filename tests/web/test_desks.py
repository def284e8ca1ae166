"""The page of a report says where it lies, and offers each reader the one act that is theirs; absences and steps."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import World, make_task, make_user
from tiendo.accounts.actions import record_absence
from tiendo.accounts.models import Absence, Post, Role, User
from tiendo.audit.models import Event
from tiendo.notices.models import Notice
from tiendo.plans.models import Plan, Task
from tiendo.plans.states import WorkState
from tiendo.reporting import actions
from tiendo.reporting.actions.desks import find_stay
from tiendo.reporting.models import ApprovalStep, Duty, Period
from tiendo.reporting.queries import content_mark
from tiendo.reporting.rules import Values

ClientOf = Callable[[User], Client]
HALF = Values(state=WorkState.IN_PROGRESS, result="Đã lắp 6 trạm")


@pytest.fixture
def now_duty(world: World, duty: Duty, task: Task) -> Duty:
    """A report of a period open today, written by An."""
    today = timezone.now()
    Period.objects.filter(pk=duty.period_id).update(due_at=today + timedelta(days=9))
    actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=world.an, at=today)
    return Duty.objects.get(pk=duty.pk)


def page(client: Client, duty: Duty) -> str:
    answer = client.get(reverse("reporting:duty-detail", args=[duty.pk]))
    return answer.content.decode() if answer.status_code == 200 else ""


def post(client: Client, name: str, duty: Duty, **given: str) -> str:
    return client.post(reverse(f"reporting:{name}", args=[duty.pk]), given, follow=True).content.decode()


def desk(duty: Duty) -> str | None:
    stay = find_stay(duty)
    return stay.desk if stay else None


def test_the_page_says_where_it_lies_and_for_how_long(world: World, now_duty: Duty, client_of: ClientOf) -> None:
    text = page(client_of(world.an), now_duty)
    assert "Đang ở: <b>cán bộ của Sở Xây dựng</b>" in text
    assert "ngày làm việc" in text
    assert "Báo cáo đã qua những đâu" not in text


def test_an_officer_lays_it_before_the_head_by_name_and_takes_it_back(
    world: World, now_duty: Duty, client_of: ClientOf
) -> None:
    client = client_of(world.an)
    assert "Trình Lò Thị Bình" in page(client, now_duty)
    text = post(client, "duty-forward", now_duty, seen=content_mark(now_duty))
    assert "Đã trình báo cáo." in text
    assert "Đang ở: <b>thủ trưởng Sở Xây dựng</b>" in text
    assert "Báo cáo đã qua những đâu" in text
    assert "Sửa nội dung" not in text
    text = post(client, "duty-recall", now_duty)
    assert "Đã rút lại" in text
    assert "Sửa nội dung" in text


def test_autosave_while_it_is_laid_before_the_head_answers_with_a_clear_sentence(
    world: World, now_duty: Duty, task: Task, client_of: ClientOf
) -> None:
    actions.forward_duty(duty=now_duty, by=world.an, at=timezone.now())
    address = reverse("reporting:entry-autosave", args=[now_duty.pk, task.code])
    given = {"state": "in_progress", "result": "Chữ khác", "version": "1"}
    answer = client_of(world.an).post(address, given)
    assert answer.status_code == 409
    assert "hãy rút lại trước khi sửa" in answer.json()["message"]
    assert now_duty.entries.get().result == "Đã lắp 6 trạm"


def test_the_head_may_push_back_with_words_or_send(world: World, now_duty: Duty, client_of: ClientOf) -> None:
    actions.forward_duty(duty=now_duty, by=world.an, at=timezone.now())
    client = client_of(world.binh)
    text = page(client, now_duty)
    assert "Phê duyệt và gửi" in text
    assert "Chuyển lại để sửa" in text
    post(client, "duty-push-back", now_duty, reason="Thiếu số xã")
    assert desk(now_duty) == "officer"
    assert "Thiếu số xã" in page(client_of(world.an), now_duty)
    text = post(client, "duty-send", now_duty, seen=content_mark(now_duty))
    assert "Đã gửi báo cáo" in text
    assert desk(now_duty) == "coordinator"


def test_an_approver_of_a_step_passes_on_what_they_read(world: World, now_duty: Duty, client_of: ClientOf) -> None:
    approver = make_user("pho-phong", world.unit_a, Role.OFFICER, full_name="Tẩn Thị Duyệt")
    client = client_of(world.binh)
    steps = reverse("reporting:step-list", args=[world.unit_a.code])
    assert client.post(steps, {"title": "Thẩm định", "approver": "pho-phong"}).status_code == 302
    assert "Tẩn Thị Duyệt" in client.get(steps).content.decode()
    again = client.post(steps, {"title": "Nữa", "approver": "pho-phong"}).content.decode()
    assert "đã có một bước duyệt" in again
    post(client_of(world.an), "duty-forward", now_duty)
    text = page(client_of(approver), now_duty)
    assert "Chờ bạn duyệt" in text
    assert "Trình Lò Thị Bình" in text
    post(client_of(approver), "duty-forward", now_duty, seen="0-0-0")
    assert desk(now_duty) == "approver"
    post(client_of(approver), "duty-forward", now_duty, seen=content_mark(now_duty))
    assert desk(now_duty) == "head"
    step = ApprovalStep.objects.get()
    client.post(reverse("reporting:step-end", args=[world.unit_a.code, step.pk]))
    assert "Tẩn Thị Duyệt</span>" not in client.get(steps).content.decode()


def test_a_head_who_wrote_sees_why_and_who_signs_instead(
    world: World, duty: Duty, task: Task, client_of: ClientOf
) -> None:
    actions.save_draft(duty=duty, task=task, values=HALF, revision=0, by=world.binh, at=timezone.now())
    text = page(client_of(world.binh), duty)
    assert "Phê duyệt và gửi</span>" not in text
    assert "Lò Thị Bình đã soạn nội dung nên không tự duyệt." in text
    assert "Vì vậy đơn vị cấp trên ký: UBND tỉnh." in text
    assert "Trình Trần Quyết" in text


def test_the_superior_opens_reads_and_sends_a_report_laid_before_them(
    world: World, now_duty: Duty, client_of: ClientOf
) -> None:
    chairman = make_user("pho-chu-tich", world.province, Role.HEAD)
    Post.objects.filter(user=world.binh).update(valid_to=timezone.localdate())
    assert page(client_of(chairman), now_duty) == ""
    post(client_of(world.an), "duty-forward", now_duty)
    text = page(client_of(chairman), now_duty)
    assert "Đã lắp 6 trạm" in text
    assert "Phê duyệt và gửi" in text
    assert "Sửa nội dung" not in text
    post(client_of(chairman), "duty-send", now_duty, seen=content_mark(now_duty))
    assert desk(now_duty) == "coordinator"
    assert page(client_of(chairman), now_duty) == ""
    assert Duty.objects.get(pk=now_duty.pk).sent_by == chairman


def test_other_readers_see_the_desk_and_no_draft(world: World, now_duty: Duty, client_of: ClientOf) -> None:
    actions.forward_duty(duty=now_duty, by=world.an, at=timezone.now())
    for user in (world.chi, world.decision_maker, world.inspector):
        text = page(client_of(user), now_duty)
        assert "thủ trưởng Sở Xây dựng" in text
        assert "Đã lắp 6 trạm" not in text
        assert "duty-push-back" not in text
        assert "Rút lại để sửa" not in text
    assert page(client_of(world.dung), now_duty) == ""


def test_the_unit_names_the_paper_after_sending(world: World, now_duty: Duty, client_of: ClientOf) -> None:
    client = client_of(world.an)
    assert "Ghi số văn bản" not in page(client, now_duty)
    actions.send_duty(duty=now_duty, by=world.binh, at=timezone.now())
    assert "Ghi số văn bản" in page(client, now_duty)
    wrong = post(client, "duty-document", now_duty, number="45/BC-SXD", dated="", url="")
    assert "45/BC-SXD ngày" not in wrong
    text = post(
        client, "duty-document", now_duty, number="45/BC-SXD", dated="2026-07-01", url="https://vb.vidu.test/45"
    )
    assert "Gửi kèm văn bản số 45/BC-SXD ngày 01/07/2026." in text
    assert 'href="https://vb.vidu.test/45"' in page(client_of(world.chi), now_duty)


def test_queries_of_the_page_do_not_grow_with_tasks_or_stays(
    world: World, plan: Plan, now_duty: Duty, client_of: ClientOf
) -> None:
    client = client_of(world.an)

    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            page(client, now_duty)
        return len(taken)

    for number in range(3):
        task = make_task(plan, by=world.chi, lead=world.unit_a, title=f"Việc {number}")
        actions.save_draft(duty=now_duty, task=task, values=HALF, revision=0, by=world.an, at=timezone.now())
        if number == 0:
            actions.forward_duty(duty=now_duty, by=world.an, at=timezone.now())
            actions.recall_duty(duty=now_duty, by=world.an, at=timezone.now())
            few = queries()
    for _ in range(3):
        actions.forward_duty(duty=now_duty, by=world.an, at=timezone.now())
        actions.recall_duty(duty=now_duty, by=world.an, at=timezone.now())
    assert queries() == few


def absence_page(username: str) -> str:
    return reverse("accounts:absence-add", args=[username])


def test_a_head_names_a_substitute_who_is_told_and_stands_in(world: World, client_of: ClientOf) -> None:
    today = f"{timezone.localdate():%Y-%m-%d}"
    given = {"first_day": today, "last_day": today, "substitute": "an", "reason": "Đi công tác"}
    client = client_of(world.binh)
    text = client.post(absence_page("binh"), given, follow=True).content.decode()
    assert "Đã ghi vắng mặt." in text
    assert Notice.objects.get(user=world.an).kind == "person.substitute"
    assert User.objects.get(pk=world.an.pk).access.headed_unit_ids == {world.unit_a.pk}
    person = client.get(reverse("accounts:person-detail", args=["binh"])).content.decode()
    assert "Người thay:" in person
    absence = Absence.objects.get()
    client.post(reverse("accounts:absence-end", args=["binh", absence.pk]))
    assert not User.objects.get(pk=world.an.pk).access.headed_unit_ids


def test_what_is_wrong_with_an_absence_is_said_beside_the_field(world: World, client_of: ClientOf) -> None:
    given = {"first_day": "2026-12-05", "last_day": "2026-12-01", "substitute": "dung", "reason": "Học"}
    text = client_of(world.binh).post(absence_page("binh"), given).content.decode()
    assert "lựa chọn" in text.lower()  # somebody of another unit is not offered
    given["substitute"] = "an"
    text = client_of(world.binh).post(absence_page("binh"), given).content.decode()
    assert "Ngày cuối không được trước ngày đầu." in text
    assert not Absence.objects.exists()
    assert not Event.objects.exists()


def test_strangers_neither_see_nor_record_an_absence(world: World, client_of: ClientOf) -> None:
    today = timezone.localdate()
    record_absence(user=world.binh, first_day=today, last_day=today, reason="Ốm", by=world.binh, at=timezone.now())
    assert client_of(world.dung).get(absence_page("binh")).status_code == 404
    assert client_of(world.an).get(absence_page("binh")).status_code == 403
    ended = reverse("accounts:absence-end", args=["binh", Absence.objects.get().pk])
    assert client_of(world.an).post(ended).status_code == 403
    assert Absence.objects.get().ended_at is None
