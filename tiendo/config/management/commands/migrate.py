"""Django's `migrate`, a quarter faster on an empty database: rubbish is collected less often while it works."""

import gc
from typing import Any

from django.core.management.commands import migrate

# Each step makes the models of the whole house anew. By default Python looks through all of them again and again for
# what may be thrown away; this many new objects between two looks cost about a hundred megabytes and save the rest.
NEW_OBJECTS, LOOKS = 10_000, 20


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        usual = gc.get_threshold()
        gc.set_threshold(NEW_OBJECTS, LOOKS, LOOKS)
        try:
            super().handle(*args, **options)
        finally:
            gc.set_threshold(*usual)
