"""The ASGI application: pages, API and the open event streams in one process."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiendo.config.settings")
application = get_asgi_application()
