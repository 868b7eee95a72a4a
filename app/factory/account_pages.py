"""The pages around accounts, and what each is given."""

from flask import Blueprint

from app.factory.desk import Desk
from app.services.sample_accounts import SampleSignIn
from app.web.ops import account, account_code, sign_in, tokens, users


def account_pages(desk: Desk) -> list[Blueprint]:
    """Signing in and out, one's own account, accounts and tokens."""
    people, now = desk.people, desk.services.wall.now

    def samples() -> tuple[SampleSignIn, ...]:
        return () if desk.services.settings.production else people.samples.shown(now())

    own = account.AccountPages(people.own, now)
    return [
        sign_in.blueprint(sign_in.SignInPages(people.sign_in, samples, now)),
        account.blueprint(own),
        account_code.blueprint(own),
        users.blueprint(users.UserPages(people.accounts, now)),
        tokens.blueprint(tokens.TokenPages(people.tokens, now)),
    ]
