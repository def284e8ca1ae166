"""Addresses under vuong-mac/."""

from tiendo.web.oversight.paths import Paths

urlpatterns: Paths = []
