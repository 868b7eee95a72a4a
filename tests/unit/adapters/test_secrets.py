import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.adapters.secrets import DevelopmentSecrets
from app.faults import Fault, FaultCode
from app.verification.code import Keys
from app.verification.receipt_keys import ReceiptKeys


def test_secrets_are_made_once(tmp_path: Path) -> None:
    """The second start finds the secrets of the first; another folder has others."""
    first = DevelopmentSecrets.kept_in(tmp_path / "var")
    assert DevelopmentSecrets.kept_in(tmp_path / "var") == first
    assert DevelopmentSecrets.kept_in(tmp_path / "other") != first
    assert len(first.secret_key) >= 32
    assert Keys.parse(first.pin_keys).signing == "development"
    assert ReceiptKeys.parse(first.receipt_keys).signing == "development"


def test_secrets_are_for_this_user_alone(tmp_path: Path) -> None:
    """Nobody else may read the files, and nothing else is left beside them."""
    DevelopmentSecrets.kept_in(tmp_path)
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert files == {"secret-key": 0o600, "pin-keys": 0o600, "receipt-keys": 0o600}


def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    """However many start at the same moment, all have the same secrets."""
    with ThreadPoolExecutor(8) as pool:
        all_secrets = list(pool.map(lambda _: DevelopmentSecrets.kept_in(tmp_path), range(32)))
    assert len(set(all_secrets)) == 1


def test_secrets_are_not_in_their_repr(tmp_path: Path) -> None:
    """Printing them shows nothing."""
    kept = DevelopmentSecrets.kept_in(tmp_path)
    assert kept.secret_key not in repr(kept)
    assert kept.pin_keys not in repr(kept)
    assert kept.receipt_keys not in repr(kept)


def test_a_folder_that_cannot_be_written_is_a_fault_of_the_settings(tmp_path: Path) -> None:
    """Where no folder can be made, one sentence names the folder and the setting."""
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="CALLGATE_VAR") as caught:
        DevelopmentSecrets.kept_in(tmp_path / "file" / "var")
    assert caught.value.code is FaultCode.SETTINGS
