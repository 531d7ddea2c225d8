"""Which passwords are guessed too easily: of people who sign in, and those that the server itself signs in with."""

# NIST SP 800-63B asks for 8 at least where there is a second factor; here there is none.
FEWEST_CHARACTERS = 12
FEWEST_DIFFERENT = 6
# Of characters that are left when each piece that guessers try first counts as one.
FEWEST_LEFT = 8
# What is typed along the keyboard or the alphabet.
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "qwertzuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm")
_PIECE = 4
_COMMON = ("password", "heslo", "admin", "welcome", "radce", "letmein", "postgres", "changeme", "secret", "tajne")


def is_guessed(password: str, name: str) -> bool:
    """Whether a password repeats itself, or is little more than a name, common words or rows of keys."""
    plain = password.casefold()
    left = plain
    for word in filter(None, (name.casefold(), *_COMMON, *_pieces())):
        left = left.replace(word, "*")
    return len(set(plain)) < FEWEST_DIFFERENT or len(left) < FEWEST_LEFT


def is_weak(password: str, name: str) -> bool:
    """Whether a password is too short, or guessed."""
    return len(password) < FEWEST_CHARACTERS or is_guessed(password, name)


def _pieces() -> list[str]:
    """Pieces of rows, forwards and backwards."""
    rows = [row for line in _ROWS for row in (line, line[::-1])]
    return [row[start : start + _PIECE] for row in rows for start in range(len(row) - _PIECE + 1)]
