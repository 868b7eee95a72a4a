"""Faults: what cannot be gone on with. Expected outcomes are values, not these."""

from enum import StrEnum


class FaultCode(StrEnum):
    """One code per kind of fault; the sentence stands where it is raised."""

    STORE_AWAY = "store_away"  # Redis: the running call cannot be read or written
    LEDGER_AWAY = "ledger_away"  # SQL: rights cannot be read or written
    SETTINGS = "settings"
    DATABASE_NEWER = "database_newer"
    DATABASE_OLDER = "database_older"
    PORT_TAKEN = "port_taken"
    NO_TABLE = "no_table"
    NO_SUCH_VERSION = "no_such_version"
    FORGED = "forged"  # a webhook that the carrier did not sign, or not for this call
    TOO_LARGE = "too_large"
    BAD_INPUT = "bad_input"
    NO_SUCH_DRAFT = "no_such_draft"
    NOT_FOUND = "not_found"  # nothing of that name or number, or none that this person may see
    NOT_YOURS = "not_yours"  # only somebody else may do this
    CARRIER_AWAY = "carrier_away"  # its REST API cannot be reached, or gives no answer that can be used
    CARRIER_REFUSED = "carrier_refused"  # it answers, and lets us do nothing: account or token
    CONFLICT = "conflict"  # somebody else was first


class Fault(Exception):  # noqa: N818 - the design's word
    """A fault with its code and one sentence that tells the reader what to do."""

    def __init__(self, code: FaultCode, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
