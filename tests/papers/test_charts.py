"""Charts say the same to the eye, in grey, and in words, whatever the figures are."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.papers import charts
from tiendo.papers.charts import Area, Bar, Bars, Former, Goal, Look, Map, Mark, Multiples, Point, Series
from tiendo.papers.charts.scales import Scale, axis_values, shortened, spread, ticks
from tiendo.papers.charts.shapes import LOOK_LETTERS, LOOK_WORDS
from tiendo.papers.charts.svg import num

NS = "{http://www.w3.org/2000/svg}"


def point(year: int, value: str | None, mark: Mark = Mark.OFFICIAL, *former: Former) -> Point:
    return Point(date(year, 12, 31), str(year), None if value is None else Decimal(value), mark, former)


def goal(year: int, value: str, sign: str = "≥", upper: str | None = None) -> Goal:
    return Goal(date(year, 12, 31), str(year), Decimal(value), sign, None if upper is None else Decimal(upper))


CASHLESS = Series(
    title="Thanh toán không dùng tiền mặt",
    unit="%",
    points=(
        point(2024, "52.5"),
        point(2025, "61.3", Mark.REVISED, Former(Decimal(58), Mark.ESTIMATE)),
        point(2026, "66", Mark.ESTIMATE),
    ),
    path=(goal(2025, "60"), goal(2027, "71")),
    final=goal(2030, "80"),
    baseline=point(2023, "45"),
    state="đúng lộ trình",
)


def drawn(series: Series, **more: object) -> ET.Element:
    return ET.fromstring(charts.line_chart(series, ids="c", **more))  # type: ignore[arg-type]


def classes(picture: ET.Element) -> list[str]:
    return [each.get("class", "") for each in picture.iter()]


def words(picture: ET.Element) -> list[str]:
    return [each.text or "" for each in picture.iter(f"{NS}text")]


def test_a_picture_is_named_and_told_and_needs_no_style_of_its_own() -> None:
    text = charts.line_chart(CASHLESS, ids="c")
    picture = ET.fromstring(text)
    assert (picture.get("role"), picture.get("aria-labelledby"), picture.get("aria-describedby")) == (
        "img",
        "c-t",
        "c-d",
    )
    told = {each.get("id"): each.text for each in picture if each.get("id")}
    assert told["c-t"] == CASHLESS.title
    assert told["c-d"] == charts.text_of(CASHLESS)
    assert "style=" not in text
    assert "<style" not in text
    assert "<script" not in text


def test_each_status_has_a_shape_of_its_own() -> None:
    picture = drawn(CASHLESS)
    shapes = {
        kind: {each.tag for each in picture.iter() if f"ch-{kind}" in each.get("class", "").split()} for kind in Mark
    }
    assert shapes[Mark.OFFICIAL] == {f"{NS}circle"}
    assert shapes[Mark.REVISED] == {f"{NS}polygon"}
    corners = {
        kind: {len(each.get("points", "").split()) for each in picture.iter() if f"ch-{kind}" in each.get("class", "")}
        for kind in (Mark.ESTIMATE, Mark.REVISED)
    }
    assert corners == {Mark.ESTIMATE: {3}, Mark.REVISED: {4}}


def test_a_revision_leaves_the_old_value_standing_faintly() -> None:
    picture = drawn(CASHLESS)
    faint = [
        each for each in picture.iter() if "ch-former" in each.get("class", "") and "ch-mark" in each.get("class", "")
    ]
    assert len(faint) == 2  # in the plot and in the legend
    assert all(each.get("stroke-dasharray") for each in faint)
    assert "số đã thay" in words(picture)
    assert "số đã thay" not in words(drawn(Series("A", "%", (point(2025, "1"),))))


def test_the_words_say_newest_value_status_goal_start_and_state() -> None:
    assert charts.text_of(CASHLESS).replace("\xa0", " ") == (
        "2026: 66 %, số ước; từ 52,5 % ở 2024. Đích 2030: ≥ 80 %, xuất phát từ 45 % (2023). Trạng thái: đúng lộ trình."
    )


def test_words_are_said_in_the_language_of_the_reader() -> None:
    told = charts.text_of(CASHLESS, say=lambda words: f"«{words}»" if words == "đúng lộ trình" else words)
    assert "«đúng lộ trình»" in told


def test_a_falling_target_keeps_the_bad_value_above() -> None:
    land = Series("Đất trống", "ha", (point(2024, "59000"),), (), goal(2030, "50000", "≤"), point(2023, "60000"))
    places = {each.get("class"): each for each in drawn(land).iter() if each.get("cy", "0") != "0"}
    assert Decimal(places["ch-mark ch-official"].get("cy", "")) < Decimal(places["ch-goal-dot"].get("cy", ""))
    assert "59.000\xa0ha" in charts.text_of(land)
    assert "≤\xa050.000\xa0ha" in charts.text_of(land)


def test_of_a_rank_the_first_stands_on_top() -> None:
    rank = Series("Hạng", "", (point(2024, "48"), point(2025, "3")), rank=True)
    heights = [
        Decimal(each.get("cy", ""))
        for each in drawn(rank).iter(f"{NS}circle")
        if each.get("r") == "3.5" and each.get("cy") != "0"
    ]
    assert heights[0] > heights[1]
    assert "1" in words(drawn(rank))


def test_one_point_stands_alone_and_no_point_is_said() -> None:
    alone = drawn(Series("A", "%", (point(2025, "12"),)))
    assert "12" in words(alone)
    assert "ch-line" not in classes(alone)
    nothing = Series("A", "%", (point(2025, None),), (), goal(2030, "80"))
    assert words(drawn(nothing)).count("không có số liệu") == 2  # in the plot and in the legend
    assert charts.text_of(nothing).startswith("Không có số liệu.")
    assert "không có số liệu" in words(drawn(Series("A", "%", ())))


def test_a_period_without_a_value_breaks_the_line_and_is_marked() -> None:
    gap = Series("A", "%", (point(2022, "1"), point(2023, "2"), point(2024, None), point(2025, "4"), point(2026, "5")))
    assert classes(drawn(gap)).count("ch-line") == 2
    assert "ch-none" in classes(drawn(gap))


def test_a_range_has_two_ends_and_a_band() -> None:
    patents = Series("Sáng chế", "%", (point(2025, "-2.25"),), (), goal(2030, "16", "–", "18"), point(2022, "-5"))
    assert "ch-band" in classes(drawn(patents))
    assert classes(drawn(patents)).count("ch-goal-dot") == 3  # two ends and the legend
    assert "16\xa0–\xa018\xa0%" in charts.text_of(patents)
    assert "−2,25\xa0%" in charts.text_of(patents)


def test_levels_are_named() -> None:
    level = Series(
        "Mức độ", "", (point(2025, "2"),), (), goal(2030, "3"), level_names=("Thấp", "Vừa", "Cao"), state="chưa đạt"
    )
    told = charts.text_of(level).replace("\xa0", " ")
    assert "mức 2 (Vừa)" in told
    assert "≥ mức 3 (Cao)" in told


def test_huge_numbers_are_short_on_the_axis_and_whole_in_words() -> None:
    money = Series("Chi", "đồng", (point(2024, "245000000000"), point(2025, "1310500000000")))
    assert "tỷ đồng" in words(drawn(money))
    assert "1.310.500.000.000\xa0đồng" in charts.text_of(money)


values = st.decimals(min_value=-(10**17), max_value=10**17, places=6, allow_nan=False)


@given(
    st.lists(st.one_of(st.none(), values), max_size=12),
    st.one_of(st.none(), values),
    st.one_of(st.none(), values),
    st.booleans(),
)
def test_whatever_the_figures_everything_stays_inside_the_picture(
    observed: list[Decimal | None], end: Decimal | None, start: Decimal | None, rank: bool
) -> None:
    series = Series(
        title="A & <b>",
        unit="%",
        points=tuple(Point(date(2015 + n, 12, 31), str(2015 + n), value) for n, value in enumerate(observed)),
        final=None if end is None else Goal(date(2030, 12, 31), "2030", end),
        baseline=None if start is None else Point(date(2014, 12, 31), "2014", start),
        rank=rank and all(value is None or value >= 1 for value in (*observed, end, start)),
    )
    picture = drawn(series, titled=True)
    wide, tall = (Decimal(each) for each in picture.get("viewBox", "").split()[2:])
    for each in picture.iter(f"{NS}polyline"):
        for dot in each.get("points", "").split():
            x, y = map(Decimal, dot.split(","))
            assert 0 <= x <= wide
            assert 0 <= y <= tall
    assert charts.text_of(series)


@given(values, values, st.booleans())
def test_ticks_hold_the_values_and_are_evenly_spaced(one: Decimal, other: Decimal, whole: bool) -> None:
    low, high = sorted((one, other))
    made = ticks(low, high, whole=whole)
    assert made[0] <= low <= high <= made[-1]
    assert 2 <= len(made) <= 8
    assert len({after - before for before, after in pairwise(made)}) == 1


def test_an_axis_begins_at_nought_when_that_costs_little_and_at_one_for_ranks() -> None:
    assert axis_values([Decimal(20), Decimal(80)])[0] == 0
    assert axis_values([Decimal(50_000), Decimal(60_000)])[0] == 50_000
    assert axis_values([Decimal(3), Decimal(41)], rank=True)[0] == 1
    assert axis_values([])[0] == 0
    assert shortened([Decimal(99_999)]) == (1, "")
    assert shortened([Decimal(2_500_000)]) == (1_000_000, "triệu")


def test_labels_that_would_overlap_are_left_out_but_never_the_last() -> None:
    labels = [(Decimal(n * 5), Decimal(20), str(n)) for n in range(10)]
    kept = spread(labels, Decimal(4))
    assert kept[-1][1] == "9"
    assert all(after[0] - before[0] >= 24 for before, after in pairwise(kept))


def test_a_scale_without_extent_puts_everything_in_the_middle() -> None:
    assert Scale(Decimal(5), Decimal(5), Decimal(0), Decimal(100))(Decimal(5)) == 50
    assert num(Decimal("-0.04")) == "0"


BARS = Bars(
    "Tỷ trọng chi",
    "%",
    (
        Bar("Sở A", Decimal("3.4"), Look.MET, href="/a"),
        Bar("Sở B", Decimal("1.1"), Look.NOT_MET),
        Bar("Sở C", None, Look.NO_DATA),
    ),
    Decimal(3),
    "ngưỡng",
)


def test_bars_say_value_and_letter_and_who_is_under_the_threshold() -> None:
    picture = ET.fromstring(charts.bars(BARS, ids="b"))
    assert {"3,4 · Đ", "1,1 · C", "– · –"} <= set(words(picture))
    assert picture.get("role") == "group"  # links stand inside
    told = charts.text_of(BARS).replace("\xa0", " ")
    assert told == "Cao nhất: Sở A (3,4 %); thấp nhất: Sở B (1,1 %). 1 trên 2 dưới ngưỡng 3 %. 1 không có số liệu."


def unit(name: str, *values: str | None) -> Series:
    return Series(name, "%", tuple(point(2023 + n, value) for n, value in enumerate(values)), (), goal(2030, "80"))


PANELS = Multiples("Theo xã", "%", (unit("Xã A", "10", "90"), unit("Xã B", None)), (Look.MET, Look.NO_DATA))


def test_small_multiples_share_one_scale_and_count_their_classes() -> None:
    assert charts.scale_words(PANELS) == "Cùng một thang: 0 – 100 %"
    assert charts.text_of(PANELS) == "2 đơn vị: 1 không có số liệu, 1 đạt. Không có số liệu: Xã B."
    single = [ET.fromstring(each) for each in charts.panels(PANELS, ids="m")]
    assert [each.findtext(f"{NS}title") for each in single] == ["Xã A", "Xã B"]
    lines = [[each.get("y1") for each in panel.iter(f"{NS}line")] for panel in single]
    assert lines[0] == lines[1]


SQUARE = {"type": "Polygon", "coordinates": [[[103, 22], [104, 22], [104, 23], [103, 23], [103, 22]]]}
LAND = Map(
    "Bản đồ",
    tuple(Area(look.value, f"Xã {look.value}", "5 %", look, href=f"/x/{look.value}", geometry=SQUARE) for look in Look),
)


@pytest.mark.parametrize("draw", [charts.tiles, charts.boundary_map])
def test_each_class_on_a_map_has_a_letter_and_a_fill_of_its_own(draw: object) -> None:
    picture = ET.fromstring(draw(LAND, ids="g"))  # type: ignore[operator]
    assert set(LOOK_LETTERS.values()) <= set(words(picture))
    fills = {each.get("class"): each.get("fill") for each in picture.iter() if "ch-area" in each.get("class", "")}
    assert len(set(fills.values())) == len(Look)
    assert {each.get("href") for each in picture.iter(f"{NS}a")} == {f"/x/{look.value}" for look in Look}
    assert {f"{LOOK_LETTERS[look]} · {LOOK_WORDS[look]}" for look in Look} <= set(words(picture))


def test_a_tile_stands_where_it_was_laid_or_in_order() -> None:
    laid = Map("A", (Area("a", "A", "", Look.MET, at=(2, 1)), Area("b", "B", "", Look.MET, at=(0, 0))))
    squares = [each for each in ET.fromstring(charts.tiles(laid, ids="t")).iter() if each.get("class") == "ch-rim"]
    assert [(each.get("x"), each.get("y")) for each in squares] == [("122", "61"), ("0", "0")]
    mixed = Map("A", (Area("a", "A", "", Look.MET), Area("b", "B", "", Look.MET, at=(5, 5))))
    squares = [each for each in ET.fromstring(charts.tiles(mixed, ids="t")).iter() if each.get("class") == "ch-rim"]
    assert [(each.get("x"), each.get("y")) for each in squares] == [("0", "0"), ("61", "0")]


def test_names_never_become_markup() -> None:
    nasty = '<script>alert("x")</script>&'
    pictures = [
        charts.line_chart(Series(nasty, nasty, (point(2025, "1"),)), ids="a", titled=True),
        charts.bars(Bars(nasty, nasty, (Bar(nasty, Decimal(1), href=nasty),)), ids="a", titled=True),
        charts.tiles(Map(nasty, (Area("a", nasty, nasty, Look.MET, href=nasty),)), ids="a", titled=True),
    ]
    for text in pictures:
        assert "<script" not in text
        assert ET.fromstring(text).findtext(f"{NS}title") == nasty


def test_a_boundary_map_of_nothing_is_still_a_picture() -> None:
    picture = ET.fromstring(charts.boundary_map(Map("A", (Area("a", "Xã A", "", Look.NO_DATA),)), ids="g"))
    assert not re.search("ch-area", ET.tostring(picture, encoding="unicode"))
    assert "Xã A" in (picture.findtext(f"{NS}desc") or "")
