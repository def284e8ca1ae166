"""One namespace; each subject keeps its own list of addresses."""

from tiendo.web.oversight import (
    amendments_urls,
    difficulties_urls,
    directions_urls,
    inspections_urls,
    registers_urls,
    supervision_urls,
)
from tiendo.web.oversight.paths import Paths

app_name = "oversight"
urlpatterns: Paths = [
    *amendments_urls.urlpatterns,
    *difficulties_urls.urlpatterns,
    *directions_urls.urlpatterns,
    *inspections_urls.urlpatterns,
    *registers_urls.urlpatterns,
    *supervision_urls.urlpatterns,
]
