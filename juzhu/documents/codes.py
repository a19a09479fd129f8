"""Verification codes of papers: fifteen random characters and one that checks them, so that a slip of the
finger is told from a paper that was never issued.
"""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What can be read aloud and typed from paper: no 0 and O, no 1, I and L. Its length, 31, is a prime."""
LENGTH = 16
SPACES = str.maketrans("", "", " -　－")


def new() -> str:
    """A code that nobody can guess: 74 bits."""
    body = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH - 1))
    return body + check_character(body)


def check_character(body: str) -> str:
    """A weighted sum that any one wrong character, and any two exchanged neighbours, would change."""
    total = sum(place * ALPHABET.index(sign) for place, sign in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]


def read(text: str) -> str | None:
    """The code as it is stored, from what was typed or scanned; None when it can't be one."""
    code = text.translate(SPACES).upper()
    if len(code) != LENGTH or any(sign not in ALPHABET for sign in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def written(code: str) -> str:
    """In groups of four, as papers show it."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))
