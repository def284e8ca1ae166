"""Everything that changes messages and what becomes of them: one function per act."""

from tiendo.notices.actions.telling import notify, notify_all

__all__ = ["notify", "notify_all"]
