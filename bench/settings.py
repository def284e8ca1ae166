"""The settings of a real start with one address more: the empty view that everything is compared with."""

from tiendo.config.settings import *

ROOT_URLCONF = "bench.urls"
