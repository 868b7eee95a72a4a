"""One act through every form of the desk that changes something, in an order in which each can be done."""

from collections.abc import Callable

from tests.web.acting import CLOSED, Acting
from tests.web.conftest import PASSWORD, Shown

ROW = {"territory": "IT", "department": "technical", "language": "it", "by": "own", "zone": "Europe/Rome"}
BULK = "/bulk?section=coverage&department=billing&language=it&change=hours&value=Mo-Fr+08:00-16:00"
CONTACT = {"name": "Nina", "role": "user", "email": "nina@example.com"}

Step = tuple[str, str, Callable[[Acting], Shown]]
#: The view's name -> who does it, what the audit calls it, how it is done.
STEPS: dict[str, Step] = {
    "drafts.new": ("editor", "draft_opened", Acting.open),
    "drafts.rename": ("editor", "draft_renamed", lambda on: on.edited("/rename", {"title": "Ours"})),
    "edit.save_row": (
        "editor",
        "draft_changed",
        lambda on: on.edited(
            "/rows/coverage/edit?key=coverage/IT/technical/it", {**ROW, "hours": "Mo-Fr 07:00-19:00"}
        ),
    ),
    "drafts.undo": ("editor", "draft_changed", lambda on: on.edited("/undo", {})),
    "edit.apply_bulk": ("editor", "draft_changed", lambda on: on.edited(BULK, {})),
    "edit.share": (
        "editor",
        "draft_changed",
        lambda on: on.edited("/schedules/share?key=coverage/IT/billing/it", {"name": "office"}),
    ),
    "edit.add_calendar": (
        "editor",
        "draft_changed",
        lambda on: on.edited("/calendars", {"calendar": "italy", "region": "it"}),
    ),
    "edit.change_calendar": (
        "editor",
        "draft_changed",
        lambda on: on.edited("/calendars/italy?region=IT&year=2026", {"press": "add", "day": "2026-12-07"}),
    ),
    "edit.add_closing_day": ("editor", "draft_changed", lambda on: on.edited("/closing-days/new", CLOSED)),
    "edit.save_closing_day": ("editor", "draft_changed", Acting.closing_day),
    "exchange.apply": ("editor", "draft_changed", Acting.put_in),
    "publish.sign": ("editor", "warning_signed_off", Acting.sign),
    "publish.press": ("publisher", "table_published", Acting.publish),
    "publish.rebase": ("editor", "draft_changed", lambda on: on.edited("/rebase", {})),
    "publish.settle": ("editor", "draft_changed", Acting.settle),
    "edit.add_row": (
        "editor",
        "draft_changed",
        lambda on: on.edited("/rows/schedules/new", {"name": "night", "hours": "24/7", "press": "save"}),
    ),
    "drafts.discard": ("editor", "draft_discarded", lambda on: on.edited("/discard", {})),
    "users.add": (
        "admin",
        "account_added",
        lambda on: on.post(
            "admin", "/ops/users/add", {"name": "zoe", "role": "editor", "password": PASSWORD}
        ),
    ),
    "users.role": ("admin", "role_changed", lambda on: on.admin("role")),
    "users.end_sessions": ("admin", "signed_out_everywhere", lambda on: on.admin("end-sessions")),
    "users.lift_wait": ("admin", "sign_in_wait_lifted", lambda on: on.admin("lift-wait")),
    "users.reset_code": ("admin", "code_taken_away", lambda on: on.admin("reset-code")),
    "users.active": ("admin", "account_deactivated", lambda on: on.admin("deactivate")),
    "tokens.make": (
        "publisher",
        "token_made",
        lambda on: on.post("publisher", "/ops/tokens", {"name": "nightly", "role": "viewer"}),
    ),
    "tokens.revoke": (
        "publisher",
        "token_revoked",
        lambda on: on.post("publisher", "/ops/tokens/1/revoke"),
    ),
    "organisations.add": (
        "editor",
        "organisation_added",
        lambda on: on.organisation("/new", {"account_number": "777000", "name": "Neu", "numbers": ""}),
    ),
    "organisations.save": (
        "editor",
        "organisation_updated",
        lambda on: on.organisation("/1/edit", {"name": "Rossi"}),
    ),
    "organisation_contacts.add": (
        "editor",
        "contact_added",
        lambda on: on.organisation("/1/contacts/new", CONTACT),
    ),
    "organisation_contacts.move": ("editor", "contacts_reordered", lambda on: on.nina("move", {"by": "-1"})),
    "organisation_confirming.send": ("editor", "confirmation_sent", lambda on: on.nina("email/send", {})),
    "organisation_confirming.key": (
        "editor",
        "confirmation_rejected",
        lambda on: on.nina("email/key", {"code": "000000"}),
    ),
    "organisation_contacts.save": (
        "editor",
        "contact_changed",
        lambda on: on.nina("edit", {**CONTACT, "role": "admin"}),
    ),
    "organisation_contacts.remove": ("editor", "contact_removed", lambda on: on.nina("remove", {})),
    "organisation_imports.apply": ("editor", "organisation_added", Acting.import_organisations),
    "api_organisations.putOrganisation": ("editor", "organisation_added", Acting.put_organisation),
    "organisation_people.export": ("admin", "person_exported", lambda on: on.person("export")),
    "organisation_people.erase": ("admin", "person_erased", lambda on: on.person("erase")),
    "limits.ask": ("publisher", "limit_lift_asked", Acting.ask_to_lift),
    "limits.refuse": (
        "second",
        "limit_lift_refused",
        lambda on: on.post("second", "/ops/limits/1/refuse"),
    ),
    "limits.agree": ("second", "limit_lifted", Acting.agree_to_lift),
    "account.clock": (
        "viewer",
        "clock_changed",
        lambda on: on.post("viewer", "/ops/account/clock", {"zone": "Europe/Rome"}),
    ),
    "account.end": ("viewer", "signed_out", Acting.end_session),
    "account.end_others": (
        "viewer",
        "signed_out_everywhere",
        lambda on: on.post("viewer", "/ops/account/sessions/end-others"),
    ),
    "account.password": (
        "viewer",
        "password_changed",
        lambda on: on.post(
            "viewer",
            "/ops/account/password",
            {"password": PASSWORD, "new": "another long walk home", "again": "another long walk home"},
        ),
    ),
    "account_code.confirm": ("second", "code_renewed", Acting.confirm_code),
    "account_code.remove": (
        "second",
        "code_taken_away",
        lambda on: on.post("second", "/ops/account/code/remove", {"remove_password": PASSWORD}),
    ),
    "sign_in.submit": ("editor", "signed_in", Acting.sign_in),
    "sign_in.sign_out": ("editor", "signed_out", lambda on: on.post("editor", "/ops/sign-out")),
}
