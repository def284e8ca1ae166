"""What a higher room wants said, and to whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from tiendo.accounts.models import User
from tiendo.notices.kinds import Kind


@dataclass(frozen=True)
class Letter:
    """One message to several people. `key` says what makes it the same message: no person gets it twice.

    `url` is a path of this site, `about` a text such as "reporting.duty:12".
    """

    kind: Kind | str
    to: Iterable[User]
    sentence: str
    url: str
    about: str
    key: str
    body: str = ""
