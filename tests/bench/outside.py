"""A mail server and an SMS provider that take everything at once: ``outside.py MAIL_PORT TEXT_PORT``."""

import asyncio
import contextlib
import sys

_REPLIES = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


async def mail(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say yes to one SMTP conversation."""
    writer.write(b"220 here\r\n")
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        while command := (await reader.readline())[:4].upper():
            writer.write(_REPLIES.get(command, b"250 yes\r\n"))
            if command == b"DATA":
                await reader.readuntil(b"\r\n.\r\n")
                writer.write(b"250 taken\r\n")
            if command == b"QUIT":
                break
    writer.close()


async def texts(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take one message or call."""
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(head.partition(b"content-length:")[2].split(b"\r\n")[0]))
        body = b'{"sid": "SM0", "status": "queued"}'
        writer.write(
            b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nConnection: close\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        )
    writer.close()


async def main(mail_port: int, text_port: int) -> None:
    """Serve both until stopped."""
    servers = [
        await asyncio.start_server(mail, "127.0.0.1", mail_port),
        await asyncio.start_server(texts, "127.0.0.1", text_port),
    ]
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
