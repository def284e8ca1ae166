"""Days and times of a workbook: a count of days becomes dd/mm/yyyy, and a format without a day shows none. Pure."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal

LAST_DAY = 2_958_465  # 31/12/9999
FEBRUARY_1900 = 60  # the day that never was: counts below it are one day off
DAY = 86_400
START_1900, START_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  a workbook knows no time zones
SHOWN = {"y": "%Y", "m": "%m", "d": "%d", "h": "%H", "i": "%M", "s": "%S"}


def moment_of(serial: Decimal, *, from_1904: bool = False) -> datetime | None:
    """The moment that a count of days means, to the second; None outside the years that a workbook knows."""
    if not 0 <= serial <= LAST_DAY:
        return None
    days = int(serial)
    seconds = round((serial - days) * DAY)
    start = START_1904 if from_1904 else START_1900
    if not from_1904 and 0 < days < FEBRUARY_1900:
        days += 1
    try:
        return start + timedelta(days=days, seconds=seconds)
    except OverflowError:
        return None


def shown_day(moment: datetime) -> str:
    """dd/mm/yyyy, with the time when there is one."""
    day = f"{moment:%d/%m/}{moment.year:04d}"
    return day if moment.time() == time() else f"{day} {moment:%H:%M}"


def shown_hours(serial: Decimal) -> str:
    """Elapsed hours and minutes: a day and a half is 36:00."""
    minutes = round(serial * 24 * 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def shown_moment(moment: datetime, section: Sequence[str]) -> str:
    """The moment under a date format: days and months in Vietnamese order, and no part that the format leaves out."""
    parts = _parts(section)
    asked = {part for part, _token in parts if part in SHOWN}
    if any(part == "word" and any(map(str.isalpha, token)) for part, token in parts):
        return "".join(_spelled(moment, part, token) for part, token in parts).strip()
    day = "/".join(_spelled(moment, part, "dd") for part in "dmy" if part in asked)
    clock = f"{moment:%H:%M}" + (f":{moment:%S}" if "s" in asked and moment.second else "")
    if not day:
        return clock
    return f"{day} {clock}" if "h" in asked and moment.time() != time() else day


def _parts(section: Sequence[str]) -> list[tuple[str, str]]:
    """The format as (letter, run) pairs; i stands for minutes, "word" for what is written as it is."""
    runs: list[tuple[str, str]] = []
    for token in section:
        letter = token.lower() if len(token) == 1 and token.lower() in SHOWN else ""
        if letter and runs and runs[-1][0] == letter:
            runs[-1] = (letter, runs[-1][1] + token)
        elif letter:
            runs.append((letter, token))
        elif not token.startswith(("[", "_", "*")) and token.upper() not in {"AM/PM", "A/P"}:
            runs.append(("word", token.strip('"').removeprefix("\\")))
    clock = [at for at, (part, _run) in enumerate(runs) if part in {"h", "m", "s", "d", "y"}]
    for before, at, after in zip([None, *clock], clock, [*clock[1:], None], strict=False):
        follows_hours = before is not None and runs[before][0] == "h"
        leads_seconds = after is not None and runs[after][0] == "s"
        if runs[at][0] == "m" and (follows_hours or leads_seconds):
            runs[at] = ("i", runs[at][1])
    return runs


def _spelled(moment: datetime, part: str, run: str) -> str:
    if part not in SHOWN:
        return run
    if part == "y":
        return f"{moment.year:04d}"
    text = moment.strftime(SHOWN[part])
    return text.lstrip("0") or "0" if len(run) == 1 else text


def shown_iso(written: str) -> str:
    """A day kept as ISO text, as dd/mm/yyyy; the text itself when it is none."""
    try:
        return shown_day(datetime.fromisoformat(written.strip()).replace(tzinfo=None))
    except ValueError:
        return written.strip()
