"""How letters leave this installation, read from the environment. Pure: no Django.

TIENDO_EMAIL_URL       smtp://, smtp+tls:// (STARTTLS) or smtps:// (TLS from the start), with name:password@host:port;
                       name and password are percent-encoded, as in every address
or one by one          TIENDO_EMAIL_HOST, _PORT, _USER, _PASSWORD, _TLS (none, starttls or tls)
TIENDO_EMAIL_FROM      the sender's address

With neither, and always where the data are invented, letters become files in the data folder.
"""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FILES = "tiendo.notices.outbox.EmailBackend"
SCHEMES = {"smtp": "none", "smtp+tls": "starttls", "smtps": "tls"}
PORTS = {"none": 25, "starttls": 587, "tls": 465}


def mail_settings(env: Mapping[str, str], *, illustrative: bool = False) -> dict[str, object]:
    """The mail settings of Django. Raises ValueError for an address or a word that is not known."""
    sender = {"DEFAULT_FROM_EMAIL": env.get("TIENDO_EMAIL_FROM", "Tiến Độ <tiendo@localhost>"), "EMAIL_TIMEOUT": 20}
    if illustrative:
        return sender | {"EMAIL_BACKEND": FILES}
    if url := env.get("TIENDO_EMAIL_URL"):
        return sender | _of_url(url)
    if host := env.get("TIENDO_EMAIL_HOST"):
        user, password = env.get("TIENDO_EMAIL_USER", ""), env.get("TIENDO_EMAIL_PASSWORD", "")
        return sender | _smtp(
            host, env.get("TIENDO_EMAIL_PORT"), user, password, env.get("TIENDO_EMAIL_TLS", "starttls")
        )
    return sender | {"EMAIL_BACKEND": FILES}


def _of_url(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ValueError("TIENDO_EMAIL_URL reads smtp://, smtp+tls:// or smtps://, then name:password@host:port")
    name, password = unquote(parts.username or ""), unquote(parts.password or "")
    return _smtp(parts.hostname, parts.port, name, password, SCHEMES[parts.scheme])


def _smtp(host: str, port: str | int | None, user: str, password: str, tls: str) -> dict[str, object]:
    if tls not in PORTS:
        raise ValueError(f"TIENDO_EMAIL_TLS is none, starttls or tls, not {tls!r}")
    return {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": host,
        "EMAIL_PORT": int(port or PORTS[tls]),
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": password,
        "EMAIL_USE_TLS": tls == "starttls",
        "EMAIL_USE_SSL": tls == "tls",
    }
