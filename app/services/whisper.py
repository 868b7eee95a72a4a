"""What the agent hears before the caller is connected: the level first, then who, then for which desk."""

from dataclasses import dataclass

from app.callflow.model import Call, Saying
from app.callflow.prompts import Prompt
from app.faults import Fault
from app.ports import CallStore, Clock, Ledger
from app.services.identity import as_it_holds
from app.services.links import Link
from app.services.tables import Tables
from app.verification.model import Level, Proof
from routing.compiled import RoutingTable
from routing.targets import is_outside


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a call when its agent answers."""

    level: str
    method: str = ""
    organisation: str = ""
    contact: str = ""
    role: str = ""
    fault: bool = False


@dataclass(frozen=True, slots=True)
class Whisper:
    """Makes the sentence; the running call tells, else the ledger, else it says that nobody checked."""

    store: CallStore
    ledger: Ledger
    tables: Tables
    clock: Clock

    def sayings(self, link: Link) -> tuple[Saying, ...]:
        """The whisper for the call a link belongs to, in the language of its queue."""
        call = self._running(link)
        table = self.tables.at(call.table_version) if call else self.tables.current()
        language = self.language(table, link.queue)
        told = _told(call) if call else self._from_ledger(link)
        desk = call.desk_language if call and call.desk_language else link.language
        return (*_sentences(told, link, desk, table, language), Saying(Prompt.WHISPER_ACCEPT, language))

    def of_handover(self, link: Link, organisation: str, *, starts_anew: bool) -> tuple[Saying, ...]:
        """The whisper for somebody who is rung: the level the ledger holds, which may have risen meanwhile.

        ``starts_anew``: a call back, which proves nothing yet, whatever the call before had proved.
        """
        table = self.tables.current()
        language = self.language(table, link.queue)
        told = Told(level="unverified", organisation=organisation)
        if not starts_anew:
            told = self._of_now(link, told)
        said = _sentences(told, link, link.language, table, language)
        return (*said, Saying(Prompt.WHISPER_ACCEPT, language))

    def _of_now(self, link: Link, otherwise: Told) -> Told:
        proof = self.ledger.proof(link.call_id)
        if proof is not None:
            return _proved(proof)
        call = self._running(link)
        if call is None:
            return otherwise
        named = call.organisation_name or otherwise.organisation
        return Told(level="unverified", organisation=named, fault=call.fault)

    def language_of(self, queue: str) -> str:
        """What a queue's agents hear, by the table that is live."""
        return self.language(self.tables.current(), queue)

    def language(self, table: RoutingTable, queue: str) -> str:
        """What a queue's agents hear: the queue's own setting, else the end of its name, else English."""
        tail = "" if is_outside(queue) else queue.rpartition("-")[2]
        return table.queue(queue).whisper_language or (tail if tail not in {"", queue} else "en")

    def _running(self, link: Link) -> Call | None:
        """The call; not one that is older than its own link and may not know the level reached since."""
        try:
            stored = self.store.load(link.call_id)
        except Fault:
            return None
        if stored is None or stored.call.turn < link.turn:
            return None
        return as_it_holds(stored.call, self.clock.now())

    def _from_ledger(self, link: Link) -> Told:
        try:
            proof = self.ledger.proof(link.call_id)
        except Fault:
            proof = None
        return _proved(proof) if proof else Told(level="unverified", fault=True)


def _told(call: Call) -> Told:
    return Told(
        call.level, call.method, call.organisation_name, call.proved_as, call.proved_role, fault=call.fault
    )


def _proved(proof: Proof) -> Told:
    return Told(
        proof.level.name.lower(),
        proof.method.value,
        proof.organisation_name,
        proof.contact_name,
        proof.role,
    )


def _sentences(told: Told, link: Link, desk: str, table: RoutingTable, language: str) -> tuple[Saying, ...]:
    return (_level(told, language), *_who(told, language), *_desk(link, desk or language, table, language))


def _level(told: Told, language: str) -> Saying:
    match told.level:
        case "code":
            return Saying(Prompt.WHISPER_VERIFIED_CODE, language, {"method": told.method})
        case "number_attested":
            return Saying(Prompt.WHISPER_NUMBER_ATTESTED, language)
        case "number_matched":
            return Saying(Prompt.WHISPER_NUMBER_MATCHED, language)
        case _:
            return Saying(Prompt.WHISPER_NOT_CHECKED if told.fault else Prompt.WHISPER_UNVERIFIED, language)


def _who(told: Told, language: str) -> tuple[Saying, ...]:
    """The organisation, and the contact once proved; an unproved caller is only said to name it."""
    if told.contact and told.level != Level.UNVERIFIED.name.lower():
        gaps: dict[str, str | int | list[str]] = {
            "organisation": told.organisation,
            "contact": told.contact,
            "role": told.role,
        }
        return (Saying(Prompt.WHISPER_CONTACT, language, gaps),)
    if told.organisation:
        return (Saying(Prompt.WHISPER_ORGANISATION, language, {"organisation": told.organisation}),)
    return ()


def _desk(link: Link, desk: str, table: RoutingTable, language: str) -> tuple[Saying, ...]:
    territory = table.territory(link.territory)
    if territory is None or not link.department:
        return ()
    country = [territory.key, territory.country_code, territory.name]
    gaps: dict[str, str | int | list[str]] = {
        "department": link.department,
        "language": desk,
        "country": country,
    }
    return (Saying(Prompt.WHISPER_DESK, language, gaps),)
