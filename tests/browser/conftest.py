"""For each worker one sample and one Chromium; for each module a served copy of the sample."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.house import prepare, serving_copy
from tests.browser.visitor import PATIENCE, start_chromium


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample province, read by copies only."""
    return prepare(tmp_path_factory.mktemp("sample") / "home")


@pytest.fixture(scope="module")
def address(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a copy of the sample is served for this module."""
    with serving_copy(sample, tmp_path_factory.mktemp("served") / "home") as here:
        yield here


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Closed with the package: its event loop must not run in a test that uses the database."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = start_chromium(playwright)
        yield browser
        browser.close()
    expect.set_options(timeout=5_000)
