"""Drafts of the routing table, and what was signed off."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create what is new."""
