"""Files named on the command line, read for the core, which opens none."""

from pathlib import Path

from app.faults import Fault, FaultCode

#: Larger files are refused: the whole sample is 150 kB.
LARGEST = 64 * 1024 * 1024


def read_csv(paths: tuple[str, ...]) -> dict[str, bytes]:
    """File name -> content, for files and for the ``.csv`` files of folders.

    Raises:
        Fault: BAD_INPUT, for what cannot be read, and where two files have one name.
    """
    found: dict[str, bytes] = {}
    for name in paths:
        path = Path(name)
        for file in sorted(path.glob("*.csv")) if path.is_dir() else [path]:
            if file.name in found:
                raise Fault(
                    FaultCode.BAD_INPUT, f"Two of the files are called {file.name}: rename one of them."
                )
            found[file.name] = read(file)
    if not found:
        raise Fault(FaultCode.BAD_INPUT, f"There are no CSV files in {', '.join(paths)}.")
    return found


def read(path: Path) -> bytes:
    """A file's content; Fault BAD_INPUT when there is none or it is too large."""
    try:
        if path.stat().st_size > LARGEST:
            raise Fault(FaultCode.BAD_INPUT, f"{path.name} is larger than 64 MB: split it.")
        return path.read_bytes()
    except OSError as error:
        raise Fault(FaultCode.BAD_INPUT, f"{path} cannot be read: {error.strerror or error}.") from error
