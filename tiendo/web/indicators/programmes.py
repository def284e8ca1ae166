"""Programmes side by side, one programme with its objectives and periods, and the acts on them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tiendo.accounts.permissions import require
from tiendo.accounts.queries import heads, with_posts
from tiendo.indicators.actions.programmes import (
    change_programme,
    create_programme,
    end_objective,
    end_programme,
    publish_measurement,
    put_in_force,
    set_objective,
)
from tiendo.indicators.flips import flips
from tiendo.indicators.models import Measurement, Objective, Passport, Programme
from tiendo.indicators.permissions import can_define_indicators, can_publish_measurement, can_put_programme_in_force
from tiendo.indicators.programmes import content_of, digest_of, lines_of, periods_of
from tiendo.indicators.publishing import Publication
from tiendo.indicators.spans import span_of
from tiendo.ui.saying import said
