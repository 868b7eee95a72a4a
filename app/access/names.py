"""Names people sign in with."""

import re
import unicodedata

LONGEST_NAME = 64
_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]*", re.ASCII)


def folded(name: str) -> str:
    """A name as it is kept and compared: without blanks around it, in lower case."""
    return unicodedata.normalize("NFKC", name[: 4 * LONGEST_NAME]).strip().lower()


def name_fault(name: str) -> str:
    """What is wrong with a folded name, in words; "" when it is well."""
    if not name:
        return "A name is needed: anna, say, or anna.rossi@example.com."
    if len(name) > LONGEST_NAME:
        return f"A name has at most {LONGEST_NAME} characters."
    if not _NAME.fullmatch(name):
        return "A name has letters from a to z, digits and . _ @ + - only, and starts with a letter or digit."
    return ""
