"""Where letters go while no mail server is set: files in the data folder, which any mail program opens."""

import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes `TIENDO_HOME/outbox/<name of the letter>.eml`; the same letter again replaces its file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = outbox()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for letter in email_messages:
            message = letter.message()
            name = re.sub(r"[^A-Za-z0-9.-]", "", str(message["Message-ID"]).split("@", 1)[0])
            (folder / f"{name}.eml").write_bytes(message.as_bytes())
        return len(email_messages)


def outbox() -> Path:
    return Path(settings.TIENDO_HOME) / "outbox"
