"""The only door through which stored values reach a release: it lets public fields through and nothing else (R048)."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model, QuerySet

from tiendo.publication.classes import DataClass, class_of


class NotPublic(Exception):
    """A field that may not be published was asked for."""


def public_rows(rows: QuerySet[Any], *paths: str) -> list[Mapping[str, Any]]:
    """The named fields of each row ("unit__code" follows a key). Raises NotPublic unless each step is public."""
    for path in paths:
        require_public(rows.model, path)
    return list(rows.values(*paths))


def require_public(model: type[Model], path: str) -> None:
    """Raises NotPublic for a path over a field of another class, a reverse relation, or nothing at all."""
    here: type[Model] | None = model
    for step in path.split("__"):
        if here is None:
            raise NotPublic(f"{path} does not lead to a field")
        field = _field(here, step, path)
        if class_of(here._meta.label, field.name) is not DataClass.PUBLIC:
            raise NotPublic(f"{here._meta.label}.{field.name} may not be published")
        related = field.related_model
        here = related if isinstance(related, type) else None


def _field(model: type[Model], step: str, path: str) -> "Field[Any, Any]":
    try:
        field = model._meta.get_field(step)
    except FieldDoesNotExist as error:
        raise NotPublic(f"{path} does not lead to a field") from error
    if not isinstance(field, Field):
        raise NotPublic(f"{path} goes backwards over a relation")
    return field
