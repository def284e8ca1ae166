"""Signatures of events by Standard Webhooks: HMAC-SHA256 over the event's name, its time and its body. Pure."""

import base64
import hmac
from hashlib import sha256

PREFIX = "whsec_"


def secret_text(key: bytes) -> str:
    """A key as it is handed over to whoever receives the events."""
    return PREFIX + base64.b64encode(key).decode()


def signed_headers(key: bytes, *, name: str, moment: int, body: bytes) -> dict[str, str]:
    """The three headers of one attempt; `moment` is its time in seconds since 1970."""
    signed = b".".join([name.encode(), str(moment).encode(), body])
    mark = base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
    return {"webhook-id": name, "webhook-timestamp": str(moment), "webhook-signature": f"v1,{mark}"}
