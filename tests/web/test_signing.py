"""The pages of signatures and certificates: who sees them, what they say, files that are refused."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import World, make_duty, make_entry, make_submission
from tests.reporting.signing import authority, sign, signer, with_a_page_more
from tiendo.accounts.models import User
from tiendo.plans.models import Task
from tiendo.plans.storage import read_file
from tiendo.reporting import actions
from tiendo.reporting.models import IssuedReport, Period, SignedPaper, TrustAnchor

SignedIn = Callable[[User], Client]


@pytest.fixture
def issued(world: World, task: Task, period: Period, now: datetime) -> IssuedReport:
    make_submission(
        make_entry(make_duty(period, world.unit_a), task, saved_by=world.an), by=world.binh, accepted_by=world.chi
    )
    return actions.issue_report(period=period, by=world.chi, at=now, confirmed=True)


def address(issued: IssuedReport) -> str:
    return f"/lam-viec/bao-cao/tong-hop/{issued.pk}/chu-ky/"


def upload(data: bytes, name: str = "ban-ky.pdf") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, data)}


def test_the_coordinator_brings_a_signed_copy_and_everybody_who_reads_verifies(
    world: World, issued: IssuedReport, client_of: SignedIn, now: datetime
) -> None:
    data = sign(read_file(issued.pdf))
    chi = client_of(world.chi)
    answer = chi.post(address(issued), upload(data), follow=True)
    text = answer.content.decode()
    assert "Chưa có trong danh sách tin cậy" in text
    assert "Nguyễn Văn Giám Đốc" in text
    signed = SignedPaper.objects.get()
    actions.add_anchor(data=authority().certificate, by=world.administrator, at=now)
    inspector = client_of(world.people["inspector"])
    again = inspector.get(f"/lam-viec/bao-cao/chu-ky/{signed.pk}/kiem-tra/").content.decode()
    assert "Chữ ký tin cậy" in again
    assert "Vừa kiểm tra lại" in again
    assert "Đưa lên và kiểm tra" not in again
    file = inspector.get(f"/lam-viec/bao-cao/chu-ky/{signed.pk}/tep/")
    assert (file.content, file["Content-Type"]) == (data, "application/pdf")
    assert file["Content-Disposition"].startswith("attachment")


def test_a_changed_copy_is_shown_as_changed(world: World, issued: IssuedReport, client_of: SignedIn) -> None:
    data = with_a_page_more(sign(read_file(issued.pdf)))
    text = client_of(world.chi).post(address(issued), upload(data), follow=True).content.decode()
    assert "Đã bị sửa sau khi ký" in text


def test_a_refused_file_is_told_beside_the_field(world: World, issued: IssuedReport, client_of: SignedIn) -> None:
    answer = client_of(world.chi).post(address(issued), upload(b"%PDF-1.7 khong phai"))
    assert answer.status_code == 422
    assert "Không đọc được tệp PDF đã ký" in answer.content.decode()
    assert not SignedPaper.objects.exists()
    assert client_of(world.chi).post(address(issued), {}).status_code == 422


def test_others_do_not_see_it(world: World, issued: IssuedReport, client_of: SignedIn) -> None:
    for who in (world.an, world.binh, world.dung, world.administrator):
        assert client_of(who).get(address(issued)).status_code == 404
    assert client_of(world.people["inspector"]).post(address(issued), upload(b"%PDF")).status_code == 403


def test_the_page_asks_the_same_number_of_questions(
    world: World, issued: IssuedReport, client_of: SignedIn, now: datetime
) -> None:
    chi = client_of(world.chi)
    counts = []
    for name in ("Một", "Hai", "Ba"):
        data = sign(read_file(issued.pdf), signer(name))
        actions.bring_signed(paper=issued, data=data, by=world.chi, at=now)
        with CaptureQueriesContext(connection) as found:
            assert chi.get(address(issued)).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[2]


def test_the_administrator_keeps_certificates(world: World, client_of: SignedIn) -> None:
    admin = client_of(world.administrator)
    assert "Chưa có chứng thư nào" in admin.get("/lam-viec/chung-thu/").content.decode()
    added = admin.post("/lam-viec/chung-thu/", upload(authority().certificate, "ca.crt"), follow=True).content.decode()
    assert authority().fingerprint in added
    refused = admin.post("/lam-viec/chung-thu/", upload(b"khong phai", "ca.crt"))
    assert refused.status_code == 422
    assert "không phải chứng thư" in refused.content.decode()
    anchor = TrustAnchor.objects.get()
    left = admin.post(f"/lam-viec/chung-thu/{anchor.pk}/bo/", follow=True).content.decode()
    assert "Đã bỏ" in left
    for who in (world.an, world.chi, world.dung):
        assert client_of(who).get("/lam-viec/chung-thu/").status_code == 403
        assert client_of(who).post(f"/lam-viec/chung-thu/{anchor.pk}/bo/").status_code == 403
