"""Settings for the tests: a throw-away data folder, plain static files, a fast password hash."""

import tempfile
from pathlib import Path

from tiendo.config.settings import *

SECRET_KEY = "only-for-tests"
TIENDO_HOME = Path(tempfile.mkdtemp(prefix="tiendo-test-"))
MEDIA_ROOT = TIENDO_HOME / "files"
STATIC_ROOT = TIENDO_HOME / "static"
STATIC_ROOT.mkdir()  # WhiteNoise warns of a missing folder, and a warning is an error here
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
AXES_ENABLED = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
TIENDO_LOG_MAY_BE_EMPTIED = True  # tests on a real database end with a flush, which empties the log too
