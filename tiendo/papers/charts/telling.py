"""The same picture in a sentence or two."""

from collections import Counter
from gettext import gettext as _

from tiendo.papers.charts.shapes import LOOK_WORDS, MARK_WORDS, Bars, Goal, Look, Map, Multiples, Point, Say, Series
from tiendo.ui.formats import NO_BREAK, measured_text, number_text, with_unit

NAMED = 5  # units named one by one; more of them are counted


def text_of(picture: Series | Bars | Multiples | Map, *, say: Say = str) -> str:
    """What the picture shows, in words: for those who hear the page, and under the picture in print."""
    match picture:
        case Series():
            return " ".join(
                part for part in (_observed(picture, say), _aim(picture, say), _standing(picture, say)) if part
            )
        case Bars():
            return _bars(picture, say)
        case Multiples():
            looks = picture.looks or tuple(_bare(series) for series in picture.panels)
            return _counted([series.title for series in picture.panels], looks, say)
        case Map():
            return _counted([area.name for area in picture.areas], [area.look for area in picture.areas], say)


def value_words(point: Point, series: Series, say: Say) -> str:
    """`59.000 ha (chính thức)`, or the name of the level."""
    if point.value is None:
        return say(_("không có số liệu"))
    place = int(point.value)
    if 0 < place <= len(series.level_names):
        return f"{say(_('mức {number}')).format(number=place)} ({series.level_names[place - 1]})"
    return with_unit(measured_text(point.value), series.unit)


def goal_words(goal: Goal, say: Say, *, levels: tuple[str, ...] = (), unit: str = "") -> str:
    """`≥ 80 %`, `16 – 18 %`, `≥ mức 3 (Khá)`."""
    if levels:
        place = int(goal.value)
        name = levels[place - 1] if 0 < place <= len(levels) else ""
        told = say(_("mức {number}")).format(number=place) + (f" ({name})" if name else "")
        return f"{goal.sign}{NO_BREAK}{told}"
    numbers = number_text(goal.value)
    told = f"{numbers}{NO_BREAK}–{NO_BREAK}{number_text(goal.upper)}" if goal.upper is not None else ""
    return with_unit(told or f"{goal.sign}{NO_BREAK}{numbers}", unit)


def _observed(series: Series, say: Say) -> str:
    known = series.observed
    if not known:
        return say(_("Không có số liệu."))
    last, first = known[-1], known[0]
    newest = say(_("{period}: {value}, số {mark}")).format(
        period=last.told, value=value_words(last, series, say), mark=say(MARK_WORDS[last.mark])
    )
    if last.former:
        was = ", ".join(with_unit(number_text(former.value), series.unit) for former in last.former)
        newest += say(_(" (thay cho {values})")).format(values=was)
    if len(known) == 1:
        return newest + "."
    since = say(_("từ {value} ở {period}")).format(value=value_words(first, series, say), period=first.told)
    return f"{newest}; {since}."


def _aim(series: Series, say: Say) -> str:
    if not series.final:
        return say(_("Chưa có đích."))
    goal = goal_words(series.final, say, levels=series.level_names, unit=series.unit)
    told = say(_("Đích {period}: {goal}")).format(period=series.final.told, goal=goal)
    if series.baseline and series.baseline.value is not None:
        told += say(_(", xuất phát từ {value} ({period})")).format(
            value=value_words(series.baseline, series, say), period=series.baseline.told
        )
    return told + "."


def _standing(series: Series, say: Say) -> str:
    return say(_("Trạng thái: {state}.")).format(state=say(series.state)) if series.state else ""


def _bars(bars: Bars, say: Say) -> str:
    known = [bar for bar in bars.bars if bar.value is not None]
    told = []
    if known:
        most = max(known, key=lambda bar: bar.value or 0)
        least = min(known, key=lambda bar: bar.value or 0)
        told.append(
            say(_("Cao nhất: {most} ({high}); thấp nhất: {least} ({low}).")).format(
                most=most.name,
                high=with_unit(number_text(most.value or 0), bars.unit),
                least=least.name,
                low=with_unit(number_text(least.value or 0), bars.unit),
            )
        )
    if bars.threshold is not None and known:
        under = [bar for bar in known if bar.value is not None and bar.value < bars.threshold]
        told.append(
            say(_("{count} trên {total} dưới {name} {value}.")).format(
                count=len(under),
                total=len(known),
                name=bars.threshold_name or say(_("ngưỡng")),
                value=with_unit(number_text(bars.threshold), bars.unit),
            )
        )
    if lacking := len(bars.bars) - len(known):
        told.append(say(_("{count} không có số liệu.")).format(count=lacking))
    return " ".join(told)


def _bare(series: Series) -> Look:
    return Look.NO_TARGET if series.observed else Look.NO_DATA


def _counted(names: list[str], looks: list[Look] | tuple[Look, ...], say: Say) -> str:
    """How many units in each class, worst first; those that do not reach it by name while they are few."""
    if not names:
        return say(_("Không có đơn vị nào."))
    counts = Counter(looks)
    told = ", ".join(f"{counts[look]} {say(LOOK_WORDS[look])}" for look in Look if counts[look])
    lead = say(_("{total} đơn vị: {counts}.")).format(total=len(names), counts=told)
    for look in (Look.NOT_MET, Look.NO_DATA):
        named = [name for name, each in zip(names, looks, strict=True) if each is look]
        if 0 < len(named) <= NAMED:
            lead += f" {_capital(say(LOOK_WORDS[look]))}: {', '.join(named)}."
    return lead


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
