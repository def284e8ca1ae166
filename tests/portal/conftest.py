from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.factories import World
from tests.publication.release import Story, tell


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Answers kept in memory by one test must not answer in another."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def story(world: World) -> Story:
    return tell(world)
