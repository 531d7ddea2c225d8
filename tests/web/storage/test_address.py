"""Addresses of databases and mail servers as they are shown: never with a secret in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.storage.address import without_password


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("sqlite:///var/radce.db", "sqlite:///var/radce.db"),
        ("sqlite:////srv/my folder/radce.db", "sqlite:////srv/my folder/radce.db"),
        ("postgresql://db/radce", "postgresql://db/radce"),
        ("postgresql://radce:hunter2@db:5432/radce", "postgresql://...@db:5432/radce"),
        ("postgresql://radce:hunter2@[::1]:5432/radce", "postgresql://...@[::1]:5432/radce"),
        ("postgresql://radce:hunter2@/radce?host=/run/sql", "postgresql://...@/radce?host=/run/sql"),
        ("postgresql://db/radce?password=hunter2&user=me", "postgresql://db/radce?password=...&user=..."),
        ("postgresql://db/radce?sslpassword=hunter2&sslmode=require", "postgresql://db/radce?sslpassword=...&sslmode=require"),
        ("postgresql://db/radce?hunter2", "postgresql://db/radce?..."),
        ("postgresql://db/radce?password=hunter2@x&user=me", "postgresql://..."),
        ("smtp://radce:hun?ter2@mail.example.com", "smtp://..."),
        ("smtp://radce:hun@ter2@mail.example.com:587", "smtp://...@mail.example.com:587"),
        ("smtp://radce:hunter2", "smtp://..."),
        ("smtp://mail.example.com#hunter2", "smtp://..."),
        ("radce.db", "radce.db"),
        ("host=db password=hunter2", "..."),
        ("radce:hunter2@db", "..."),
    ],
)  # fmt: skip
def test_of_an_address_host_and_path_are_shown_and_no_secret(address: str, shown: str) -> None:
    assert without_password(address) == shown


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=0, max_size=20))
def test_no_password_is_shown_whatever_stands_in_it(text: str) -> None:
    secret = f"hunter2{text}hunter2"
    for address in (f"postgresql://radce:{secret}@db/radce?sslmode=require", f"smtp://db/?password={secret}"):
        assert "hunter2" not in without_password(address)
