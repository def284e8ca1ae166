"""Everything that changes messages and what becomes of them: one function per act."""

from tiendo.notices.actions.delivering import deliver, gather_digests, try_again
from tiendo.notices.actions.endpoints import (
    add_endpoint,
    change_endpoint,
    renew_secret,
    switch_endpoint,
    try_endpoint,
)
from tiendo.notices.actions.feeds import end_feed, open_feed
from tiendo.notices.actions.reading import choose_ways, read_all_notices, read_notice
from tiendo.notices.actions.telling import notify, notify_all

__all__ = [
    "add_endpoint",
    "change_endpoint",
    "choose_ways",
    "deliver",
    "end_feed",
    "gather_digests",
    "notify",
    "notify_all",
    "open_feed",
    "read_all_notices",
    "read_notice",
    "renew_secret",
    "switch_endpoint",
    "try_again",
    "try_endpoint",
]
