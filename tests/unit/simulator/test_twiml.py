"""What Twilio refuses, the phone refuses, with Twilio's error number."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.simulator import twiml
from app.simulator.refused import Refused

GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <!-- a comment is no text -->
  <Gather action="/turn?nonce=1&amp;turn=2" numDigits="1" timeout="5" finishOnKey="" input="dtmf speech">
    <Say language="it-IT" voice="Polly.Bianca">
      Buongiorno <break time="1s"/><say-as interpret-as="digits">12</say-as>
      <lang xml:lang="fr-FR">Bonjour</lang>
    </Say>
    <Play loop="0">/music.mp3</Play>
    <Pause length="2"/>
  </Gather>
  <Dial timeout="20" answerOnBridge="true" callerId="+390212345678" action="after">
    <Number url="/w" statusCallbackEvent="initiated answered" statusCallback="/leg">+390612345678</Number>
    <Sip>sip:desk@example.com</Sip>
  </Dial>
  <Enqueue waitUrl="/wait" action="">technical-it</Enqueue>
  <Redirect/>
</Response>"""


def refusal(body: str, content_type: str = "text/xml", **limits: frozenset[str]) -> Refused:
    with pytest.raises(Refused) as caught:
        twiml.parse(body.encode(), content_type, **limits)
    return caught.value


def wrapped(text: str) -> bytes:
    found = f"<Response><Gather action='{text}'>{text}</Gather><Redirect>{text}</Redirect></Response>"
    return found.encode("utf-8", "surrogatepass")


def test_good_document_is_taken() -> None:
    """A document by the book is given back as its verbs, in order."""
    verbs = twiml.parse(GOOD.encode(), "text/xml; charset=utf-8")
    assert [verb.tag for verb in verbs] == ["Gather", "Dial", "Enqueue", "Redirect"]


@pytest.mark.parametrize("content_type", ["text/xml", "application/xml", "Text/XML; charset=utf-8"])
def test_xml_content_types(content_type: str) -> None:
    """TwiML comes as text/xml or application/xml."""
    assert twiml.parse(b"<Response/>", content_type) == []


@pytest.mark.parametrize("content_type", ["", "text/html", "application/json", "text/plain; text/xml"])
def test_other_content_types_are_refused(content_type: str) -> None:
    """Anything not declared as XML is error 12300."""
    assert refusal("<Response/>", content_type).code == 12300


def test_size_is_limited() -> None:
    """A document of 64 kB passes and one byte more is error 11750."""
    frame = len("<Response></Response>")
    assert twiml.parse(b"<Response>" + b" " * (65536 - frame) + b"</Response>", "text/xml") == []
    assert refusal("<Response>" + " " * (65537 - frame) + "</Response>").code == 11750


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", 11770),
        ("   ", 11770),
        ("<Response>", 12100),
        (" <?xml version='1.0'?><Response/>", 12100),
        ("<Response><Say>a & b</Say></Response>", 12100),
        ("<Response><Say>\x01</Say></Response>", 12100),
        ('<?xml version="1.0" encoding="klingon"?><Response/>', 12100),
        ('<!DOCTYPE r [<!ENTITY a "b">]><Response><Say>&a;</Say></Response>', 12100),
        ("<response/>", 12102),
        ("<html><body/></html>", 12102),
    ],
)
def test_what_is_no_twiml_is_refused(body: str, code: int) -> None:
    """An empty, malformed or foreign document is refused with its error number."""
    assert refusal(body).code == code


@pytest.mark.parametrize(
    ("verbs", "code"),
    [
        ("<say>hello</say>", 12200),
        ("<Speak>hello</Speak>", 12200),
        ("hello", 12200),
        ("<Say>a</Say>tail", 12200),
        ("<Gather>press one</Gather>", 12200),
        ("<Gather><Redirect>/x</Redirect></Gather>", 13320),
        ("<Gather><Gather/></Gather>", 13320),
        ("<Dial><Say>x</Say></Dial>", 13215),
        ("<Say>a<Pause/></Say>", 12200),
        ('<Say speed="2">a</Say>', 12200),
        ('<Say Voice="man">a</Say>', 12200),
        ('<Say voice="Polly.Nobody">a</Say>', 13511),
        ('<Say language="it">a</Say>', 13512),
        ('<Say language="tlh-KX">a</Say>', 13512),
        ('<Say loop="-1">a</Say>', 13510),
        ("<Say/>", 13520),
        ("<Say>   </Say>", 13520),
        (f"<Say>{'a' * 4097}</Say>", 13521),
        ("<Play/>", 11100),
        ("<Play>ftp://example.com/a.mp3</Play>", 11100),
        ('<Play digits="12x"/>', 13430),
        ('<Pause length="0"/>', 13910),
        ('<Pause length="1.5"/>', 13910),
        ('<Gather timeout="0"/>', 13313),
        ('<Gather timeout="-3"/>', 13313),
        ('<Gather timeout="soon"/>', 13313),
        ('<Gather timeout="٣"/>', 13313),
        ('<Gather numDigits="0"/>', 13314),
        ('<Gather finishOnKey="##"/>', 13310),
        ('<Gather finishOnKey="A"/>', 13310),
        ('<Gather actionOnEmptyResult="True"/>', 13338),
        ('<Gather input="keys"/>', 13326),
        ('<Gather input=""/>', 13326),
        ('<Gather method="PUT"/>', 13312),
        ('<Gather language="it"/>', 13331),
        ('<Gather action="/a b"/>', 11100),
        ('<Gather action="mailto:a@example.com"/>', 11100),
        ('<Gather action="http://[::1/"/>', 11100),
        ('<Redirect method="post">/x</Redirect>', 13710),
        ("<Redirect>javascript:x</Redirect>", 11100),
        ('<Reject reason="later"/>', 13810),
        ("<Dial/>", 13223),
        ("<Dial>0612345678</Dial>", 13223),
        ('<Dial timeout="0">+390612345678</Dial>', 13212),
        ('<Dial answerOnBridge="1">+390612345678</Dial>', 13219),
        ('<Dial callerId="support">+390612345678</Dial>', 13214),
        ("<Dial><Number/></Dial>", 13223),
        ('<Dial><Number sendDigits="12a">+390612345678</Number></Dial>', 13222),
        ('<Dial><Number statusCallbackEvent="done">+390612345678</Number></Dial>', 12200),
        ("<Dial><Sip>desk@example.com</Sip></Dial>", 13243),
        ("<Dial><Conference/></Dial>", 13237),
        ("<Dial><Conference>a</Conference><Number>+390612345678</Number></Dial>", 13000),
        ("<Dial>+390612345678<Number>+390612345678</Number></Dial>", 13215),
        (f"<Dial>{'<Number>+390612345678</Number>' * 11}</Dial>", 13250),
        ("<Dial><Queue/></Dial>", 14212),
        (f"<Dial><Queue>{'q' * 65}</Queue></Dial>", 14213),
        ("<Enqueue/>", 14204),
        (f"<Enqueue>{'q' * 65}</Enqueue>", 14205),
        ('<Enqueue waitUrl="tel:1">q</Enqueue>', 14202),
        ('<Enqueue waitUrlMethod="HEAD">q</Enqueue>', 14206),
        ("<Hangup>bye</Hangup>", 12200),
        ('<Leave queue="q"/>', 12200),
    ],
)
def test_each_broken_rule_is_refused(verbs: str, code: int) -> None:
    """Unknown elements, attributes and values, wrong nesting and text in wrong places have their numbers."""
    assert refusal(f"<Response>{verbs}</Response>").code == code


def test_longest_saying_is_taken() -> None:
    """A Say of 4,096 characters is the longest one."""
    assert len(twiml.parse(f"<Response><Say>{'a' * 4096}</Say></Response>".encode(), "text/xml")) == 1


def test_place_limits_the_verbs() -> None:
    """A wait document may not Dial, and a whisper may not Leave."""
    dial = "<Response><Dial>+390612345678</Dial></Response>"
    assert refusal(dial, verbs=twiml.WAIT).code == 13201
    assert refusal("<Response><Leave/></Response>", verbs=twiml.WHISPER).code == 12200


def test_refusal_names_the_fault() -> None:
    """The sentence of a refusal names element, attribute and value."""
    assert 'Gather timeout="0"' in str(refusal('<Response><Gather timeout="0"/></Response>'))


@given(st.one_of(st.binary(max_size=200), st.text(max_size=60).map(wrapped)), st.text(max_size=20))
def test_anything_is_taken_or_refused(body: bytes, content_type: str) -> None:
    """Whatever an application answers is taken or refused; nothing else is ever raised."""
    for declared in ("text/xml", content_type):
        with suppress(Refused):
            twiml.parse(body, declared)
