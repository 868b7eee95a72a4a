"""``/phone``, where there is a browser phone: development only."""

from typing import TYPE_CHECKING

from flask import Blueprint

from app.factory.desk import Desk
from app.services.directory import read_directory
from app.services.samples import sample_directory
from app.web.phone import page
from app.web.phone.page import SampleCaller

if TYPE_CHECKING:
    from app.factory.browser_phone import BrowserPhone


def phone_pages(desk: Desk, telephone: "BrowserPhone | None") -> list[Blueprint]:
    """The page and what it asks for; nothing without a phone, and never anything in production."""
    services = desk.services
    if telephone is None or services.settings.production:
        return []
    return [page.blueprint(page.PhonePages(telephone, services.wall.now, sample_callers()))]


def sample_callers() -> tuple[SampleCaller, ...]:
    """Who the sample's organisations are: what to key, and the numbers their people call from."""
    found = read_directory(*sample_directory())
    return tuple(
        SampleCaller(
            row.account_number,
            row.name,
            tuple(
                one.phone for one in found.contacts if one.account_number == row.account_number and one.phone
            ),
        )
        for row in found.organisations
    )
