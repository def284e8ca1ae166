"""The province as it was in February 2025: units of that day, and the people who act in the story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from tiendo.accounts.actions import MACHINE, create_user, give_post
from tiendo.accounts.models import Role, User
from tiendo.calendars.periods import VIETNAM
from tiendo.config.sample.world import QuickHasher
from tiendo.config.story_2025.script import ADMINISTRATOR, BEGINNING, COORDINATOR, LEADER, PASSWORD
from tiendo.config.units import built_in_units
from tiendo.orgs.actions import load_units
from tiendo.orgs.models import Unit

CAST = (
    (ADMINISTRATOR, "Đèo Văn Kiên", "so-kh-cn", Role.ADMINISTRATOR, "Quản trị hệ thống"),
    (COORDINATOR, "Tao Hồng Thảo", "so-kh-cn", Role.COORDINATOR, "Trưởng phòng Chuyển đổi số"),
    (LEADER, "Vàng Minh Quân", "ubnd-tinh", Role.DECISION_MAKER, "Phó Chủ tịch UBND tỉnh"),
)


@dataclass
class Cast:
    """Who coordinates, decides and keeps accounts; heads and officers are found by their unit."""

    administrator: User
    coordinator: User
    leader: User

    def head(self, unit: str) -> User:
        return User.objects.get(username=f"thu-truong.{unit}")

    def officer(self, unit: str) -> User:
        return User.objects.get(username=f"can-bo.{unit}")


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of that day in Viet Nam, in UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=VIETNAM).astimezone(UTC)


def units_then(data: dict[str, Any], on: date) -> dict[str, Any]:
    """The built-in list as it read on that day: later units, ends and successions were not known yet."""

    def began(row: dict[str, Any]) -> bool:
        return not row.get("valid_from") or date.fromisoformat(row["valid_from"]) <= on

    units = [{**row, "valid_to": None} for row in data["units"] if began(row)]
    groups = [{**row, "valid_to": None} for row in data["groups"] if began(row)]
    known = {row["code"] for row in units}
    for row in groups:
        if isinstance(row["members"], list):
            row["members"] = [code for code in row["members"] if code in known]
    return {"units": units, "groups": groups}


def settle() -> Cast:
    """Load the units of the first day and give the first people their posts."""
    at = moment(BEGINNING, 8)
    load_units(data=units_then(built_in_units(), BEGINNING), by=MACHINE, at=at)
    made: dict[str, User] = {}
    for username, full_name, unit, role, title in CAST:
        made[username] = _person(username, full_name, unit, role, title, by=made.get(ADMINISTRATOR), at=at)
    return Cast(made[ADMINISTRATOR], made[COORDINATOR], made[LEADER])


def staff(cast: Cast, units: Iterable[str], *, at: datetime) -> None:
    """Every one of the units that stands and has nobody yet gets a head and an officer."""
    names = dict(Unit.objects.standing().filter(code__in=units).values_list("code", "short_name"))
    known = set(User.objects.filter(username__startswith="can-bo.").values_list("username", flat=True))
    for code, name in names.items():
        if f"can-bo.{code}" in known:
            continue
        for kind, role, title in (("thu-truong", Role.HEAD, "Thủ trưởng"), ("can-bo", Role.OFFICER, "Cán bộ")):
            whole = f"{title} {name}"
            _person(f"{kind}.{code}", whole, code, role, title, by=cast.administrator, at=at)


def _person(username: str, full_name: str, unit: str, role: Role, title: str, *, by: User | None, at: datetime) -> User:
    account = {"username": username, "full_name": full_name, "password": PASSWORD}
    user = create_user(**account, email=f"{username}@tinh.example", by=by, at=at, hasher=QuickHasher())
    place = Unit.objects.get(code=unit)
    since = max(BEGINNING, place.valid_from or BEGINNING)
    give_post(user=user, unit=place, role=role, title=title, valid_from=since, by=by, at=at)
    return User.objects.get(pk=user.pk)
