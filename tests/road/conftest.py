"""The road begins in a province with its own units and people, and nothing else."""

from tests.intake.conftest import units  # noqa: F401
