"""Pages of the registers: what each shows, that numbers open the lists they count, and constant query counts."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import NOON, make_task, make_unit
from tests.factories.registering import make_call, make_pilot, make_related, make_unit_plan, put_tag_on
from tiendo.accounts.models import Post, Role
from tiendo.orgs.models import Succession, UnitKind
from tiendo.plans.models import Assignment, Plan, TaskTag
from tiendo.ui.chips import look_of

pytestmark = pytest.mark.django_db
LISTS = ["register-list", "plan-call-list", "related-list", "tag-list", "security-list", "pilot-list"]


def at(name, *args):
    return reverse(f"oversight:{name}", args=args)


def fill(world, plan, count):
    """So many rows in every register."""
    for number in range(count):
        task = make_task(plan, by=world.chi, lead=world.unit_a)
        put_tag_on(task, world)
        make_related(plan, world.unit_a, world)
        make_pilot(plan, world.unit_a, world)
        make_unit(f"so-them-{plan.tasks.count()}-{number}")


@pytest.mark.parametrize("name", [*LISTS, "commendation-list"])
def test_three_rows_cost_as_many_queries_as_one(world, plan, client_of, name):
    make_call(plan, world)
    fill(world, plan, 1)
    chi = client_of(world.chi)
    assert chi.get(at(name)).status_code == 200
    with CaptureQueriesContext(connection) as few:
        chi.get(at(name))
    fill(world, plan, 2)
    with CaptureQueriesContext(connection) as many:
        chi.get(at(name))
    assert len(many) == len(few)


def test_units_of_a_call_cost_the_same_for_three_as_for_one(world, plan, client_of):
    call, chi = make_call(plan, world), client_of(world.chi)
    make_unit_plan(call, world.unit_a, world, signed_on=date(2026, 2, 1))
    address = at("unit-plan-list", call.pk)
    chi.get(address)
    with CaptureQueriesContext(connection) as few:
        chi.get(address)
    for code in ("so-mot", "so-hai"):
        make_unit_plan(call, make_unit(code), world, signed_on=date(2026, 2, 1))
    with CaptureQueriesContext(connection) as many:
        chi.get(address)
    assert len(many) == len(few)


def test_the_numbers_of_a_call_open_the_list_they_count(world, plan, client_of):
    call = make_call(plan, world)
    make_unit_plan(call, world.unit_a, world, signed_on=date(2026, 2, 1))
    make_unit_plan(call, world.unit_b, world, signed_on=date(2026, 3, 1))
    chi, address = client_of(world.chi), at("unit-plan-list", call.pk)
    counts = {value: count for value, _words, count, _asked in chi.get(address).context["counts"]}
    assert (counts["in_time"], counts["late"], counts["due"]) == (1, 1, 0)
    icons = {row["line"].unit: look_of(row["look"]).icon for row in chi.get(address).context["rows"]}
    assert icons[world.unit_a] == "check"
    assert "check" not in icons[world.unit_b]
    for value, count in counts.items():
        assert len(chi.get(address, {"tinh_trang": value}).context["rows"]) == count


def test_a_unit_meets_only_its_own_line_and_enters_only_its_own_plan(world, plan, client_of):
    call = make_call(plan, world)
    make_unit_plan(call, world.unit_a, world, signed_on=date(2026, 2, 1), number="77/KH-MAT")
    page = client_of(world.dung).get(at("unit-plan-list", call.pk)).content.decode()
    assert "77/KH-MAT" not in page
    form = client_of(world.dung).get(at("unit-plan-enter", call.pk)).context["form"]
    assert [unit.code for unit in form.fields["unit"].queryset] == ["so-y-te"]


def test_tasks_of_a_units_plan_stay_out_of_the_provinces_numbers(world, plan, client_of):
    call = make_call(plan, world)
    own = Plan.objects.create(code="kh-sxd", title="KH Sở", owner=world.unit_a, under=plan, created_at=NOON)
    row = make_unit_plan(call, world.unit_a, world, signed_on=date(2026, 2, 1))
    row.detailed = own
    row.save()
    main = make_task(plan, by=world.chi, lead=world.unit_a, title="Việc của tỉnh")
    item = main.item
    make_task(own, by=world.chi, lead=world.unit_a, title="Việc của sở", item=item, group=None)
    chi = client_of(world.chi)
    assert "Việc của sở" not in chi.get(reverse("plans:task-list")).content.decode()
    assert "Việc của sở" in chi.get(reverse("plans:task-list") + "?plan=kh-sxd").content.decode()
    assert chi.get(reverse("plans:overview")).context["board"].counted.numbers.total == 1
    page = chi.get(at("unit-plan-list", call.pk))
    assert page.context["tasks"][own.pk].total == 1


def test_a_tag_counts_what_its_list_shows(world, plan, client_of):
    first, _second = (make_task(plan, by=world.chi, title=f"Việc số {n}") for n in range(2))
    put_tag_on(first, world)
    chi = client_of(world.chi)
    listed = chi.get(reverse("plans:task-list") + "?tag=du-an-cntt&cell=counted").content.decode()
    assert "Việc số 0" in listed
    assert "Việc số 1" not in listed
    chi.post(at("tag-take", first.code, "du-an-cntt"))
    assert TaskTag.objects.get().taken_at is not None


def test_the_checklist_of_a_project_is_answered_on_one_page(world, task, client_of):
    put_tag_on(task, world)
    an, address = client_of(world.an), at("security-check", task.code)
    assert an.post(address, {"sao-luu_answer": "done", "mang_answer": "not_needed"}).status_code == 422
    assert an.post(address, {"sao-luu_answer": "done"}).status_code == 302
    assert task.security_checks.get().item == "sao-luu"
    assert client_of(world.inspector).get(address).status_code == 200
    assert client_of(world.dung).get(address).status_code == 404


def test_the_page_of_a_task_shows_what_the_registers_say(world, plan, client_of):
    task = make_task(plan, by=world.chi, lead=world.unit_a)
    put_tag_on(task, world)
    firm = make_unit("cty-so", "Công ty Số", kind=UnitKind.ENTERPRISE)
    Assignment.objects.create(task=task, unit=firm, role="performing", started_at=NOON)
    make_pilot(plan, world.unit_a, world, task=task)
    page = client_of(world.binh).get(reverse("plans:task-detail", args=[task.code])).content.decode()
    for words in ("Dự án công nghệ thông tin", "Công ty Số", "Máy bay không người lái", "Chưa trả lời hết"):
        assert words in page


def test_the_focal_list_asks_the_unit_that_answers_today(world, client_of):
    """After a merger the new unit needs an officer, and the one that ended is asked for none (R080)."""
    new = make_unit("so-moi", "Sở mới", valid_from=date(2026, 6, 1))
    Succession.objects.create(
        predecessor=world.unit_a, successor=new, kind="merge", effective_on=date(2026, 6, 1), decision="NQ"
    )
    type(new).objects.filter(pk=world.unit_a.pk).update(valid_to=date(2026, 6, 1))
    rows = dict(client_of(world.chi).get(reverse("accounts:focal-list")).context["rows"])
    assert world.unit_a not in rows
    assert rows[new] == []
    Post.objects.create(user=world.an, unit=new, role=Role.OFFICER, title="Cán bộ", valid_from=date(2026, 6, 1))
    rows = dict(client_of(world.chi).get(reverse("accounts:focal-list")).context["rows"])
    assert rows[new] == [world.an]


def test_a_year_without_an_order_to_make_plans_is_told_to_who_gives_it(world, plan, client_of):
    url, words = reverse("oversight:plan-call-list"), f"Năm {timezone.localdate().year} chưa yêu cầu"
    make_call(plan, world, year=2025, due_on=date(2025, 2, 28))
    assert words in client_of(world.chi).get(url).content.decode()
    assert words not in client_of(world.an).get(url).content.decode()
    make_call(plan, world, year=timezone.localdate().year)
    assert words not in client_of(world.chi).get(url).content.decode()
