"""What a request that brings values must be before it is read: signed with a key, small, JSON without floats."""

import json
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.parser import Parser
from ninja.security import HttpBearer

from tiendo.accounts.models import ApiKey

MOST_BYTES = 2 * 1024 * 1024
LARGEST_NUMBER = 60  # characters of one number
LARGEST_POWER = 40


class ByKey(HttpBearer):
    """`Authorization: Bearer <key>` and nothing else: a session cookie opens nothing here, so no form can be forged."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        key = ApiKey.objects.all().known_by(token)
        if key is not None:
            ApiKey.objects.filter(pk=key.pk).note_use(timezone.localdate())
        return key


class ExactParser(Parser):
    """JSON whose numbers are Decimals, to the last digit they were written with; never more than `MOST_BYTES`."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = request.read(MOST_BYTES + 1)  # a length that the sender states is not to be trusted
        if len(body) > MOST_BYTES:
            raise HttpError(413, f"Nội dung lớn hơn {MOST_BYTES // 1024 // 1024} MB; hãy chia thành nhiều lần gửi.")
        try:
            return json.loads(body, parse_float=_number, parse_int=_number, parse_constant=_refused)
        except (ValueError, RecursionError) as error:
            raise HttpError(422, "Nội dung không phải JSON đúng dạng.") from error


def _number(text: str) -> Decimal:
    number = Decimal(text) if len(text) <= LARGEST_NUMBER else None
    if number is None or not -LARGEST_POWER <= number.adjusted() <= LARGEST_POWER:
        raise ValueError("a number nobody measures")  # written out it could fill the memory
    return number


def _refused(name: str) -> Any:
    raise ValueError(f"{name} is no number")
