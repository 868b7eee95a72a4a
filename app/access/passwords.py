"""Which passwords are good enough: long ones that are not easily guessed (NIST SP 800-63B, 5.1.1.2).

There is no rule about kinds of characters, and none about age.
"""

import unicodedata

SHORTEST = 12  # characters
LONGEST = 128
_OWN = 8  # characters that remain once names and well-known words are taken away
_DIFFERENT = 5
#: What most guessed passwords are made of. The sample's password begins with two of them.
_WELL_KNOWN = (
    "administrator",
    "qwertyuiop",
    "qwertzuiop",
    "1234567890",
    "correcthorsebatterystaple",
    "callgate",
    "changeme",
    "password",
    "passwort",
    "iloveyou",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "trustno1",
    "asdfghjkl",
    "abcdefgh",
    "abcdef",
    "1q2w3e4r",
    "welcome",
    "letmein",
    "default",
    "zxcvbnm",
    "sample",
    "qwerty",
    "qwertz",
    "azerty",
    "dragon",
    "monkey",
    "summer",
    "winter",
    "secret",
    "support",
    "admin",
    "login",
    "abc123",
    "123456",
    "12345",
    "1234",
    "asdf",
)
_LONGEST_FIRST = tuple(sorted(_WELL_KNOWN, key=len, reverse=True))
_MUCH_TOO_LONG = 8 * LONGEST  # not even normalised: that would be work for nothing


def normalised(password: str) -> str:
    """A password as it is compared, however a keyboard composes its letters (NFKC), and as text always."""
    text = unicodedata.normalize("NFKC", password[:_MUCH_TOO_LONG])
    return text.encode("utf-8", "replace").decode("utf-8")


def password_fault(password: str, name: str) -> str:
    """What is wrong with a new password for the account of this name, in words; "" when it is well."""
    text = normalised(password)
    if len(text) < SHORTEST:
        return f"A password has at least {SHORTEST} characters: three or four words do well."
    if len(text) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    if len(set(text)) < _DIFFERENT:
        return f"This repeats very few characters: use at least {_DIFFERENT} different ones."
    if len(_without_known(text.lower(), name)) < _OWN:
        return (
            f"This is easily guessed: at least {_OWN} characters must remain when your name and "
            "well-known words are taken away."
        )
    return ""


def _without_known(text: str, name: str) -> str:
    for word in (name, *_LONGEST_FIRST):
        if len(word) > 2:
            text = text.replace(word, "")
    return text
