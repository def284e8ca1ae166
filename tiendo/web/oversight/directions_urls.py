"""Addresses under chi-dao/."""

from tiendo.web.oversight.paths import Paths

urlpatterns: Paths = []
