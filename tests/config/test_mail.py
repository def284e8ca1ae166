"""How a deployment says where its letters go."""

import pytest

from tiendo.config.mail import FILES, SMTP, mail_settings

URL = "smtp+tls://tiendo%40tinh.gov.vn:m%E1%BA%ADt%2Fkh%E1%BA%A9u@thu.tinh.gov.vn"


def test_without_a_word_letters_are_files() -> None:
    given = mail_settings({})
    assert (given["EMAIL_BACKEND"], "EMAIL_HOST" in given) == (FILES, False)


def test_one_address_says_it_all() -> None:
    given = mail_settings({"TIENDO_EMAIL_URL": URL, "TIENDO_EMAIL_FROM": "Tiến Độ <tiendo@tinh.gov.vn>"})
    assert given["EMAIL_BACKEND"] == SMTP
    assert (given["EMAIL_HOST"], given["EMAIL_PORT"]) == ("thu.tinh.gov.vn", 587)
    assert (given["EMAIL_HOST_USER"], given["EMAIL_HOST_PASSWORD"]) == ("tiendo@tinh.gov.vn", "mật/khẩu")
    assert (given["EMAIL_USE_TLS"], given["EMAIL_USE_SSL"]) == (True, False)
    assert given["DEFAULT_FROM_EMAIL"] == "Tiến Độ <tiendo@tinh.gov.vn>"


@pytest.mark.parametrize(
    ("scheme", "port", "starttls", "tls"),
    [("smtp", 25, False, False), ("smtp+tls", 587, True, False), ("smtps", 465, False, True)],
)
def test_the_first_word_of_the_address_says_how_safe_it_is(scheme: str, port: int, starttls: bool, tls: bool) -> None:
    given = mail_settings({"TIENDO_EMAIL_URL": f"{scheme}://thu.tinh.gov.vn"})
    assert (given["EMAIL_PORT"], given["EMAIL_USE_TLS"], given["EMAIL_USE_SSL"]) == (port, starttls, tls)


def test_one_by_one_a_password_needs_no_encoding() -> None:
    env = {"HOST": "thu.tinh.gov.vn", "PORT": "2525", "USER": "tiendo", "PASSWORD": "a/b@c", "TLS": "none"}
    given = mail_settings({f"TIENDO_EMAIL_{name}": value for name, value in env.items()})
    assert (given["EMAIL_HOST"], given["EMAIL_PORT"], given["EMAIL_HOST_PASSWORD"]) == (
        "thu.tinh.gov.vn",
        2525,
        "a/b@c",
    )
    assert (given["EMAIL_USE_TLS"], given["EMAIL_USE_SSL"]) == (False, False)


@pytest.mark.parametrize(
    "env",
    [
        {"TIENDO_EMAIL_URL": "thu.tinh.gov.vn"},
        {"TIENDO_EMAIL_URL": "imap://thu.tinh.gov.vn"},
        {"TIENDO_EMAIL_HOST": "thu.tinh.gov.vn", "TIENDO_EMAIL_TLS": "có"},
    ],
)
def test_a_word_nobody_knows_is_refused_at_the_start(env: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="TIENDO_EMAIL"):
        mail_settings(env)


def test_invented_people_are_never_written_to() -> None:
    assert mail_settings({"TIENDO_EMAIL_URL": URL}, illustrative=True)["EMAIL_BACKEND"] == FILES
