"""The language switch, as a person who has not signed in uses it."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_visitor_changes_the_language_without_token_or_account() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/ngon-ngu/", {"language": "en", "next": "/tim/?q=5g"})
    assert answer.status_code == 302
    assert answer["Location"] == "/tim/?q=5g"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_the_way_back_never_leads_to_another_site() -> None:
    answer = Client().post("/ngon-ngu/", {"language": "en", "next": "https://example.org/"})
    assert "example.org" not in answer["Location"]


def test_an_address_that_does_not_exist_gets_our_page() -> None:
    answer = Client().get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.content.decode()


def test_a_form_from_an_old_page_gets_our_page() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse(settings.LOGIN_URL), {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()


def test_a_browser_in_english_gets_vietnamese_until_the_reader_chooses() -> None:
    client = Client(headers={"accept-language": "en-GB,en;q=0.9"})
    first = client.get("/")
    assert '<html lang="vi">' in first.content.decode()
    assert first["Content-Language"] == "vi"
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    second = client.get("/")
    assert '<html lang="en">' in second.content.decode()
    assert second["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["fr", "", "../en", "EN"])
def test_a_language_we_do_not_have_is_vietnamese(language: str) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert '<html lang="vi">' in client.get("/").content.decode()
