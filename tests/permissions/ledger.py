"""A value that waits, a row put aside, a source and a key: what the acts on values are asked for with."""

from typing import Any

from tests.factories import NOON, World
from tiendo.accounts.actions import issue_api_key
from tiendo.accounts.models import ApiKey


def set_ledger(world: World) -> None:
    """An's program has a key."""
    issue_api_key(user=world.an, name="Phần mềm của Sở", by=world.administrator, at=NOON)


def ledger_places() -> dict[str, tuple[Any, ...]]:
    """The addresses of these acts."""
    return {"accounts:api-key-end": (ApiKey.objects.get().pk,), "api:value-batch": (1,)}


def typed_in_ledger() -> dict[str, dict[str, Any]]:
    """What is typed in their forms."""
    return {"accounts:api-key-list": {"user": "an", "name": "Cổng dịch vụ công"}}
