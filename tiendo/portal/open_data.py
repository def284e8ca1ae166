"""Open data: the page that lists the files, and the files themselves at addresses that stay."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from tiendo.plans.storage import read_file
from tiendo.portal.dictionary import TABLES
from tiendo.portal.downloads import dictionary, dictionary_csv, dictionary_json, table_csv, table_json
from tiendo.portal.released import page, released_now
from tiendo.publication.models import Release
from tiendo.publication.sealing import LICENCE, LICENCE_ADDRESS

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
SEALED = "dot-cong-bo.json"


def sealed_file(releases: list[Release]) -> bytes:
    """Byte for byte what was sealed, of the first release: each release is sealed by itself."""
    release = releases[0]
    assert release.file is not None
    return read_file(release.file)


def _tables() -> dict[str, Callable[[list[Release]], bytes]]:
    files: dict[str, Callable[[list[Release]], bytes]] = {}
    for name in TABLES:
        files[f"{name}.csv"] = lambda releases, name=name: table_csv(releases, name)  # type: ignore[misc]
        files[f"{name}.json"] = lambda releases, name=name: table_json(releases, name)  # type: ignore[misc]
    return files


FILES: dict[str, Callable[[list[Release]], bytes]] = {
    **_tables(),
    SEALED: sealed_file,
    "tu-dien.csv": lambda releases: dictionary_csv(),
    "tu-dien.json": lambda releases: dictionary_json(),
}


@released_now
def data(request: HttpRequest, releases: list[Release]) -> HttpResponse:
    """What may be downloaded, under which licence, and what each column means."""
    context = {
        "release": releases[0],
        "plans": releases if len(releases) > 1 else [],
        "tables": [(name, title) for name, (title, _) in TABLES.items()],
        "dictionary": dictionary(),
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
    }
    return page(request, "data", context)


@released_now
def file(request: HttpRequest, releases: list[Release], name: str) -> HttpResponse:
    """One file of what is public now, or of an older release by its number; named by the releases it holds."""
    if name not in FILES:
        raise Http404
    stem, _, extension = name.rpartition(".")
    held = releases[:1] if name == SEALED else releases
    numbers = "-".join(str(release.number) for release in held)
    headers = {"Content-Disposition": f'attachment; filename="{stem}-dot-{numbers}.{extension}"'}
    return HttpResponse(FILES[name](held), content_type=TYPES[extension], headers=headers)
