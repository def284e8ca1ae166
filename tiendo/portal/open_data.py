"""Open data: the page that lists the files, and the files themselves at addresses that stay."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from tiendo.plans.storage import read_file
from tiendo.portal.dictionary import TABLES
from tiendo.portal.downloads import dictionary, dictionary_csv, dictionary_json, table_csv, table_json
from tiendo.portal.released import page, released
from tiendo.publication.models import Release
from tiendo.publication.sealing import LICENCE, LICENCE_ADDRESS

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
SEALED = "dot-cong-bo.json"


def sealed_file(release: Release) -> bytes:
    """Byte for byte what was sealed."""
    assert release.file is not None
    return read_file(release.file)


def _tables() -> dict[str, Callable[[Release], bytes]]:
    files: dict[str, Callable[[Release], bytes]] = {}
    for name in TABLES:
        files[f"{name}.csv"] = lambda release, name=name: table_csv(release, name)  # type: ignore[misc]
        files[f"{name}.json"] = lambda release, name=name: table_json(release, name)  # type: ignore[misc]
    return files


FILES: dict[str, Callable[[Release], bytes]] = {
    **_tables(),
    SEALED: sealed_file,
    "tu-dien.csv": lambda release: dictionary_csv(),
    "tu-dien.json": lambda release: dictionary_json(),
}


@released
def data(request: HttpRequest, release: Release) -> HttpResponse:
    """What may be downloaded, under which licence, and what each column means."""
    context = {
        "release": release,
        "tables": [(name, title) for name, (title, _) in TABLES.items()],
        "dictionary": dictionary(),
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
    }
    return page(request, "data", context)


@released
def file(request: HttpRequest, release: Release, name: str) -> HttpResponse:
    """One file of the release shown now, or of an older one by its number."""
    if name not in FILES:
        raise Http404
    stem, _, extension = name.rpartition(".")
    headers = {"Content-Disposition": f'attachment; filename="{stem}-dot-{release.number}.{extension}"'}
    return HttpResponse(FILES[name](release), content_type=TYPES[extension], headers=headers)
