"""Addresses under kiem-tra/."""

from tiendo.web.oversight.paths import Paths

urlpatterns: Paths = []
