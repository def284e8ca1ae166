"""Settings for a real start; everything a deployment changes comes from the environment.

TIENDO_HOME            data folder (database, stored files, key); default ./var
DATABASE_URL           PostgreSQL address; default is SQLite in the data folder
TIENDO_SECRET_KEY      signing key; default is one made once in the data folder
TIENDO_HOSTS           comma-separated host names; default is this machine only
TIENDO_HTTPS           1 behind HTTPS (secure cookies, HSTS); 0 is for this machine only
TIENDO_SITE_URL        address of this site as people open it, put into letters; default http://127.0.0.1:8000
TIENDO_EMAIL_URL       mail server, and other words on letters: see `tiendo/config/mail.py`; default writes files
"""

import os
import secrets
from decimal import Decimal
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from tiendo.config.mail import mail_settings


def _secret_key(home: Path) -> str:
    """The key from the environment, or one made once and kept in the data folder, readable by its owner alone."""
    if key := os.environ.get("TIENDO_SECRET_KEY"):
        return key
    file = home / "secret-key"
    if not file.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)  # accounts and drafts are nobody else's to read
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(64))
    return file.read_text()


TIENDO_HOME = Path(os.environ.get("TIENDO_HOME", "var")).resolve()
SECRET_KEY = _secret_key(TIENDO_HOME)
DEBUG = False
HTTPS = os.environ.get("TIENDO_HTTPS", "0") == "1"
ALLOWED_HOSTS = os.environ.get("TIENDO_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
ROOT_URLCONF = "tiendo.config.urls"
ASGI_APPLICATION = "tiendo.config.asgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "tiendo.ui",
    "tiendo.audit",
    "tiendo.orgs",
    "tiendo.accounts",
    "tiendo.notices",
    "tiendo.plans",
    "tiendo.indicators",
    "tiendo.budget",
    "tiendo.intake",
    "tiendo.reporting",
    "tiendo.oversight",
    "tiendo.evaluation",
    "tiendo.warehouse",
    "tiendo.publication",
    "tiendo.web",
    "tiendo.portal",
    "tiendo.api",
    "tiendo.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tiendo.ui.paths.CleanPathMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tiendo.ui.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "tiendo.web.once.ReadOnceMiddleware",
    "tiendo.web.performers.PerformersMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tiendo.ui.context.site",
                "tiendo.web.context.reader",
            ],
            "builtins": ["tiendo.ui.templatetags.ui"],
        },
    },
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": {**dj_database_url.config(default=f"sqlite:///{TIENDO_HOME / 'tiendo.sqlite3'}", conn_max_age=0)}
}
# Requests work in a bounded number of kept threads (config.handler), so connections are kept with them.
DATABASES["default"]["CONN_MAX_AGE"] = 60
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE and a wait instead of "database is locked"; measured with two workers writing at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a restarted server costs one reconnection, not an error

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "reporting:my-work"
LOGOUT_REDIRECT_URL = "portal:home"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "web/accounts/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or somebody who keeps trying could lock a person out for good

# Vietnamese is the source language: message ids are Vietnamese, the English catalogue is complete.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = TIENDO_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = TIENDO_HOME / "files"
# Public answers of a release, a few kilobytes each: room for every task's page of a large province.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

globals().update(mail_settings(os.environ, illustrative=(TIENDO_HOME / "illustrative").exists()))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
if HTTPS:
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# A page that fails tells the reader it was written down: its traceback goes where the server's words go.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO"}},
}

# What a province may set (domain terms in docs/reference/glossary.md).
TIENDO_DUE_SOON_DAYS = 7  # "sắp đến hạn"
TIENDO_STRAIGHT_PATH = False  # True measures the distance to target from the line drawn between milestones (R066)
TIENDO_LEAST_COUNT = 5  # a smaller count of people in one unit is not published (R088)
TIENDO_STALE_DAYS = 90  # a task with no accepted word for this long is stale (R029)
# Whoever holds a report is reminded so many working days before its last good day, on it (0) and after (-1) (R016).
TIENDO_REMIND_DAYS = (7, 2, 0, -1, -3)
TIENDO_TASK_LATE_DAYS = 1  # days after its deadline on which the clock asks the lead of a task about it (R019)
TIENDO_DESK_DAYS = 2  # working days on one desk after which its holder is asked (R017); officers have their deadline
TIENDO_ESCALATE_DAYS = 4  # working days on one desk after which the holder's superior is told
TIENDO_STOP_DAYS = 10  # working days for which a reply clock is stopped where nobody says otherwise (R021)
TIENDO_STOP_MOST_DAYS = 30  # working days beyond which it is not stopped at once
TIENDO_CONFIRM_DAYS = 3  # working days after which who asked is reminded to confirm what was reported as done (R039)
TIENDO_CONFIRM_ESCALATE_DAYS = 6  # working days after which those above them are told
TIENDO_OBSTACLES_READER = "tiendo.oversight.reported.obstacle_lines"  # who keeps the register that reports tell of
TIENDO_DIGEST_HOUR = 7  # from this hour of a working day on, what waits for the morning's letter is sent
TIENDO_NATIONAL_LIMITS = {"title": 500, "result": 2000, "documents": 500}  # letters the national system's fields take
TIENDO_SITE_URL = os.environ.get("TIENDO_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
TIENDO_FLAG_JUMP = Decimal(50)  # points by which a percentage rises before a reviewer is told to look twice
TIENDO_FLAG_ALIKE = 90  # percent of likeness from which two texts count as one copied from the other
TIENDO_PART_DAYS = 3  # working days a coordinating agency has to confirm its part; then silence is recorded
TIENDO_MAX_EXTENSIONS = 1  # granted extensions of one task's deadline
TIENDO_PERIOD_CUT_DAY = 14  # the last day of data of a month, quarter, half-year…; 31 is the end of each month
TIENDO_PERIOD_SEND_DAYS = 3  # working days from there to the last good day of the report
TIENDO_BEFORE_INCLUSIVE = False  # True reads "trước ngày 15/6" as "by 15 June" (R016)
TIENDO_MAX_UPLOAD_BYTES = 20 * 1024 * 1024
TIENDO_PLACE = os.environ.get("TIENDO_PLACE", "Lai Châu")  # printed before the date of an official paper
TIENDO_COPY_MEMORY, TIENDO_COPY_THREADS, TIENDO_COPY_SPILL = "2GB", 2, "50GB"  # what the analytical copy may take
TIENDO_ILLUSTRATIVE = False  # True marks every page and paper as made of invented data
