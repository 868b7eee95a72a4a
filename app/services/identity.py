"""Step 6 of a call: who calls, by the number calling or by what is keyed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.callflow.happened import Happened
from app.callflow.model import Call, Cue, Heard
from app.ports import Found, Ledger
from app.services.moment import Moment, rfc3339
from app.verification.limits import Limits
from app.verification.model import Level, Method, Proof, Registration, Role
from app.verification.trust import Trust, judge
from routing.compiled import RoutingTable
from routing.numbers import keyed_numbers

LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Identity:
    """Answers about who calls, from the ledger of rights."""

    ledger: Ledger

    def who_calls(self, call: Call, moment: Moment) -> Heard:
        """Whether the calling number identifies one organisation, and whether it suffices."""
        if (call.resumed or call.queued_at) and call.level != Level.UNVERIFIED.name.lower():
            return Heard(Cue.PROVED, note="already reached in this call")
        if call.queued_at:  # waited before, as they were
            return Heard(Cue.UNPROVED)
        if call.ani is None or call.known == 0:
            return Heard(Cue.STRANGER)
        registrations = self.ledger.registrations(call.ani)
        trust = judge(registrations, keyed=None, attestation=call.attestation, odd=call.attestation_odd)
        if trust.contradicted:
            self.ledger.audit(moment.asker(call), Happened.NUMBER_CONTRADICTED, _contradiction(call))
        if trust.registration is None:
            return Heard(Cue.STRANGER)
        return self._registered(call, moment, trust, trust.registration)

    def _registered(self, call: Call, moment: Moment, trust: Trust, registration: Registration) -> Heard:
        changes, name = _organisation(registration), registration.organisation.name
        if trust.level is Level.UNVERIFIED:
            is_user = registration.contact is not None and registration.contact.role is Role.USER
            return Heard(Cue.USER_MUST_PROVE if is_user else Cue.MUST_PROVE, changes, name)
        proof = proof_by_number(trust.level, registration, moment.now)
        self.ledger.prove_by_number(moment.asker(call), registration, proof, call.attestation or "")
        return Heard(Cue.PROVED, changes | proved(proof), f"{name}: {proof.level.name.lower()}")

    def look_up(self, call: Call, moment: Moment) -> Heard:
        """Find the account or registered number keyed; the caller cannot tell whether there is one."""
        keyed = call.keyed
        numbers = keyed_numbers(keyed, regions_of(call, moment.table))
        found = self.ledger.look_up(moment.asker(call), keyed, numbers, at_most=LIMITS.look_ups_per_call)
        if found is None:
            return Heard(Cue.NO_MORE_LOOK_UPS)
        name = found.organisation.name if found.organisation else ""
        return Heard(Cue.LOOKED_UP, _found(found), name or "nobody known")


def proved(proof: Proof) -> dict[str, str]:
    """A level reached, as the call carries it."""
    return {
        "level": proof.level.name.lower(),
        "method": proof.method.value,
        "proved_as": proof.contact_name,
        "proved_role": proof.role,
        "proved_at": rfc3339(proof.reached_at),
    }


def with_proof(call: Call, proof: Proof) -> Call:
    """A call at a level it reached before."""
    changes: dict[str, Any] = proved(proof)
    return replace(call, organisation_name=proof.organisation_name, **changes)


def as_it_holds(call: Call, now: datetime) -> Call:
    """The call; without the level it reached once that is too old to hold, however long the call lasts."""
    if not call.proved_at or LIMITS.holds(datetime.fromisoformat(call.proved_at), now):
        return call
    return replace(call, level="unverified", method="", proved_as="", proved_role="", proved_at="")


def _organisation(registration: Registration) -> dict[str, int | str | None]:
    contact = registration.contact
    return {
        "organisation": registration.organisation.id,
        "organisation_name": registration.organisation.name,
        "account": registration.organisation.account_number,
        "contact": contact.id if contact else None,
    }


def _found(found: Found) -> dict[str, int | str | None]:
    organisation = found.organisation
    return {
        "organisation": organisation.id if organisation else None,
        "organisation_name": organisation.name if organisation else "",
        "account": organisation.account_number if organisation else "",
        "contact": found.contact.id if found.contact else None,
    }


def proof_by_number(level: Level, registration: Registration, now: datetime) -> Proof:
    """What a registered number proves, at the level that it is worth."""
    contact = registration.contact
    return Proof(
        level=level,
        method=Method.NUMBER,
        contact=contact.id if contact else None,
        contact_name=contact.name if contact else "",
        role=contact.role.value if contact else "",
        reached_at=now,
    )


def _contradiction(call: Call) -> str:
    """What was given as ``StirVerstat``, for the audit: of two values neither is the one."""
    return "given twice" if call.attestation_odd else call.attestation or "empty"


def regions_of(call: Call, table: RoutingTable) -> tuple[str, ...]:
    """The countries whose national form a caller may key a number in."""
    territory = table.territory(call.territory)
    if territory is None:
        return ()
    return (territory.country_code,) if territory.country_code else territory.members
