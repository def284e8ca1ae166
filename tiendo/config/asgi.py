"""The ASGI application: pages, API and the open event streams in one process."""

import os
import threading
import warnings

import django

from tiendo.calendars.working_days import load_calendar
from tiendo.config.handler import PooledHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiendo.config.settings")
# WhiteNoise hands out files as plain iterators; Django reads them whole, which is right for files this small.
warnings.filterwarnings("ignore", "StreamingHttpResponse must consume synchronous iterators")

django.setup(set_prefix=False)
application = PooledHandler()
# Meanwhile, so that neither the start nor the first person to see a page waits for it.
threading.Thread(target=load_calendar, name="calendar", daemon=True).start()
