"""Pages of sets of criteria: reading one in words, the editor without scripts, the way into force."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.evaluation.contents import make_content
from tests.factories import NOON, World, make_item, make_plan
from tests.factories.indicators import make_indicator
from tiendo.accounts.models import User
from tiendo.evaluation.actions.criteria import draft_set, link_criterion, propose_set, put_in_force
from tiendo.evaluation.criteria import Setting, TaskWeights
from tiendo.evaluation.models import CriteriaSet
from tiendo.evaluation.sets import content_of_set, faults_of_set
from tiendo.evaluation.shaping import canonical, sha256_of
from tiendo.plans.models import Plan

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def plan(world: World) -> Plan:
    plan = make_plan(world.province)
    make_item(plan.version, "I.1", "Kinh tế số chiếm 30 % GRDP")
    return plan


def drafted(plan: Plan, world: World, code: str = "bo-1", *, link: bool = True) -> CriteriaSet:
    make_indicator("kts", by=world.chi) if not plan.indicators.model.objects.filter(code="kts").exists() else None
    weights = TaskWeights({"high": Decimal(2), "low": Decimal(1)}, "low", {})
    made = draft_set(plan=plan, code=code, content=make_content(task_weights=weights), by=world.chi, at=NOON)
    for each in made.content["criteria"] if link else []:
        item = plan.version.items.get(path="I.1")
        link_criterion(criteria=made, criterion=each["code"], item=item, by=world.chi, at=NOON)
    made.refresh_from_db()
    return made


def in_force(plan: Plan, world: World, code: str = "bo-1") -> CriteriaSet:
    made = propose_set(criteria=drafted(plan, world, code), by=world.chi, at=NOON)
    given: dict[str, Any] = {"decision": "12/QĐ-UBND", "in_force_from": date(2026, 1, 5)}
    return put_in_force(criteria=made, by=world.decision_maker, at=NOON, **given)


def url(name: str, *args: object) -> str:
    return reverse(f"evaluation:{name}", args=args)


def shown(client: Client, name: str, *args: object) -> str:
    answer = client.get(url(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()


def sent(client: Client, route: str, /, *args: object, **typed: object) -> str:
    answer = client.post(url(route, *args), typed, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_unit_reads_a_set_in_force_in_words_with_what_it_serves(client_of: SignIn, world: World, plan: Plan) -> None:
    made = in_force(plan, world)
    page = shown(client_of(world.dung), "criteria-detail", made.pk)
    for words in (
        "từ 50 đến dưới 80 %: 5 điểm.",
        "Kinh tế số chiếm 30 % GRDP",
        "12/QĐ-UBND",
        "Đang áp dụng",
        "Mức 2 “Đạt”",
    ):
        assert words.lower() in page.lower()
    assert url("criteria-edit", made.pk) not in page


def test_a_draft_does_not_exist_for_a_unit(client_of: SignIn, world: World, plan: Plan) -> None:
    made = drafted(plan, world)
    for person in (world.an, world.binh, world.dung):
        client = client_of(person)
        assert made.title not in shown(client, "criteria-list")
        for name in ("criteria-detail", "criteria-edit", "criteria-file"):
            assert client.get(url(name, made.pk)).status_code == 404


def test_the_file_is_what_the_hash_is_of(client_of: SignIn, world: World, plan: Plan) -> None:
    made = in_force(plan, world)
    answer = client_of(world.an).get(url("criteria-file", made.pk))
    assert sha256_of(json.loads(answer.content)) == made.sha256
    assert answer.content == canonical(json.loads(answer.content))
    assert 'filename="bo-1-v1.json"' in answer["Content-Disposition"]


def test_a_coordinator_drafts_from_a_shipped_set_and_sees_what_is_still_to_do(
    client_of: SignIn, world: World, plan: Plan
) -> None:
    page = sent(client_of(world.chi), "criteria-draft", plan=plan.code, code="xep-hang", start="335-2025-nd-cp")
    assert "Tổng trọng số: 100 / 100" in page
    assert "Còn 4 điểm phải sửa trước khi trình" in page
    assert CriteriaSet.objects.get().code == "xep-hang"


COMMON = {
    "title": "Tên mới", "source": "QĐ 1", "total": "100", "decimals": "1", "deadline": "original", "excused": "on",
    "lead": "1", "coordinating": "0,4", "levels": "cao: 2,5\nthấp: 1", "usual": "low", "items": "I.1: Cao",
    "apart": "2", "settings": "Chia điểm: theo tỉnh: có hai chấm",
}  # fmt: skip


def test_common_rules_are_typed_with_a_comma(client_of: SignIn, world: World, plan: Plan) -> None:
    made = drafted(plan, world)
    page = sent(client_of(world.chi), "criteria-edit", made.pk, **COMMON, began=made.sha256)
    assert "Đã lưu bản soạn." in page
    made.refresh_from_db()
    content = content_of_set(made)
    assert (content.title, content.decimals, content.roles["coordinating"]) == ("Tên mới", 1, Decimal("0.4"))
    assert content.task_weights == TaskWeights({"high": Decimal("2.5"), "low": Decimal(1)}, "low", {"I.1": "high"})
    assert content.assessors_apart == 2
    assert content.settings == (Setting("Chia điểm", "theo tỉnh: có hai chấm"),)
    assert content.overall
    assert "I.1: cao" in page


def test_levels_are_shown_and_typed_in_the_language_of_the_reader(client_of: SignIn, world: World, plan: Plan) -> None:
    made, client = drafted(plan, world), client_of(world.chi)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    shown = client.get(reverse("evaluation:criteria-edit", args=[made.pk])).content.decode()
    assert "high: 2" in shown
    sent(client, "criteria-edit", made.pk, **(COMMON | {"levels": "High: 2.5\nthấp: 1", "items": "I.1: high"}))
    made.refresh_from_db()
    weights = content_of_set(made).task_weights
    assert (weights.levels, weights.items) == ({"high": Decimal("2.5"), "low": Decimal(1)}, {"I.1": "high"})


def test_what_cannot_be_read_is_said_and_stays(client_of: SignIn, world: World, plan: Plan) -> None:
    made = drafted(plan, world)
    page = sent(client_of(world.chi), "criteria-edit", made.pk, **(COMMON | {"items": "abc", "lead": "một"}))
    assert "Không đọc được dòng “abc”." in page
    assert "Hãy gõ một số" in page
    assert 'value="một"' in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"levels": "cao: 0"}, "hệ số phải lớn hơn 0"),
        ({"levels": "cao: nhiều"}, "Hãy gõ một số"),
        ({"usual": "medium"}, "Mức này chưa có hệ số."),
        ({"items": "I.1: trung bình"}, "Chưa có hệ số của mức"),
        ({"settings": "không có hai chấm"}, "Không đọc được dòng"),
    ],
    ids=str,
)
def test_weights_of_tasks_that_do_not_fit_are_said_at_their_field(
    client_of: SignIn, world: World, plan: Plan, typed: dict[str, str], words: str
) -> None:
    made = drafted(plan, world)
    assert words in sent(client_of(world.chi), "criteria-edit", made.pk, **(COMMON | typed))
    made.refresh_from_db()
    assert made.title == "Thử"


def rows(prefix: str, *given: dict[str, object]) -> dict[str, object]:
    typed: dict[str, object] = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": 0}
    return typed | {f"{prefix}-{n}-{name}": value for n, row in enumerate(given) for name, value in row.items()}


FIGURE = {
    "name": "Kinh tế số", "group": "", "weight": "10", "description": "", "reads": "figure_progress",
    "indicator": "kts", "unit": "%", "zero_at": "", "full_at": "", "weight_low": "", "weight_high": "",
}  # fmt: skip


def test_bands_are_edited_row_by_row_and_an_emptied_row_is_gone(client_of: SignIn, world: World, plan: Plan) -> None:
    made = drafted(plan, world)
    bands = rows(
        "band",
        {"low": "", "high": "60,5", "points": "0"},
        {"low": "", "high": "", "points": ""},
        {"low": "60,5", "high": "", "points": "10"},
    )
    page = sent(client_of(world.chi), "criterion-edit", made.pk, "kinh-te-so", **FIGURE, **bands)
    assert "từ 60,5 % trở lên: 10 điểm." in page
    made.refresh_from_db()
    ends = [(band.low, band.high) for band in content_of_set(made).criterion("kinh-te-so").bands]
    assert ends == [(None, Decimal("60.5")), (Decimal("60.5"), None)]


def test_a_gap_between_bands_is_named_beside_the_form(client_of: SignIn, world: World, plan: Plan) -> None:
    made = drafted(plan, world)
    bands = rows("band", {"high": "49", "points": "0"}, {"low": "50", "points": "10"})
    page = sent(client_of(world.chi), "criterion-edit", made.pk, "kinh-te-so", **FIGURE, **bands)
    assert "hở giữa 49 và 50" in page


def test_levels_are_numbered_by_their_order(client_of: SignIn, world: World, plan: Plan) -> None:
    made = drafted(plan, world)
    common = {"name": "Chỉ đạo", "group": "", "weight": "10", "description": "", "weight_low": "", "weight_high": ""}
    level = {"rubric": "mô tả", "evidence": "giấy tờ"}
    typed = rows("level", {"name": "Kém", "points": "0", **level}, {"name": "Tốt", "points": "10", **level})
    page = sent(client_of(world.chi), "criterion-edit", made.pk, "chi-dao", **common, **typed)
    assert "Mức 2 “Tốt”, 10 điểm: mô tả" in page


BANDS: list[dict[str, object]] = [
    {"name": "Xuất sắc", "low": "90", "all_on_time": "on", "beyond_share": "30"},
    {"name": "Tốt", "low": "70,5"},
    {"name": "Hoàn thành", "low": "50", "late_share": "20"},
    {"name": "Không hoàn thành", "low": "0"},
]
GROUPS: list[dict[str, object]] = [
    {"name": "Sở, ngành", "kinds": ["department", "party"]},
    {"name": "Xã", "kinds": ["commune"]},
]
BOUNDS = {
    "quota_band": "excellent", "quota_percent": "20", "quota_base": "with_best", "quota_ties": "all_in",
    "spread": "15", "interval": "80",
}  # fmt: skip


def ranking(bands: list[dict[str, object]] = BANDS, groups: list[dict[str, object]] = GROUPS, **more: object) -> Any:
    standing = {"band-INITIAL_FORMS": 4, "group-INITIAL_FORMS": 2}
    return rows("band", *bands) | rows("group", *groups) | standing | BOUNDS | more


def test_bands_limit_groups_and_bounds_are_edited_together(client_of: SignIn, world: World, plan: Plan) -> None:
    made, chi = drafted(plan, world), client_of(world.chi)
    page = sent(chi, "criteria-ranking", made.pk, **ranking(), began=made.sha256)
    assert "“Xuất sắc” không quá 20 % (lấy tròn xuống) số đơn vị trong nhóm đạt từ “Tốt” trở lên." in page
    made.refresh_from_db()
    content = content_of_set(made)
    assert [(band.code, band.low, len(band.conditions)) for band in content.overall] == [
        ("excellent", 90, 2), ("good", Decimal("70.5"), 0), ("completed", 50, 1), ("failed", 0, 0)
    ]  # fmt: skip
    assert [(group.code, group.kinds) for group in content.groups] == [
        ("so", ("department", "party")),
        ("xa", ("commune",)),
    ]
    assert content.quota is not None
    assert (content.quota.of, content.quota.percent, content.quota.ties) == ("good", 20, "all_in")
    assert (content.resampling.spread, content.resampling.interval) == (Decimal("0.15"), Decimal("0.8"))
    assert not faults_of_set(made)
    assert "rút lại trọng số trong ±15 %, giữ 80 % ở giữa" in shown(chi, "criteria-edit", made.pk)


def test_a_band_added_anywhere_takes_its_place_by_points_and_an_emptied_one_is_gone(
    client_of: SignIn, world: World, plan: Plan
) -> None:
    made = drafted(plan, world)
    bands = [BANDS[0], BANDS[1], {"name": "", "low": ""}, BANDS[3], {"name": "Đạt khá", "low": "60"}]
    sent(client_of(world.chi), "criteria-ranking", made.pk, **ranking(bands, quota_band="", quota_percent=""))
    made.refresh_from_db()
    content = content_of_set(made)
    assert [band.code for band in content.overall] == ["excellent", "good", "dat-kha", "failed"]
    assert content.quota is None


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        (ranking([*BANDS[:3], {"name": "Cuối", "low": "1"}]), "band-3-low", "Hở phía dưới"),
        (ranking([BANDS[0], {"name": "Tốt", "low": "90"}, *BANDS[2:]]), "band-1-low", "Chồng lấn: mức “Xuất sắc”"),
        (ranking([{"name": "Xuất sắc", "low": "101"}, *BANDS[1:]]), "band-0-low", "Cao hơn tổng điểm"),
        (ranking([*BANDS[:3], {**BANDS[3], "late_share": "5"}]), "band-3-name", "không kèm điều kiện"),
        (ranking([*BANDS[:2], {"name": "Thiếu"}, BANDS[3]]), "band-2-low", "Thiếu điểm thấp nhất"),
        (ranking(groups=[GROUPS[0], {"name": "Xã", "kinds": ["party"]}]), "group-1-kinds", "đã ở nhóm “Sở, ngành”"),
        (ranking(groups=[{"name": "Sở"}]), "group-0-kinds", "Chọn ít nhất một loại"),
        (ranking(quota_percent="120"), "quota_percent", "từ 0 đến 100 %"),
        (ranking(quota_percent=""), "quota_percent", "hoặc chọn không giới hạn"),
        (ranking(spread="100"), "spread", "Phải nhỏ hơn 100 %"),
        (ranking(interval="0"), "interval", "Phải lớn hơn 0 %"),
    ],
    ids=lambda each: each if isinstance(each, str) and " " not in each else "",
)
def test_a_gap_an_overlap_or_an_impossible_share_is_said_at_its_field_and_nothing_is_saved(
    client_of: SignIn, world: World, plan: Plan, typed: dict[str, object], field: str, words: str
) -> None:
    made = drafted(plan, world)
    answer = client_of(world.chi).post(url("criteria-ranking", made.pk), typed)
    assert answer.status_code == 422
    context = answer.context
    forms = [context["form"], *context["bands"].forms, *context["groups"].forms]
    assert {each.add_prefix(name) for each in forms for name in each.errors} == {field}
    assert words in answer.content.decode()
    made.refresh_from_db()
    assert content_of_set(made) == make_content(task_weights=content_of_set(made).task_weights)


def test_a_changed_weight_shows_in_the_sum(client_of: SignIn, world: World, plan: Plan) -> None:
    made = drafted(plan, world)
    typed = {"name": "Báo cáo", "group": "", "weight": "12,5", "description": "", "late_report": "0,5"}
    page = sent(client_of(world.chi), "criterion-edit", made.pk, "bao-cao", **typed, weight_low="", weight_high="")
    assert "Tổng trọng số: 102,5 / 100" in page


def test_a_criterion_is_added_linked_unlinked_and_taken_out(client_of: SignIn, world: World, plan: Plan) -> None:
    made, client = drafted(plan, world), client_of(world.chi)
    typed = {"code": "moi", "name": "Mới", "kind": "qualitative", "weight": "5"}
    assert "chưa gắn" in sent(client, "criterion-add", made.pk, **typed)
    page = sent(client, "criterion-link", made.pk, "moi", indicator="kts")
    assert "Đã gắn tiêu chí." in page
    link = made.links.get(criterion="moi")
    assert "chưa gắn" in sent(client, "criterion-unlink", link.pk)
    page = sent(client, "criterion-remove", made.pk, "moi")
    assert "Tổng trọng số: 100 / 100" in page
    assert "Bộ tiêu chí đã có mã này." in sent(client, "criterion-add", made.pk, **(typed | {"code": "bao-cao"}))
    assert "Hãy chọn một chỉ tiêu" in sent(client, "criterion-link", made.pk, "bao-cao")


def test_an_editor_who_is_late_is_told_and_keeps_what_was_typed(client_of: SignIn, world: World, plan: Plan) -> None:
    made, client = drafted(plan, world), client_of(world.chi)
    began = made.sha256
    sent(client, "criteria-edit", made.pk, **COMMON, began=began)
    page = sent(client, "criteria-edit", made.pk, **(COMMON | {"title": "Tên khác"}), began=began)
    assert "Người khác vừa sửa bản soạn này." in page
    assert 'value="Tên khác"' in page
    made.refresh_from_db()
    assert made.title == "Tên mới"


def test_a_set_with_an_unlinked_criterion_is_refused_by_name(client_of: SignIn, world: World, plan: Plan) -> None:
    made = drafted(plan, world, link=False)
    page = sent(client_of(world.chi), "criteria-propose", made.pk)
    assert "Tiêu chí nhiem-vu “Kết quả nhiệm vụ” chưa gắn" in page
    made.refresh_from_db()
    assert made.status == "draft"


def test_proposed_then_put_in_force_then_a_new_version_and_what_it_changes(
    client_of: SignIn, world: World, plan: Plan
) -> None:
    made, chi = drafted(plan, world), client_of(world.chi)
    assert "Đã trình bộ tiêu chí." in sent(chi, "criteria-propose", made.pk)
    maker = client_of(world.decision_maker)
    decided = sent(maker, "criteria-decide", made.pk, decision="5/QĐ-UBND", in_force_from="2026-01-05")
    assert "Bộ tiêu chí đã được ban hành." in decided
    sent(chi, "criteria-again", made.pk)
    second = CriteriaSet.objects.get(number=2)
    sent(chi, "criteria-edit", second.pk, **COMMON)
    page = shown(chi, "criteria-compare", second.pk, made.pk)
    assert "phối hợp 0,4" in page
    assert "phối hợp 0,3" in page
    assert "không có" not in page


def test_the_decision_maker_sends_it_back_with_a_reason(client_of: SignIn, world: World, plan: Plan) -> None:
    made = propose_set(criteria=drafted(plan, world), by=world.chi, at=NOON)
    maker = client_of(world.decision_maker)
    assert "Hãy ghi văn bản" in sent(maker, "criteria-decide", made.pk)
    assert "Đã đưa bộ tiêu chí về bản soạn." in sent(maker, "criteria-take-back", made.pk, reason="Sửa trọng số")


def test_the_list_asks_as_often_for_three_sets_as_for_one(client_of: SignIn, world: World, plan: Plan) -> None:
    counts = []
    for codes in (["bo-1"], ["bo-2", "bo-3"]):
        for code in codes:
            in_force(plan, world, code)
        client = client_of(world.chi)
        client.get(url("criteria-list"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(url("criteria-list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_page_of_a_set_asks_as_often_whatever_its_criteria(client_of: SignIn, world: World, plan: Plan) -> None:
    """One criterion linked, then all five."""
    client, made = client_of(world.chi), drafted(plan, world, link=False)
    counts = []
    for number, each in enumerate(made.content["criteria"]):
        item = plan.version.items.get(path="I.1")
        link_criterion(criteria=made, criterion=each["code"], item=item, by=world.chi, at=NOON)
        if number in (0, 4):
            client.get(url("criteria-detail", made.pk))
            with CaptureQueriesContext(connection) as asked:
                client.get(url("criteria-detail", made.pk))
            counts.append(len(asked))
    assert counts[0] == counts[1]
