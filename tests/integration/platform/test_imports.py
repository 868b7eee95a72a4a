"""What a process loads at its start: nothing that only development, or only a later moment, needs."""

import subprocess
import sys

#: The simulated carrier, and what signs receipts or asks the carrier: by whoever needs it, when they do.
LATER = ("app.simulator", "joserfc", "twilio")


def test_the_application_loads_no_simulator_and_no_signer() -> None:
    """A server in production starts without the browser phone's exchange, and without what signs."""
    program = (
        f"import sys, app.factory.application; print([m for m in sys.modules if m.startswith({LATER!r})])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    assert ran.stdout.strip() == "[]"
