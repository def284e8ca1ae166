"""What every page says about the site itself."""

from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest


class Site(TypedDict):
    """The product's name, the place it serves, whether its data are invented, its version."""

    name: str
    place: str
    illustrative: bool
    version: str


def site(request: HttpRequest) -> dict[str, Site]:
    """Context processor: `site` on every page."""
    return {"site": site_facts()}


def site_facts() -> Site:
    """What is true of this installation now."""
    return {
        "name": "Tiến Độ",
        "place": getattr(settings, "TIENDO_PLACE", "Lai Châu"),
        "illustrative": is_illustrative(),
        "version": installed_version(),
    }


def is_illustrative() -> bool:
    """True when the data are invented: loading the sample leaves the file `illustrative` in the data folder.

    Asked of the disk each time (microseconds), so that a running server shows the ribbon at once.
    """
    return (
        bool(getattr(settings, "TIENDO_ILLUSTRATIVE", False)) or (Path(settings.TIENDO_HOME) / "illustrative").exists()
    )


@cache
def installed_version() -> str:
    """The version of the installed package; empty when it runs from a bare folder."""
    try:
        return metadata.version("tiendo")
    except metadata.PackageNotFoundError:
        return ""
