"""Somebody who fills in the desk's forms, one after the other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.services.organisations import as_cells
from app.verification.limits import LimitKind
from routing import edit
from tests.web.api.conftest import token_of
from tests.web.conftest import PASSWORD, Desk, Shown
from tests.web.test_drafts import opened
from tests.web.test_exchange import sent
from tests.web.test_limits import fill
from tests.web.test_organisations import PEOPLE, settled, uploads
from tests.web.test_sign_in import code_of, signs_in

CLOSED = {"day": "2026-12-24", "effect": "closed", "territory": "IT", "press": "save"}
QUEUE = {"name": "unused", "target": "queue:unused", "unverified": "transfer", "press": "save"}


@dataclass
class Acting:
    """The desk, and what the acts before have left to go on with."""

    desk: Desk
    draft: str = ""
    other: str = ""

    def post(self, who: str, path: str, form: Mapping[str, Any] | None = None) -> Shown:
        """Send somebody's form; about a draft, at its present revision."""
        number = re.match(r"/ops/drafts/(\d+)", path)
        seen = {"revision": self.desk.use_cases.drafts.get(int(number[1])).revision} if number else {}
        return self.desk.as_(who).post(path, {**seen, **(form or {})})

    def edited(self, path: str, form: Mapping[str, Any]) -> Shown:
        """Send one of the editor's draft's forms."""
        return self.post("editor", self.draft + path, form)

    def open(self) -> Shown:
        answer = self.post("editor", "/ops/drafts/new", {"title": "Mine"})
        self.draft = answer.headers["Location"]
        return answer

    def closing_day(self) -> Shown:
        draft = self.desk.use_cases.drafts.get(int(self.draft.rpartition("/")[2]))
        [key] = [key for key, _ in edit.keyed(draft.document, "closures")]
        return self.edited(f"/closing-days/edit?key={key}", {**CLOSED, "reason": "a feast"})

    def put_in(self) -> Shown:
        file = ("schedules.csv", b"name,hours\nshort,24/7\n")
        page = sent(self.desk.as_("editor"), self.draft, file)
        digest = page.html.find("input", {"name": "digest"})
        assert digest, page.words
        return self.post("editor", page.request.path, {"digest": str(digest["value"])})

    def sign(self) -> Shown:
        self.edited("/rows/queues/new", QUEUE)
        mark = self.desk.as_("editor").get(f"{self.draft}/check").html.find("input", {"name": "mark"})
        assert mark
        return self.edited("/check", {"mark": str(mark["value"]), "press": "sign"})

    def publish(self) -> Shown:
        """Another draft, which closes the same day for another reason."""
        self.other = opened(self.desk.as_("publisher"), "Theirs")
        self.post("publisher", f"{self.other}/rows/closures/new", {**CLOSED, "reason": "another"})
        return self.post("publisher", f"{self.other}/publish")

    def settle(self) -> Shown:
        draft = self.desk.use_cases.drafts.get(int(self.draft.rpartition("/")[2]))
        [conflict] = draft.conflicts
        return self.edited("/conflicts", {"section": conflict.section, "key": conflict.key, "press": "mine"})

    def end_session(self) -> Shown:
        found = self.desk.use_cases.sign_in.actor(
            self.desk.session_token("viewer"), "", self.desk.clock.now()
        )
        assert found
        return self.post("viewer", f"/ops/account/sessions/{found.session}/end")

    def confirm_code(self) -> Shown:
        self.post("second", "/ops/account/code", {"password": PASSWORD})
        return self.post("second", "/ops/account/code/confirm", {"code": code_of(self.desk, "second")})

    def user(self, name: str) -> int:
        found = self.desk.services.sql.accounts.find(name)
        assert found
        return found.user.id

    def admin(self, act: str) -> Shown:
        return self.post("admin", f"/ops/users/{self.user('zoe')}/{act}", {"role": "viewer"})

    def ask_to_lift(self) -> Shown:
        if not self.desk.use_cases.organisations.lifting.in_force(self.desk.clock.now()):
            fill(self.desk)
        [limit] = self.desk.use_cases.organisations.lifting.in_force(self.desk.clock.now())
        form = {"kind": LimitKind.SENDS_TO_CONTACT.value, "subject": limit.subject, "reason": "they rang"}
        return self.post("publisher", "/ops/limits", form)

    def agree_to_lift(self) -> Shown:
        self.ask_to_lift()
        return self.post("second", "/ops/limits/2/agree")

    def organisation(self, path: str, form: Mapping[str, Any]) -> Shown:
        """A form about the first organisation, at its present revision, its cells kept but for these."""
        record = self.desk.use_cases.organisations.organisations.get(1)
        seen = {**as_cells(record.row), "revision": record.revision}
        return self.post("editor", f"/ops/organisations{path}", {**seen, **form})

    def nina(self, act: str, form: Mapping[str, Any]) -> Shown:
        """A form about the contact who was added."""
        record = self.desk.use_cases.organisations.organisations.get(1)
        [one] = [contact for contact in record.contacts if contact.row.name == "Nina"]
        return self.organisation(f"/1/contacts/{one.id}/{act}", form)

    def import_organisations(self) -> Shown:
        editor = self.desk.as_("editor")
        files = uploads("1000,Alfa,IT,,it,,,,", PEOPLE)
        page = settled(editor, editor.post("/ops/organisations/import", files, follow=True))
        answer = self.post("editor", f"{page.request.path}/apply")
        settled(editor, editor.get(page.request.path))
        return answer

    def put_organisation(self) -> Shown:
        headers = {"Authorization": f"Bearer {token_of(self.desk, 'editor')}"}
        body = {"source": "crm", "name": "Beta", "country": "IT", "contacts": []}
        client = self.desk.app.test_client()
        return Shown(client.put("/api/v1/organisations/555000", json=body, headers=headers))

    def person(self, act: str) -> Shown:
        person = self.desk.use_cases.organisations.organisations.get(1).contacts[-1]
        form = {"typed": person.row.name, "reason": "asked for"}
        return self.post("admin", f"/ops/organisations/1/people/{person.id}/{act}", form)

    def sign_in(self) -> Shown:
        return signs_in(self.desk.anybody(), "editor", PASSWORD, code_of(self.desk, "editor"))
