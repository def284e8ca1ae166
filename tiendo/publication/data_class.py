"""What a stored field is to the public. Pure."""

from enum import StrEnum


class DataClass(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    BUSINESS_SECRET = "business_secret"  # noqa: S105 (a class of data, no password)
