"""Addresses under giam-sat/."""

from tiendo.web.oversight.paths import Paths

urlpatterns: Paths = []
