"""Run as a program: fill an empty home with units that owe reports, and print who is signed in, as JSON.

TIENDO_HOME, DATABASE_URL and TIENDO_SECRET_KEY come from the environment, as for the server that is killed afterwards.
"""

import json
import os
import sys

import django

UNITS, TASKS = 40, 9


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tiendo.config.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        json.dump(_fill(), sys.stdout)


def _fill() -> list[dict[str, object]]:
    from tests.factories import make_duty, make_period, make_plan, make_task, make_unit, make_user, make_world
    from tiendo.accounts.models import Role

    world = make_world()
    plan = make_plan(world.province)
    period = make_period(plan)
    units = []
    for number in range(UNITS):
        unit = make_unit(f"don-vi-{number}")
        officer = make_user(f"can-bo-{number}", unit, Role.OFFICER)
        head = make_user(f"thu-truong-{number}", unit, Role.HEAD)
        codes = [make_task(plan, by=world.chi, lead=unit).code for _ in range(TASKS)]
        duty = make_duty(period, unit)
        units.append({"duty": duty.pk, "codes": codes, "officer": _session(officer), "head": _session(head)})
    return units


def _session(user: object) -> str:
    from django.test import Client

    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    main()
