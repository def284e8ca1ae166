"""Fixtures of the domain rooms that the pages are tried with."""

from tests.intake.conftest import accept, read, real_import, sample_plan, units  # noqa: F401
