"""The receipt in a SIP address: a header of the INVITE the carrier sends."""

from urllib.parse import quote

HEADER = "X-Callgate-Receipt"
#: Characters that the headers of an address may have together, from the ``?`` on: Twilio's error 21227.
LONGEST_HEADERS = 1023


def sip_with_receipt(uri: str, token: str) -> str:
    """A ``sip:`` or ``sips:`` address whose INVITE carries a receipt beside the headers it has already.

    Headers follow the first ``?`` after the host and are joined by ``&``; values are percent-encoded but for
    letters, digits and a few signs (RFC 3261, sections 19.1.1 and 25.1). A header of this name that is there
    already is nobody's receipt, and taken out. Without a token, or where the headers would be too long
    together, the call goes on without one: a receipt never stops a transfer.
    """
    user, at, rest = uri.partition("@")
    host, _, given = rest.partition("?")
    headers = [one for one in given.split("&") if one and not _is_receipt(one)]
    bare = f"{user}{at}{host}"
    with_receipt = [*headers, f"{HEADER}={quote(token, safe='')}"] if token else headers
    if len("&".join(with_receipt)) <= LONGEST_HEADERS:
        headers = with_receipt
    return f"{bare}?{'&'.join(headers)}" if headers else bare


def _is_receipt(header: str) -> bool:
    return header.partition("=")[0].strip().lower() == HEADER.lower()
