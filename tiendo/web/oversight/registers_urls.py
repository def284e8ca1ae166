"""Addresses under so-theo-doi/."""

from tiendo.web.oversight.paths import Paths

urlpatterns: Paths = []
