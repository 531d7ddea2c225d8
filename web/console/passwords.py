"""Passwords of people: which are refused, and their hashes (Argon2id, with the library's own parameters)."""

from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from web.errors import WebError
from web.weak_passwords import FEWEST_CHARACTERS, is_guessed

MOST_CHARACTERS = 200


class WeakPasswordError(WebError):
    """A password that is guessed too easily."""


def check_password(password: str, name: str) -> None:
    """Raises WeakPasswordError for a password that is short, too long, monotonous or easily guessed."""
    if not FEWEST_CHARACTERS <= len(password) <= MOST_CHARACTERS:
        raise WeakPasswordError(f"the password must have {FEWEST_CHARACTERS} to {MOST_CHARACTERS} characters")
    if is_guessed(password, name):
        what = "the password is guessed too easily: it repeats itself, or is little more than a name or a row of keys"
        raise WeakPasswordError(f"{what}; take several words that do not belong together")


class Passwords:
    """Hashes and verifies; one at a time in a process, for each takes 64 MiB."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._lock = Lock()
        self._of_nobody = ""

    def hash(self, password: str) -> str:
        """The hash with its salt and parameters."""
        with self._lock:
            return self._hasher.hash(password)

    def verify(self, password: str, known: str | None) -> bool:
        """Whether the password is that of the hash; without one (nobody has the name) it takes as long, and is not."""
        with self._lock:
            # Made by the first who signs in, not before the server's workers are forked.
            self._of_nobody = self._of_nobody or self._hasher.hash("nobody's")
            try:
                self._hasher.verify(known or self._of_nobody, password)
            except (VerifyMismatchError, InvalidHashError):
                return False
        return known is not None
