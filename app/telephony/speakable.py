"""Text from outside, made fit to be spoken, mailed and written into XML."""

import re

LONGEST = 4000  # characters: some four minutes of speech, and far from the 64 kB the carrier takes

# What XML 1.0 forbids (https://www.w3.org/TR/xml/#charsets), and the characters that turn the direction of
# the text around them, with which a name could be made to look like another.
_UNFIT = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]+")


def speakable(text: str) -> str:
    """Give the text on one line of at most 4,000 characters, without what XML 1.0 forbids.

    One line, because a name with a line break in it could forge a mail header or a line of a log.
    """
    if len(text) > LONGEST:
        text = text[:LONGEST]
    if text.isprintable():
        return text
    return _UNFIT.sub("", _BREAKS.sub(" ", text))
