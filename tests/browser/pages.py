"""Every page there is, with something on it."""

from types import MappingProxyType

#: Endpoint -> its addresses, with gaps for what ``examples`` makes.
PAGES = MappingProxyType(
    {
        "account.account": ("/ops/account",),
        "account_code.page": ("/ops/account/code",),
        "api.page": ("/api/v1/",),
        "audit.listed": ("/ops/audit",),
        "calls.listed": ("/ops/calls", "/ops/calls?q=rossi&level=code&outcome=connected"),
        "calls.one": ("{call}",),
        "closures.listed": ("/ops/closures", "/ops/closures?show=to_come"),
        "closures.new": ("/ops/closures/new", "/ops/closures/new?kind=announcement"),
        "closures.one": ("/ops/closures/{closure}",),
        "countries.country": ("/ops/countries/IT", "/ops/countries/NP"),
        "countries.index": ("/ops/countries",),
        "drafts.listed": ("/ops/drafts",),
        "drafts.new": ("/ops/drafts/new?country=IT",),
        "drafts.one": ("{draft}",),
        "edit.bulk": (
            "{draft}/bulk?section=coverage",
            "{draft}/bulk?section=coverage&territory=IT&change=hours&value=Mo-Fr+10:00-16:00",
        ),
        "edit.calendar": ("{draft}/calendars/poland?region=PL&year=2027",),
        "edit.calendars": ("{draft}/calendars",),
        "edit.closing_day": ("{draft}/closing-days/edit?key={closing_day}",),
        "edit.countries": ("{draft}/countries",),
        "edit.country": ("{draft}/countries/IT",),
        "edit.new_closing_day": ("{draft}/closing-days/new?country=IT",),
        "edit.new_row": ("{draft}/rows/notices/new", "{draft}/rows/lines/new"),
        "edit.row": (
            "{draft}/rows/coverage/edit?key=coverage/IT/billing/it",
            "{draft}/rows/queues/edit?key=queue/technical-it",
            "{draft}/rows/schedules/edit?key=schedule/office-hours",
            "{draft}/rows/territories/edit?key=territory/IT",
        ),
        "edit.rows": ("{draft}/rows/lines", "{draft}/rows/closures"),
        "edit.schedules": ("{draft}/schedules",),
        "edit.share_form": ("{draft}/schedules/share?key=coverage/FR/billing/fr",),
        "exchange.form": ("{draft}/import",),
        "exchange.tried": ("{draft}/import/{tried}",),
        "history.listed": ("/ops/history",),
        "history.one": ("/ops/history/1",),
        "home.desk": ("/ops/",),
        "impact.index": ("{draft}/impact",),
        "limits.listed": ("/ops/limits",),
        "lines.country": ("/lines/JP?lang=de", "/lines/NP"),
        "lines.index": ("/lines?q=united",),
        "organisation_contacts.edit": ("/ops/organisations/1/contacts/1/edit",),
        "organisation_contacts.new": ("/ops/organisations/1/contacts/new",),
        "organisation_imports.form": ("/ops/organisations/import",),
        "organisation_imports.job": ("/ops/organisations/import/{job}",),
        "organisation_people.one": ("/ops/organisations/1/people/1",),
        "organisation_people.people": ("/ops/organisations/1/people",),
        "organisations.edit": ("/ops/organisations/1/edit",),
        "organisations.listed": ("/ops/organisations",),
        "organisations.new": ("/ops/organisations/new",),
        "organisations.one": ("/ops/organisations/1",),
        "publish.check": ("{draft}/check",),
        "publish.conflicts": ("{draft}/conflicts",),
        "publish.publish": ("{draft}/publish",),
        "reports.index": ("/ops/reports", "/ops/reports?by=country"),
        "sign_in.sign_in": ("/ops/sign-in",),
        "tokens.listed": ("/ops/tokens", "/ops/tokens?all=1"),
        "users.form": ("/ops/users/add",),
        "users.listed": ("/ops/users",),
        "users.one": ("/ops/users/1",),
        "what_if.index": (
            "/ops/what-if",
            "/ops/what-if?territory=IT&department=billing&language=it&against={against}&press=try",
        ),
    }
)

#: The same of the agents' desk, where somebody must wait and talk: ``test_desk_access`` sees to that.
DESK_PAGES = MappingProxyType(
    {
        "announcements.new": ("/desk/announcements/new",),
        "card.one": ("{call}",),
        "desk.board": ("/desk",),
        "supervise.page": ("/desk/supervise",),
        "talk.one": ("{talk}", "{talk}?account=20250117", "{talk}?account=99"),
    }
)

#: What answers a file, JSON, a part of a page, or another address.
NO_PAGES = frozenset(
    {
        "audit.export",
        "desk.news",
        "edit.hours",
        "exchange.draft_file",
        "exchange.draft_section",
        "exchange.live_file",
        "exchange.version_file",
        "exchange.version_section",
        "home.root",
        "impact.file",
        "reports.file",
        "supervise.news",
        "talk.news",
    }
)
