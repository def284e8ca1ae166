import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nhiem-vu/a%00b/", "/lam-viec/chi-tieu/a%00b/", "/api/v1/tasks/%00"])
def test_an_address_with_a_zero_byte_is_not_found_on_any_database(path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.django_db
def test_a_form_with_a_zero_byte_is_refused_before_any_database_sees_it(client: Client) -> None:
    assert client.post("/ngon-ngu/", {"language": "vi", "next": "a\x00b"}).status_code == 400
