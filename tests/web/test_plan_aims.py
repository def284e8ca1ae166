"""Targets of a plan's sentences on its page: firm ones apart from those hoped for, ranges as printed (R041, R077)."""

import pytest
from django.urls import reverse

from tiendo.intake.actions import start_import

pytestmark = pytest.mark.django_db
PLAN = """KẾ HOẠCH
về chuyển đổi số

I. MỤC TIÊU

1. Đến năm 2030

- Tối thiểu 60% số xã có điểm đọc; phấn đấu 80% số thôn có mạng.

- Mỗi lĩnh vực có 2-3 chuyên gia đầu ngành.
"""


def test_firm_targets_stand_apart_from_hopes(units, accept, client_of, now):
    source, _new = start_import(data=PLAN.encode(), name="a.txt", by=units.chi, at=now)
    chi = client_of(units.chi)
    review = chi.get(reverse("intake:import-review", args=[source.pk]), {"loai": "text"}).content.decode()
    assert "số xã có điểm đọc: Tối thiểu 60% (bắt buộc); số thôn có mạng: 80% (phấn đấu)" in review
    plan = accept(source).plan
    answer = chi.get(reverse("plans:plan-detail", args=[plan.code]))
    aims = answer.context["aims"]
    assert [(target["measure"], target["amount"], target["horizon"]) for _path, target in aims["firm"]] == [
        ("số xã có điểm đọc", "Tối thiểu 60%", "2030"),
        ("chuyên gia đầu ngành", "2-3", "2030"),
    ]
    assert [target["measure"] for _path, target in aims["wish"]] == ["số thôn có mạng"]
    page = answer.content.decode()
    assert page.index("Bắt buộc") < page.index("Phấn đấu, hướng tới")
