"""A TCP proxy that misbehaves on demand: between a client under test and its server."""

import socket
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

Dial = Callable[[], socket.socket]


class TcpProxy:
    """Listens on a free port of 127.0.0.1 and forwards; ``mode`` says how it treats what comes next."""

    def __init__(self, dial: Dial) -> None:
        """Open ``dial()`` for each connection."""
        self._dial = dial
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.mode = "pass"  # pass | delay | reset | blackhole | drop_answer
        self.delay = 0.0
        self.connections = 0
        self.requests = 0
        self._stopped = threading.Event()
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._listener.close()
        for each in self._sockets:
            each.close()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._sockets.append(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        server: socket.socket | None = None
        try:
            while request := client.recv(65536):
                self.requests += 1
                if self.mode == "blackhole":
                    self._stopped.wait(20)
                    return
                if self.mode == "reset":
                    _reset(client)
                    return
                if server is None:
                    server = self._dial()
                    self._sockets.append(server)
                server.sendall(request)
                answer = server.recv(65536)
                if self.mode == "drop_answer":
                    self.mode = "pass"
                    return
                if self.mode == "delay":
                    self._stopped.wait(self.delay)
                client.sendall(answer)
        except OSError:
            return
        finally:
            client.close()
            if server is not None:
                server.close()


def _reset(client: socket.socket) -> None:
    """Close with RST instead of FIN."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
