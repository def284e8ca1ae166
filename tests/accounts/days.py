"""What a person's posts open on another day: the clock is moved, the rows are read anew."""

from datetime import UTC, date, datetime, time

import time_machine

from tiendo.accounts.models import Access, User


def access_on(person: User, day: date) -> Access:
    """The access of the account, as it stands in the database, at noon of that day."""
    with time_machine.travel(datetime.combine(day, time(5), UTC), tick=False):
        return User.objects.get(pk=person.pk).access
