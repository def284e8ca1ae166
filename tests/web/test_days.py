"""A day far outside our times is refused by every form with a sentence, not by an error page."""

import pytest
from django.urls import reverse

from tiendo.web.days import DayField

WORDS = "Hãy xem lại năm"


@pytest.mark.parametrize("typed", ["9999-12-31", "0001-01-01", "1945-09-01", "2101-01-01"])
def test_a_day_outside_our_times_is_refused_in_words(typed):
    field = DayField(required=True)
    with pytest.raises(Exception, match=WORDS):
        field.clean(typed)


def test_the_edges_belong_to_our_times():
    assert [str(DayField().clean(day)) for day in ("1945-09-02", "2100-12-31")] == ["1945-09-02", "2100-12-31"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("reporting:schedule-start", {"started_on": "9999-12-31", "template": "month"}),
        ("reporting:period-create", {"last_good_day": "9999-12-31", "opens_on": "9999-12-31"}),
        ("reporting:programme-add", {"held_on": "9999-12-31", "report_due_on": "9999-12-31"}),
    ],
)
def test_no_form_of_periods_falls_over_the_end_of_the_calendar(world, client_of, page, typed):
    answer = client_of(world.chi).post(reverse(page), typed)
    assert answer.status_code == 200
    assert WORDS in answer.content.decode()
