"""The stage is set once for the whole matrix; each request then happens inside a savepoint that is rolled back."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.permissions.asking import Matrix


@pytest.fixture(scope="module")
def matrix(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Matrix]:
    """The stage with everybody signed in; nothing of it outlives the module."""
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        yield Matrix()
        transaction.set_rollback(True)
    cache.clear()
