"""Indicators in a release: what is frozen, what never gets in, and how it is taken back."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

import tiendo_verify
from tests.factories import NOON, TODAY
from tests.factories.indicators import make_figure, make_indicator, make_observation
from tests.publication.measured import SECRETS, Measured, leaked, measure
from tests.publication.release import Story, leaks
from tiendo.indicators.actions.passports import retire_indicator
from tiendo.indicators.actions.terms import terms_of
from tiendo.indicators.models import Indicator, Passport
from tiendo.indicators.picturing import series_of
from tiendo.plans.storage import read_file
from tiendo.publication.actions import amend_indicator, approve_release, propose_release, withhold_task
from tiendo.publication.indicator_pictures import drawn_of, track_of
from tiendo.publication.models import PublishedIndicator, Release
from tiendo.publication.queries import latest_release
from tiendo.publication.records import Record
from tiendo.publication.snapshot import take_snapshot
from tiendo.publication.workflow import IllegalMove


@pytest.fixture
def measured(story: Story) -> Measured:
    return measure(story)


def record_of(measured: Measured, code: str = "PHU-SONG") -> Record:
    rows = take_snapshot(measured.story.plan, at=NOON).indicators
    [row] = [row for row in rows if row["code"] == code]
    return row["data"]


def hide(indicator: Indicator, measured: Measured, reason: str = "LYDORUT") -> None:
    terms = replace(terms_of(indicator.passports.in_force().get()), is_public=False, not_public_reason=reason)
    at = NOON + timedelta(days=5)
    amend_indicator(indicator=indicator, terms=terms, rests_on="CV 1", by=measured.story.world.chi, at=at)


def test_public_indicators_stand_in_the_snapshot_silent_ones_too(measured: Measured) -> None:
    snapshot = take_snapshot(measured.story.plan, at=NOON)
    told = {row["code"]: (row["state"], row["value"]) for row in snapshot.indicators}
    assert {code: state for code, (state, _value) in told.items()} == {
        "PHU-SONG": "on_track",
        "IM-LANG": "no_data",
        "TINH-RA": "no_data",
    }
    numbers = snapshot.summary["indicators"]
    assert (numbers["total"], numbers["not_public"]) == (3, 1)
    assert (numbers["states"]["no_data"], numbers["states"]["on_track"]) == (2, 1)


def test_a_figure_is_told_down_to_the_source_and_the_day(measured: Measured) -> None:
    record = record_of(measured)
    figure = next(figure for figure in record["figures"] if figure["unit"]["code"] == "03637")
    [origin] = figure["observations"]
    assert origin == {
        "source": "Cục Thống kê",
        "source_kind": "statistics",
        "number": 1,
        "status": "official",
        "value": "62.5",
        "no_value": None,
        "recorded_on": "2026-07-01",
        "accepted_on": "2026-07-01",
    }
    assert record["latest"]["origin"] == "rolled_up"
    assert [(line["purpose"], line["value"]) for line in record["targets"]] == [
        ("baseline", "40"),
        ("path", "70"),
        ("final", "90"),
    ]


def test_nothing_kept_back_is_in_the_snapshot_or_the_sealed_file(measured: Measured) -> None:
    snapshot = take_snapshot(measured.story.plan, at=NOON)
    told = json.dumps([snapshot.summary, snapshot.indicators], ensure_ascii=False, default=str)
    assert leaked(told) == []
    assert leaks(told, measured.story.world) == []
    release = measured.story.publish()
    assert release.file is not None
    sealed = read_file(release.file).decode()
    assert leaked(sealed) == []
    assert leaks(sealed, measured.story.world) == []
    assert '"indicator:PHU-SONG"' in sealed


def test_a_formula_or_a_reason_that_names_a_hidden_indicator_is_left_out(measured: Measured) -> None:
    record = record_of(measured, "TINH-RA")
    assert record["expression"] is None
    [figure] = record["figures"]
    assert (figure["no_value"], figure["not_computable"], figure["flags"]) == (None, None, [])


def test_only_public_tasks_are_tied(measured: Measured) -> None:
    assert [task["code"] for task in record_of(measured)["tasks"]] == [measured.story.done.code]


def test_programmes_tell_agencies_and_count_what_is_hidden(measured: Measured) -> None:
    [programme] = take_snapshot(measured.story.plan, at=NOON).summary["programmes"]
    [told] = programme["measurements"]
    assert [each["indicator"] for each in told["objectives"]] == ["PHU-SONG"]
    assert told["not_public"] == 1
    assert "head" not in told["objectives"][0]


def test_the_public_picture_has_the_value_and_the_path(measured: Measured) -> None:
    record = record_of(measured)
    series = series_of(drawn_of(record), track_of(record))
    assert [(point.label, str(point.value)) for point in series.points] == [("2025", "62.5")]
    assert [str(goal.value) for goal in series.goals] == ["70", "90"]
    assert series.baseline is not None


def test_the_sealed_file_is_whole_and_a_changed_figure_is_found(measured: Measured, tmp_path: Path) -> None:
    release = measured.story.publish()
    assert release.file is not None
    file = tmp_path / "release.json"
    file.write_bytes(read_file(release.file))
    assert tiendo_verify.main([str(file)]) == 0
    file.write_text(file.read_text(encoding="utf-8").replace('"62.5"', '"99.9"'), encoding="utf-8")
    assert tiendo_verify.main([str(file)]) == 1


def test_a_later_value_does_not_change_what_was_released(measured: Measured) -> None:
    release = measured.story.publish()
    measured.coverage.figures.all().delete()
    row = PublishedIndicator.objects.get(release=release, code="PHU-SONG")
    assert row.data["latest"]["value"] == "62.5"


def test_hiding_an_indicator_puts_the_release_out_again_without_it(measured: Measured) -> None:
    first = measured.story.publish()
    hide(measured.coverage, measured)
    first.refresh_from_db()
    latest = latest_release()
    assert first.status == Release.Status.WITHDRAWN
    assert first.replaced_by == latest
    assert latest.corrects == first
    assert [row.code for row in latest.indicators.order_by("position")] == ["IM-LANG", "TINH-RA"]
    assert latest.summary["indicators"]["not_public"] == 2
    assert latest.summary["programmes"][0]["measurements"][0]["objectives"] == []
    assert "PHU-SONG" not in json.dumps([latest.summary, list(latest.indicators.values("data"))], default=str)
    assert latest.tasks.count() == first.tasks.count()


def test_only_who_keeps_passports_may_hide_and_a_refusal_changes_nothing(measured: Measured) -> None:
    measured.story.publish()
    terms = replace(terms_of(Passport.objects.in_force().get(indicator=measured.coverage)), is_public=False)
    for person in (measured.story.world.an, measured.story.world.dung):
        with pytest.raises(PermissionDenied):
            amend_indicator(indicator=measured.coverage, terms=terms, rests_on="CV 1", by=person, at=NOON)
    assert latest_release().corrects is None


def test_a_change_that_hides_nothing_leaves_releases_alone(measured: Measured) -> None:
    release = measured.story.publish()
    terms = replace(terms_of(Passport.objects.in_force().get(indicator=measured.coverage)), method="Đếm lại")
    amend_indicator(indicator=measured.coverage, terms=terms, rests_on="CV 1", by=measured.story.world.chi, at=NOON)
    assert latest_release() == release


def test_a_proposal_that_names_an_indicator_hidden_since_is_not_approved(measured: Measured) -> None:
    world = measured.story.world
    release = propose_release(plan=measured.story.plan, title="Đợt 1", by=world.chi, at=NOON)
    hide(measured.coverage, measured)
    with pytest.raises(IllegalMove, match="chỉ tiêu nay không công khai"):
        approve_release(release=release, by=world.decision_maker, at=NOON + timedelta(days=6))


def test_withholding_a_task_unties_it_and_keeps_the_indicators(measured: Measured) -> None:
    measured.story.publish()
    withhold_task(task=measured.story.done, reason="LYDO", by=measured.story.world.decision_maker, at=NOON)
    row = latest_release().indicators.get(code="PHU-SONG")
    assert row.data["tasks"] == []
    assert row.data["latest"]["value"] == "62.5"


def test_the_number_of_queries_does_not_grow_with_the_indicators(measured: Measured) -> None:
    counts = []
    for extra in (0, 3):
        for _each in range(extra):
            more = make_indicator(by=measured.story.world.chi, plan=measured.story.plan)
            make_figure(more, measured.story.world.province, 5)
            make_observation(more, measured.story.world.province, 5, by=measured.story.world.an)
        with CaptureQueriesContext(connection) as seen:
            take_snapshot(measured.story.plan, at=NOON)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_release_from_before_indicators_is_still_corrected(measured: Measured) -> None:
    release = measured.story.publish()
    release.indicators.all().delete()
    Release.objects.filter(pk=release.pk).update(
        summary={name: told for name, told in release.summary.items() if name not in ("indicators", "programmes")}
    )
    withhold_task(task=measured.story.done, reason="LYDO", by=measured.story.world.decision_maker, at=NOON)
    assert latest_release().indicators.count() == 0


def test_the_secrets_are_really_stored(measured: Measured) -> None:
    assert Passport.objects.filter(name=SECRETS["hidden_name"]).exists()
    assert measured.coverage.observations.filter(note=SECRETS["note"]).count() == 3


def test_an_indicator_given_up_stays_public_with_its_last_figure_and_the_day(measured: Measured) -> None:
    before = record_of(measured)
    retire_indicator(
        indicator=Indicator.objects.get(code="PHU-SONG"), rests_on="CV 2", by=measured.story.world.chi, at=NOON
    )
    after = record_of(measured)
    assert (before["retired_on"], after["retired_on"]) == (None, str(TODAY))
    assert after | {"retired_on": None} == before
