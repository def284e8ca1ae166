"""Addresses under sua-doi/."""

from tiendo.web.oversight.paths import Paths

urlpatterns: Paths = []
