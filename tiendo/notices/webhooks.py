"""An event on its way to another program: signed, sent once, no redirect followed."""

import ipaddress
import json
from datetime import datetime
from gettext import gettext as _
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.utils.crypto import salted_hmac

from tiendo.notices.models import Delivery, Endpoint
from tiendo.notices.signatures import secret_text, signed_headers

WAIT = 10.0  # seconds for the other side to answer
GONE = 410


class NotTaken(Exception):
    """The other program did not take the event; the words say why. `for_good` when trying again is of no use."""

    def __init__(self, words: str, *, for_good: bool = False) -> None:
        super().__init__(words)
        self.for_good = for_good


class _NoRedirect(HTTPRedirectHandler):
    """Signed events go where the administrator said, and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def secret_of(endpoint: Endpoint) -> str:
    """The secret to hand over to whoever keeps the other program."""
    return secret_text(_key(endpoint))


def may_be_sent_to(url: str) -> bool:
    """Only over https, except to this machine itself."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname)))


def send_event(delivery: Delivery, endpoint: Endpoint, *, at: datetime) -> None:
    """One attempt. Raises NotTaken unless the other side answers with a 2xx."""
    if not may_be_sent_to(endpoint.url):
        raise NotTaken(_("Địa chỉ nhận phải bắt đầu bằng https://."), for_good=True)
    body = json.dumps(delivery.payload, ensure_ascii=False, separators=(",", ":")).encode()
    signed = signed_headers(_key(endpoint), name=f"msg_{delivery.event}", moment=int(at.timestamp()), body=body)
    headers = {**signed, "Content-Type": "application/json", "User-Agent": "tiendo-webhook"}
    request = Request(endpoint.url, data=body, headers=headers, method="POST")  # noqa: S310 – checked above
    try:
        with build_opener(_NoRedirect).open(request, timeout=WAIT):
            return
    except HTTPError as answer:
        answer.close()
        raise _refusal(answer.code) from answer
    except TimeoutError as silence:
        raise NotTaken(_("Hệ thống nhận không trả lời kịp.")) from silence
    except (OSError, HTTPException) as trouble:
        raise NotTaken(_("Không kết nối được tới hệ thống nhận.")) from trouble


def _refusal(code: int) -> NotTaken:
    if code == GONE:
        return NotTaken(_("Hệ thống nhận cho biết địa chỉ này không còn dùng."), for_good=True)
    if 300 <= code < 400:
        return NotTaken(_("Hệ thống nhận chuyển sang địa chỉ khác; hãy sửa địa chỉ nhận cho đúng."))
    return NotTaken(_("Hệ thống nhận từ chối (mã {code}).").format(code=code))


def _key(endpoint: Endpoint) -> bytes:
    return salted_hmac("tiendo.notices.endpoint", endpoint.salt, algorithm="sha256").digest()


def _is_here(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
