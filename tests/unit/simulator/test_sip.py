"""SIP URIs and the headers in them."""

import pytest

from app.simulator.refused import Refused
from app.simulator.sip import address_of, check_sip, sip_headers, without_headers

URI = "sip:ana@desk.example"


@pytest.mark.parametrize(
    "address",
    [
        "+390612345678",
        URI,
        f"{URI};transport=tls",
        f"{URI}?X-Name=value",
        f"{URI}?x-name=value&User-to-User=1234",
        f"{URI}?X-Long={'a' * 1016}",
    ],
)
def test_addresses_that_are_dialled(address: str) -> None:
    """Numbers, URIs with parameters, headers that begin with X- and the few standard ones."""
    check_sip(address, 21211)


@pytest.mark.parametrize(
    "address",
    [
        "sip:desk.example",
        "sip:a b@desk.example",
        f"sip:{'a' * 250}@desk.example",
        f"{URI}?Name=value",
        f"{URI}?X-Name=value&Route=evil",
        f"{URI}?X-Long={'a' * 1017}",
    ],
)
def test_addresses_that_are_refused(address: str) -> None:
    """Twilio takes URIs of less than 255 characters, headers of less than 1,024 in all, and only its own."""
    with pytest.raises(Refused) as caught:
        check_sip(address, 13243)
    assert caught.value.code == 13243


def test_parts_of_an_address() -> None:
    """An address is found without headers and parameters; the headers are decoded."""
    address = f"{URI};transport=tls?X-Name=A%20B&X-Empty="
    assert without_headers(address) == f"{URI};transport=tls"
    assert address_of(address) == URI
    assert sip_headers(address) == {"X-Name": "A B", "X-Empty": ""}
    assert (address_of("+39"), sip_headers("+39?X-A=1")) == ("+39", {})
