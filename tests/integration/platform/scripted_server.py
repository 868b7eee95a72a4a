"""A TCP server that says one thing to whatever it hears."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def answering(answer: bytes | None, *, speaks_first: bool = False) -> Iterator[int]:
    """The port of a server that answers everything with these bytes; with None it hears and never answers.

    With ``speaks_first`` it says them as soon as a client is there, as servers that greet do.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    accepted: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            accepted.append(client)
            threading.Thread(target=_talk, args=(client, answer, speaks_first), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
        for client in accepted:
            client.close()


def _talk(client: socket.socket, answer: bytes | None, speaks_first: bool) -> None:
    try:
        if speaks_first and answer is not None:
            client.sendall(answer)
        while client.recv(65536):
            if answer is not None:
                client.sendall(answer)
    except OSError:
        return
