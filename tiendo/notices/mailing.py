"""Letters by e-mail: what they say, and why one was not taken."""

import smtplib
import ssl
from collections.abc import Iterable, Sequence
from gettext import gettext as _
from itertools import groupby
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation

from tiendo.accounts.models import User
from tiendo.notices.models import Delivery, Notice
from tiendo.notices.webhooks import NotTaken

REJECTED = range(500, 600)  # answers of a mail server that will not change by asking again


def send_letter(delivery: Delivery, user: User, notices: Sequence[Notice]) -> None:
    """One attempt. Raises NotTaken with the reason in words."""
    letter = letter_of(delivery, user, notices)
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _words in refusal.recipients.values()]
        words = _("Máy chủ thư không nhận địa chỉ {email} (mã {code}).").format(email=user.email, code=codes[0])
        raise NotTaken(words, for_good=codes[0] in REJECTED) from refusal
    except smtplib.SMTPAuthenticationError as refusal:
        raise NotTaken(_("Máy chủ thư không nhận tên đăng nhập hoặc mật khẩu đã đặt.")) from refusal
    except smtplib.SMTPResponseException as refusal:
        raise NotTaken(_("Máy chủ thư từ chối (mã {code}).").format(code=refusal.smtp_code)) from refusal
    except TimeoutError as silence:
        raise NotTaken(_("Máy chủ thư không trả lời kịp.")) from silence
    except ssl.SSLError as trouble:
        raise NotTaken(_("Không lập được kết nối an toàn với máy chủ thư.")) from trouble
    except (OSError, smtplib.SMTPException) as trouble:
        raise NotTaken(_("Không kết nối được tới máy chủ thư.")) from trouble


def letter_of(delivery: Delivery, user: User, notices: Sequence[Notice]) -> EmailMessage:
    """The letter as it goes out: plain text, in Vietnamese; the same delivery always bears the same name."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _subject(notices, is_digest=delivery.form == Delivery.Form.DIGEST)
        body = "\n".join([*_greeting(user), *_paragraphs(notices), *_footer()])
    host = urlsplit(settings.TIENDO_SITE_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<tiendo-{delivery.pk}-{delivery.created_at:%Y%m%d%H%M%S}@{host}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email], headers=headers)


def _subject(notices: Sequence[Notice], *, is_digest: bool) -> str:
    if is_digest:
        return _("[Tiến Độ] {count} thông báo mới").format(count=len(notices))
    return " ".join(f"[Tiến Độ] {notices[0].sentence}".split())


def _greeting(user: User) -> list[str]:
    return [_("Kính gửi {name},").format(name=user.full_name), ""]


def _paragraphs(notices: Sequence[Notice]) -> Iterable[str]:
    """Grouped by kind where there are several, in the order in which they came."""
    ordered = sorted(notices, key=lambda notice: (notice.kind, notice.at, notice.pk))
    for _kind, group in groupby(ordered, key=lambda notice: notice.kind):
        same = list(group)
        if len(notices) > 1:
            yield f"{same[0].label} ({len(same)})"
        for notice in same:
            yield from _paragraph(notice)


def _paragraph(notice: Notice) -> Iterable[str]:
    yield f"- {notice.sentence}"
    yield from (f"  {line}" for line in notice.body.splitlines())
    yield f"  {settings.TIENDO_SITE_URL}{notice.url}"
    yield ""


def _footer() -> list[str]:
    choose = f"{settings.TIENDO_SITE_URL}{reverse('notices:preferences')}"
    return ["-- ", _("Thư do hệ thống gửi, xin đừng trả lời. Chọn cách nhận thư:"), choose]
