"""What stands in for a carrier account in development: known to all, so production refuses it."""

ACCOUNT_SID = "ACca1160a7edeadbee11f00dca1160a7ed"  # no such account: the simulator's
AUTH_TOKEN = "callgate-development"  # noqa: S105 - the simulator signs with it
#: Where calls to agents come from while no number of one's own is set: a number for fiction.
CALLER_ID = "+12025550100"
