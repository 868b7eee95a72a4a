import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.numbers import (
    COSTLY,
    caller_number,
    caller_regions,
    calling_code,
    can_be_dialled,
    dialled_number,
    home_region,
    is_withheld,
    keyed_numbers,
    keyed_regions,
    number_type,
    sendable_regions,
    to_e164,
    told_apart,
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "390212345678",
        "+0390212345",
        "+123456",
        "+1234567890123456",
        "+39 02 123",
        "+39٠212345678",
        "+390212345678\n",
    ],
)
def test_only_ascii_e164_is_a_number(text: str) -> None:
    """A number has a plus, no leading zero, 7 to 15 ASCII digits and nothing else."""
    assert to_e164(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anonymous",
        "Anonymous",
        "Restricted",
        "UNAVAILABLE",
        "+266696687",
        "+7378742833",
        "+2562533",
        "+8656696",
        "+86282452253",
        "sip:anonymous@anonymous.invalid",
        "sip:+266696687@carrier.example.com",
    ],
)
def test_withheld_numbers_are_no_callers(text: str) -> None:
    """What carriers post for a withheld number is withheld, and nobody's number."""
    assert is_withheld(text)
    assert caller_number(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "+390212345678",
        "sip:+390212345678@pbx.example.com",
        "SIP:+390212345678@h;user=phone",
        "tel:+390212345678",
    ],
)
def test_a_caller_is_known_by_a_number_alone(text: str) -> None:
    """What was dialled may stand in a SIP or tel address; a caller, who writes such an address, may not."""
    assert dialled_number(text) == "+390212345678"
    assert caller_number(text) == (text if text.startswith("+") else None)
    assert not is_withheld(text)


@given(st.text(max_size=30).map("+44".__add__))
def test_odd_numbers_are_of_some_region_of_their_code(text: str) -> None:
    """What is no E.164 after its calling code may be of any of the code's regions."""
    assert caller_regions(text) <= {"GB", "GG", "IM", "JE"}
    assert caller_regions(text) or to_e164(text)


@given(st.text(max_size=200))
def test_any_text_is_a_number_or_none(text: str) -> None:
    """Whatever a carrier posts, the outcome is E.164 or nothing, and never both a number and withheld."""
    found = caller_number(text)
    assert found is None or (to_e164(found) == found and not is_withheld(text))


@pytest.mark.parametrize(
    ("number", "regions"),
    [
        ("+390212345678", {"IT"}),
        ("+393331234567", {"IT"}),
        ("+390669812345", {"VA"}),
        ("+358401234567", {"FI"}),
        ("+35818123456", {"AX"}),
        ("+441534712345", {"JE"}),
        ("+18765551234", {"JM"}),
        ("+14165551234", {"CA"}),
        ("+18005551234", {"US", "CA"}),
        ("+590590123456", {"GP", "BL", "MF"}),
        ("+61891641234", {"CX"}),
        ("+61891621234", {"CC"}),
        ("+61412345678", {"AU", "CC", "CX"}),
        ("+590590201234", {"GP", "BL", "MF"}),
        ("+590690001234", {"GP", "BL", "MF"}),
        ("+4779123456", {"SJ"}),
        ("+262639012345", {"YT"}),
        ("+50934123456", {"HT"}),
        ("+99912345678", set()),
        ("+883510000000", set()),
    ],
)
def test_the_regions_a_caller_may_be_of(number: str, regions: set[str]) -> None:
    """Leading digits tell, then validity, and regions that share their ranges stay together."""
    assert caller_regions(number) == regions


@pytest.mark.parametrize(
    ("digits", "regions"),
    [
        ("509", {"HT"}),
        ("00509", {"HT"}),
        ("011509", {"HT"}),
        ("1876", {"JM"}),
        ("1416", {"CA"}),
        ("13125550100", {"US"}),
        ("18", set()),
        ("500", {"FK", "GS"}),
        ("262", {"RE", "YT", "TF"}),
        ("47", {"NO", "SJ", "BV"}),
        ("672", {"NF", "HM"}),
        ("64", {"NZ", "PN"}),
        ("590", {"GP", "BL", "MF"}),
        ("5997", {"BQ"}),
        ("999", set()),
        ("", set()),
        ("٥٠٩", set()),
        ("*", set()),
        ("9" * 64_000, set()),
        ("44" + "9" * 64_000, set()),
        ("44*#", {"GB", "GG", "IM", "JE"}),
    ],
)
def test_the_regions_a_keyed_code_means(digits: str, regions: set[str]) -> None:
    """A calling code means all its regions, also those nobody lists; under +1 the area code tells."""
    assert keyed_regions(digits) == regions


def test_plus_one_alone_means_all_of_it() -> None:
    """The bare calling code 1 leaves every region of the North American plan."""
    assert {"US", "CA", "JM", "BM", "PR"} <= keyed_regions("1")


@pytest.mark.parametrize(
    ("digits", "regions", "expected"),
    [
        ("0212345678", ["IT"], "+390212345678"),
        ("390212345678", ["IT"], "+390212345678"),
        ("00390212345678", ["IT"], "+390212345678"),
        ("011390212345678", ["US"], "+390212345678"),
        ("3125550100", ["US"], "+13125550100"),
        ("13125550100", [], "+13125550100"),
        ("07911123456", ["GB"], "+447911123456"),
    ],
)
def test_a_keyed_phone_number_nationally_or_internationally(
    digits: str, regions: list[str], expected: str
) -> None:
    """A caller may key their number as at home or from abroad, with 00, 011 or neither."""
    assert expected in keyed_numbers(digits, regions)


@given(st.text(max_size=40), st.lists(st.sampled_from(["IT", "US", "XX", ""]), max_size=3))
def test_keyed_text_gives_only_numbers(text: str, regions: list[str]) -> None:
    """Whatever is keyed, only E.164 numbers come back, each once."""
    found = keyed_numbers(text, regions)
    assert all(to_e164(number) for number in found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("region", "code"),
    [("IT", "39"), ("GP", "590"), ("XK", "383"), ("GS", "500"), ("TF", "262"), ("EEA", ""), ("", "")],
)
def test_calling_codes(region: str, code: str) -> None:
    """Every region has its calling code, also those whose numbers nobody lists; a group has none."""
    assert calling_code(region) == code


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("GP", "MF", False),
        ("BQ", "BQ", False),
        ("FK", "GS", False),
        ("RE", "YT", True),
        ("JE", "GG", True),
        ("US", "JM", True),
        ("IT", "FR", True),
    ],
)
def test_regions_only_a_menu_can_tell_apart(one: str, other: str, apart: bool) -> None:
    """Regions are told apart unless they share number ranges or one has no numbers of its own."""
    assert told_apart(one, other) is apart
    assert told_apart(other, one) is apart


def test_kinds_of_numbers() -> None:
    """The kind of a number, where it is from and whether it can exist are known without asking anybody."""
    assert number_type("+393331234567") == "mobile"
    assert number_type("+39899123456") == "premium_rate"
    assert number_type("+18005551234") == "toll_free"
    assert number_type("nonsense") == "unknown"
    assert home_region("+390212345678") == "IT"
    assert home_region("nonsense") == ""
    assert can_be_dialled("+390212345678")
    assert not can_be_dialled("+39021")
    assert not can_be_dialled("nonsense")


@pytest.mark.parametrize("number", ["+449012345678", "+447012345678", "+19002345678", "+33899123456"])
def test_costly_numbers_are_never_sent_to(number: str) -> None:
    """A premium-rate or shared-cost number is of no region that a code could be sent to."""
    assert number_type(number) in COSTLY
    assert sendable_regions(number) == frozenset()
    assert caller_regions(number)


def test_ordinary_numbers_are_sent_to() -> None:
    """Mobiles, landlines and numbers kept for fiction may get a code."""
    for number in ("+393331234567", "+390212345678", "+12025550142", "+46701740612", "+33639980021"):
        assert sendable_regions(number) == caller_regions(number) != frozenset()
