"""The sample's people and units once they exist, and the agenda that runs its acts in the order of their moments."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import count

from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher

from tiendo.accounts.actions import create_user, give_post
from tiendo.accounts.models import Role, User
from tiendo.config.sample.story import ADMINISTRATOR, COORDINATOR, LEADER, PASSWORD, SET_UP_ON, Person, people
from tiendo.orgs.models import Unit

Act = Callable[[datetime], None]


class QuickHasher(Argon2PasswordHasher):
    """The sample's password is printed for everybody; hashing it dearly ninety times would only cost patience.

    Django hashes it anew at full cost when its owner first signs in.
    """

    time_cost, memory_cost, parallelism = 1, 1024, 1


@dataclass
class Agenda:
    """Acts to come. An act may put further ones on the agenda, at its own moment or after it."""

    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)

    def add(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._acts, (at, next(self._order), act))

    def run(self) -> None:
        while self._acts:
            at, _, act = heapq.heappop(self._acts)
            act(at)


@dataclass
class World:
    """Accounts by user name; each is loaded once, so that its posts are read once."""

    users: dict[str, User]
    people: list[Person]

    @cached_property
    def units(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in Unit.objects.all()}

    @property
    def coordinator(self) -> User:
        return self.users[COORDINATOR]

    @property
    def leader(self) -> User:
        return self.users[LEADER]

    def has_head(self, unit: str) -> bool:
        return any(person.unit == unit and person.role == Role.HEAD for person in self.people)

    def head(self, unit: str) -> User:
        """Whoever signs for the unit."""
        return self._holder(unit, Role.HEAD)

    def officer(self, unit: str) -> User:
        """Whoever writes for the unit; in the smallest units that is the head."""
        return self._holder(unit, Role.OFFICER, Role.HEAD)

    def _holder(self, unit: str, *roles: str) -> User:
        found = {person.role: person.username for person in self.people if person.unit == unit}
        return self.users[next(found[role] for role in roles if role in found)]


def settle(*, at: datetime) -> World:
    """Give everybody of the sample an account and a post; the administrator comes first and lets the others in."""
    persons = people()
    hasher = QuickHasher() if get_hasher().algorithm == QuickHasher.algorithm else get_hasher()
    units = {unit.code: unit for unit in Unit.objects.all()}
    users: dict[str, User] = {}
    for person in persons:
        by = users.get(ADMINISTRATOR)
        user = create_user(
            username=person.username,
            full_name=person.full_name,
            email=f"{person.username}@tinh.example",
            password=PASSWORD,
            by=by,
            at=at,
            hasher=hasher,
        )
        give_post(
            user=user,
            unit=units[person.unit],
            role=person.role,
            title=person.title,
            valid_from=SET_UP_ON,
            by=by,
            at=at,
        )
        users[person.username] = User.objects.get(pk=user.pk)
    return World(users, persons)
