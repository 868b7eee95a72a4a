"""What reports read of a call: when it was decided, connected and over."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create what is new."""
