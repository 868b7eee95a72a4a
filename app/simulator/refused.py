"""What Twilio would not accept, as an exception that names the rule."""


class Refused(Exception):  # noqa: N818 - the word for what a carrier does with a bad document
    """A document, an answer or a request Twilio refuses.

    ``code`` is the number in Twilio's error dictionary (twilio.com/docs/api/errors), 0 where none is known.
    """

    def __init__(self, sentence: str, code: int = 0) -> None:
        super().__init__(f"{code}: {sentence}" if code else sentence)
        self.sentence = sentence
        self.code = code
