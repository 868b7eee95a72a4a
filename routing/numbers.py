"""Telephone numbers: from text to E.164, whose region a number may be of, what a keyed number may mean.

The only module that knows ``phonenumbers``.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumber, PhoneNumberType

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_ADDRESS = re.compile(r"(?:sips?|tel):(\+[1-9][0-9]{6,14})(?:[;@].*)?", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"(?:sips?:)?([^@;]*)(?:[@;].*)?", re.IGNORECASE | re.DOTALL)
_DIGITS = re.compile(r"[0-9]{3,20}")

# Numbers that stand for words on a keypad: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE
# (Twilio, "Why am I getting calls from these strange numbers?").
_WITHHELD_NUMBERS = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})
_WITHHELD_WORDS = frozenset(
    {
        "",
        "anonymous",
        "restricted",
        "blocked",
        "unknown",
        "unavailable",
        "private",
        "withheld",
        "not available",
        "id unavailable",
        "no caller id",
        "private number",
        "unknown number",
        "unknown caller",
    }
)

# Territories that phonenumbers does not list, with the code they are called by (ITU-T E.164).
_UNLISTED = {"GS": "500", "TF": "262", "BV": "47", "HM": "672", "PN": "64"}

#: Kinds of number that cost whoever calls them more than a call, or are nobody's telephone.
COSTLY = frozenset({"premium_rate", "shared_cost", "personal_number", "uan", "pager", "voicemail"})

_NATIONAL = re.compile(r"[0-9]{1,14}")
_LONGEST_CODE = 3
_LONGEST_NUMBER = 14


def to_e164(text: str) -> str | None:
    """The text itself when it is E.164 in ASCII (``+``, 7 to 15 digits, no leading zero), else None."""
    return text if _E164.fullmatch(text) else None


def is_withheld(text: str) -> bool:
    """Whether a carrier says with this "number" that the caller withheld theirs, in any letter case."""
    if text in _WITHHELD_NUMBERS:
        return True
    word = _WORD.fullmatch(text.strip())
    return word is None or word[1].strip().lower() in _WITHHELD_WORDS or word[1] in _WITHHELD_NUMBERS


def caller_number(text: str) -> str | None:
    """The caller's E.164 number; None when withheld or anything but a number.

    Whoever calls over SIP writes the user part of their address themselves: ``sip:+39...@host`` is no number
    that anything may rest on.
    """
    return None if text in _WITHHELD_NUMBERS else to_e164(text)


def dialled_number(text: str) -> str | None:
    """The E.164 number that was dialled: as it stands, or in ``sip:+39...@host`` or ``tel:+39...``."""
    address = _ADDRESS.fullmatch(text)
    return address[1] if address else to_e164(text)


def calling_code(region: str) -> str:
    """The country calling code of an ISO 3166-1 region, as digits; empty when there is none."""
    if region in _UNLISTED:
        return _UNLISTED[region]
    code = phonenumbers.country_code_for_region(region)
    return str(code) if code else ""


@lru_cache(maxsize=4096)
def caller_regions(e164: str) -> frozenset[str]:
    """The ISO 3166-1 regions a number may be of; more than one where its digits cannot tell them apart.

    Of the regions of its calling code one whose own leading digits match is meant alone, and those with
    other leading digits are out. Of the rest it is those in which the number is valid, together with those
    that share all their numbers with it (any +590 number may be of GP, BL or MF); all of the rest if in none.
    """
    code, rest = split_code(e164[1:])
    regions = _regions(code)
    if len(regions) < 2 or not _NATIONAL.fullmatch(rest):
        return frozenset(regions)
    own, left = _by_leading_digits(regions, rest)
    if own:
        return frozenset({own})
    number = PhoneNumber(country_code=int(code), national_number=int(rest))
    valid = {region for region in left if phonenumbers.is_valid_number_for_region(number, region)}
    if not valid:
        return frozenset(left)
    return frozenset(
        valid.union(*(_sharing(code) & set(left) for region in valid if region in _sharing(code)))
    )


def keyed_regions(digits: str) -> frozenset[str]:
    """The regions meant by keying a calling code, ``509`` or ``00509``, or one with an area code, ``1876``.

    Regions that phonenumbers does not list are among them. Empty: there is no such country here.
    """
    code, rest = split_code(_without_prefix(digits))
    if not code or len(rest) > _LONGEST_NUMBER:
        return frozenset()
    if not rest:
        return frozenset(_regions(code)) | {region for region, known in _UNLISTED.items() if known == code}
    if code == "1" and len(rest) < 3:
        return frozenset()
    # An area code alone is no valid number yet: a subscriber's number that all of +1 takes fills it up.
    return caller_regions("+1" + rest[:3] + "2345678" if code == "1" else "+" + code + rest)


def told_apart(one: str, other: str) -> bool:
    """Whether a caller's number or a keyed calling code can tell two regions apart."""
    code = calling_code(one)
    if one == other:
        return False
    if not code or code != calling_code(other):
        return True
    return not ({one, other} & _UNLISTED.keys() or {one, other} <= _sharing(code))


def keyed_numbers(digits: str, regions: Sequence[str]) -> tuple[str, ...]:
    """The E.164 numbers a caller may mean by keying ``digits``, the likeliest first; empty when none.

    The digits are read as a national number in each of ``regions``, then as an international one, with or
    without 00 or 011. Only numbers of a possible length are given; whether one exists is not asked.
    """
    if not _DIGITS.fullmatch(digits):
        return ()
    texts = [(digits, region) for region in regions] + [("+" + _without_prefix(digits), None)]
    found = (_possible(text, region) for text, region in texts)
    return tuple(dict.fromkeys(number for number in found if number))


def can_be_dialled(e164: str) -> bool:
    """Whether the number fits its country's numbering plan, as far as phonenumbers knows it."""
    number = _parsed(e164, None)
    return number is not None and phonenumbers.is_valid_number(number)


@lru_cache(maxsize=4096)
def number_type(e164: str) -> str:
    """The kind of number: mobile, fixed_line, toll_free, premium_rate, ...; else unknown."""
    number = _parsed(e164, None)
    kind = PhoneNumberType.UNKNOWN if number is None else phonenumbers.number_type(number)
    return PhoneNumberType.to_string(kind).lower()


def sendable_regions(e164: str) -> frozenset[str]:
    """The regions a number may be of, as ``caller_regions``; none for kinds nobody may be made to pay for."""
    return frozenset() if number_type(e164) in COSTLY else caller_regions(e164)


def home_region(e164: str) -> str:
    """The region phonenumbers files the number under, the main one of several; empty when unknown."""
    number = _parsed(e164, None)
    return "" if number is None else phonenumbers.region_code_for_number(number) or ""


def split_code(digits: str) -> tuple[str, str]:
    """The country calling code that digits begin with, and the rest; no code where they begin with none."""
    for length in range(1, _LONGEST_CODE + 1):
        if _regions(digits[:length]):
            return digits[:length], digits[length:]
    return "", digits


def _regions(code: str) -> tuple[str, ...]:
    known = COUNTRY_CODE_TO_REGION_CODE.get(int(code), ()) if code.isascii() and code.isdigit() else ()
    return tuple(region for region in known if region != "001")  # 001: codes that are of no country


def _by_leading_digits(regions: Sequence[str], rest: str) -> tuple[str, list[str]]:
    left = []
    for region in regions:
        pattern = _leading_digits(region)
        if pattern is None:
            left.append(region)
        elif re.match(pattern, rest):
            return region, []
    return "", left


def _leading_digits(region: str) -> str | None:
    metadata = PhoneMetadata.metadata_for_region(region)
    leading: str | None = metadata.leading_digits if metadata else None
    return leading


@lru_cache(maxsize=256)
def _sharing(code: str) -> frozenset[str]:
    """Regions of a code, none with leading digits, that share mobiles, where two of them share landlines.

    Where only mobiles are shared (+61), a landline still tells.
    """
    regions = [region for region in _regions(code) if _leading_digits(region) is None]
    if not _alike(regions, PhoneNumberType.FIXED_LINE):
        return frozenset()
    return _alike(regions, PhoneNumberType.MOBILE)


def _alike(regions: Sequence[str], kind: int) -> frozenset[str]:
    """Those of the regions of which one's example of this kind is valid in another."""
    found: set[str] = set()
    for region in regions:
        example = phonenumbers.example_number_for_type(region, kind)
        alike = {r for r in regions if example and phonenumbers.is_valid_number_for_region(example, r)}
        found |= alike if len(alike) > 1 else set()
    return frozenset(found)


def _without_prefix(digits: str) -> str:
    """Without the digits that people key before an international number in most of the world."""
    return digits[3:] if digits.startswith("011") else digits.removeprefix("00")


def _possible(text: str, region: str | None) -> str | None:
    number = _parsed(text, region)
    if number is None or not phonenumbers.is_possible_number(number):
        return None
    return to_e164(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
