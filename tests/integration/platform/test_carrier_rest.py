import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.adapters.carrier import CarrierDelivery
from app.adapters.carrier_http import CarrierHttp, NoAnswerError
from app.ports import Message, Sent
from tests.integration.platform.rest_server import RestScript, is_described, rest_server

ACCOUNT = "AC0123456789abcdef0123456789abcdef"
TEXT = Message(1, "text", "+12025550147", "", "Your code: 483920. Ciò è tutto & basta", "en")
CALL = Message(2, "voice", "+12025550147", "", "", "en", url="https://phone.example.com/voice/code?c=1&n=2")


def send(
    base_url: str, message: Message = TEXT, *, tokens: tuple[str, ...] = ("t1",), seconds: float = 3.0
) -> Sent:
    http = CarrierHttp(base_url, seconds=seconds)
    return CarrierDelivery(ACCOUNT, tokens, "+12025550142", http).send(message)


def test_a_text_is_asked_for_as_twilio_describes() -> None:
    """A text is one request to Messages.json under the account, with exactly the described fields."""
    script = RestScript()
    with rest_server(script) as url:
        assert send(url) is Sent.SENT
    (asked,) = script.asked
    assert asked.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert (asked.user, asked.password) == (ACCOUNT, "t1")
    assert asked.form == {"To": ["+12025550147"], "From": ["+12025550142"], "Body": [TEXT.text]}
    assert is_described(asked)


def test_a_code_call_is_asked_for_as_twilio_describes() -> None:
    """A call is one request to Calls.json that says where its words are fetched, by POST."""
    script = RestScript()
    with rest_server(script) as url:
        assert send(url, CALL) is Sent.SENT
    (asked,) = script.asked
    assert asked.path == f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
    assert asked.form == {
        "To": ["+12025550147"],
        "From": ["+12025550142"],
        "Url": [CALL.url],
        "Method": ["POST"],
    }
    assert is_described(asked)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Sent.SENT),
        (201, Sent.SENT),
        (307, Sent.LATER),
        (400, Sent.REFUSED),
        (401, Sent.LATER),
        (403, Sent.REFUSED),
        (404, Sent.REFUSED),
        (408, Sent.LATER),
        (429, Sent.LATER),
        (500, Sent.LATER),
        (503, Sent.LATER),
    ],
)
@pytest.mark.parametrize("message", [TEXT, CALL])
def test_a_status_says_whether_to_try_again(message: Message, status: int, outcome: Sent) -> None:
    """4xx is REFUSED, except what passes (401, 408, 429); 5xx and redirects are LATER and not followed."""
    script = RestScript((status,))
    with rest_server(script) as url:
        assert send(url, message) is outcome
    assert len(script.asked) == 1


@pytest.mark.parametrize("goes_wrong", ["hang", "drop", "nonsense"])
def test_no_clear_answer_after_asking_counts_as_sent(goes_wrong: str) -> None:
    """Silence, a dropped line or an unreadable answer after the request is SENT; nothing is repeated."""
    script = RestScript(goes_wrong=goes_wrong)
    began = time.monotonic()
    with rest_server(script) as url:
        assert send(url, seconds=0.3) is Sent.SENT
        assert time.monotonic() - began < 2
    assert len(script.asked) == 1


def test_nobody_there_means_later() -> None:
    """A refused connection is LATER, over http and https; so is a name that leads nowhere."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert send(f"http://127.0.0.1:{port}") is Sent.LATER
    assert send(f"https://127.0.0.1:{port}") is Sent.LATER
    assert send("https://nowhere.invalid") is Sent.LATER


def test_during_a_rotation_the_next_token_is_tried() -> None:
    """When the current token is no longer taken, the next one is used; while it is, the next one is not."""
    script = RestScript((401, 201))
    with rest_server(script) as url:
        assert send(url, tokens=("old", "new")) is Sent.SENT
    assert [asked.password for asked in script.asked] == ["old", "new"]
    script = RestScript()
    with rest_server(script) as url:
        send(url, tokens=("old", "new"))
    assert [asked.password for asked in script.asked] == ["old"]


def test_an_address_with_a_path_is_kept() -> None:
    """A base address with a path, as of a proxy, comes before the resource's."""
    script = RestScript()
    with rest_server(script) as url:
        assert send(f"{url}/proxy") is Sent.SENT
    assert script.asked[0].path.startswith("/proxy/2010-04-01/")


def test_an_answer_that_stops_in_the_middle_leaves_nothing_open() -> None:
    """After half an answer the carrier sees the line closed, also while somebody still looks at the error."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:
        http = CarrierHttp(f"http://127.0.0.1:{listener.getsockname()[1]}", seconds=0.3)
        asking = pool.submit(http.request, "POST", "/2010-04-01/Accounts.json")
        carrier, _ = listener.accept()
        with carrier:
            carrier.settimeout(5)
            carrier.recv(65536)
            carrier.sendall(b"HTTP/1.1 201 Created\r\nConnection: close\r\n\r\n{")
            assert isinstance(asking.exception(5), NoAnswerError)
            assert carrier.recv(65536) == b""
