"""The administrator keeps the addresses of other programs that hear of what happens."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tiendo.accounts.models import User
from tiendo.accounts.permissions import no, require
from tiendo.audit.record import record
from tiendo.notices.kinds import TEST, Kind
from tiendo.notices.models import Delivery, Endpoint
from tiendo.notices.permissions import can_keep_endpoints
from tiendo.notices.webhooks import may_be_sent_to


@transaction.atomic
def add_endpoint(*, name: str, url: str, kinds: Iterable[Kind], by: User, at: datetime) -> Endpoint:
    """Another program hears from now on of these kinds, of all with none given. `webhooks.secret_of` is shown once.

    Raises ValidationError for an address that is not https, is not an address, or is kept already.
    """
    require(can_keep_endpoints(by))
    endpoint = Endpoint(name=name, url=url, salt=_new_salt(), kinds=_codes(kinds), created_by=by, created_at=at)
    _check(endpoint)
    endpoint.save()
    _write_down("add", endpoint, by, at, name=name, url=url, kinds=endpoint.kinds)
    return endpoint


@transaction.atomic
def change_endpoint(
    *, endpoint: Endpoint, name: str, url: str, kinds: Iterable[Kind], by: User, at: datetime
) -> Endpoint:
    """Another name, address or choice of kinds; the secret stays. Raises as `add_endpoint`."""
    require(can_keep_endpoints(by))
    endpoint = _locked(endpoint)
    endpoint.name, endpoint.url, endpoint.kinds = name, url, _codes(kinds)
    _check(endpoint)
    endpoint.save(update_fields=["name", "url", "kinds"])
    _write_down("change", endpoint, by, at, name=name, url=url, kinds=endpoint.kinds)
    return endpoint


@transaction.atomic
def renew_secret(*, endpoint: Endpoint, by: User, at: datetime) -> Endpoint:
    """A new secret, when the old one was lost or came into wrong hands; the old one is void at once."""
    require(can_keep_endpoints(by))
    endpoint = _locked(endpoint)
    endpoint.salt = _new_salt()
    endpoint.save(update_fields=["salt"])
    _write_down("renew", endpoint, by, at)
    return endpoint


@transaction.atomic
def switch_endpoint(*, endpoint: Endpoint, is_active: bool, by: User, at: datetime) -> Endpoint:
    """Nothing more is sent there, or again from now on. Raises ValidationError when the address is kept twice."""
    require(can_keep_endpoints(by))
    endpoint = _locked(endpoint)
    if endpoint.is_active != is_active:
        endpoint.is_active = is_active
        _check(endpoint)
        endpoint.save(update_fields=["is_active"])
        _write_down("switch_on" if is_active else "switch_off", endpoint, by, at)
    return endpoint


@transaction.atomic
def try_endpoint(*, endpoint: Endpoint, by: User, at: datetime) -> Delivery:
    """An event that says nothing happened, to see whether events arrive; tried once. `deliver` carries it."""
    require(can_keep_endpoints(by))
    if not endpoint.is_active:
        require(no(_("Địa chỉ nhận này đã ngừng dùng.")))
    payload = {"type": TEST, "timestamp": at.isoformat(), "data": {}}
    test = Delivery.objects.create(
        form=Delivery.Form.EVENT,
        endpoint=endpoint,
        event=secrets.token_hex(20),
        payload=payload,
        due_at=at,
        created_at=at,
    )
    _write_down("test", endpoint, by, at)
    return test


def _new_salt() -> str:
    return secrets.token_hex(16)


def _codes(kinds: Iterable[Kind]) -> list[str]:
    return sorted(Kind(kind).value for kind in kinds)


def _check(endpoint: Endpoint) -> None:
    if not may_be_sent_to(endpoint.url):
        raise ValidationError({"url": _("Địa chỉ nhận phải bắt đầu bằng https://.")})
    endpoint.full_clean(exclude=["kinds"])  # none chosen means all


def _locked(endpoint: Endpoint) -> Endpoint:
    return Endpoint.objects.select_for_update(of=("self",)).get(pk=endpoint.pk)


def _write_down(verb: str, endpoint: Endpoint, by: User, at: datetime, **detail: object) -> None:
    subject = f"notices.endpoint:{endpoint.pk}"
    record(act=f"notices.endpoint.{verb}", subject=subject, actor=by.username, at=at, **detail)
