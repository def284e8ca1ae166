import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nhiem-vu/a%00b/", "/lam-viec/chi-tieu/a%00b/", "/api/v1/tasks/%00"])
def test_an_address_with_a_zero_byte_is_not_found_on_any_database(path: str) -> None:
    assert Client().get(path).status_code == 404
