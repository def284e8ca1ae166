import pytest

from tests.factories import World
from tests.publication.release import Story, tell


@pytest.fixture
def story(world: World) -> Story:
    return tell(world)
