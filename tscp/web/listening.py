"""The desk's address: taken at the start, or as soon as the service that has it lets it go."""

from __future__ import annotations

import errno
import socket
import threading
from typing import TYPE_CHECKING

import structlog

from triage.problem import Explained
from tscp.acts.desk import Desk

if TYPE_CHECKING:
    import uvicorn

log = structlog.get_logger()

TRY_AGAIN_SECONDS = 1.0
LAST_PORT = 65535


class ListenWrong(Explained):
    """The desk cannot listen where the settings say."""


class Standing:
    """Serves the desk in a thread of its own, beside the jobs.

    Where another service has the address, it stands by until that one has ended.
    """

    def __init__(self, desk: Desk, listen: str, base_url: str) -> None:
        self._desk, self._listen, self._base_url = desk, listen, base_url
        self._server: uvicorn.Server | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="desk", daemon=True)
        self._socket = self._bound()
        if self._socket is None:
            log.warning("desk_address_in_use")

    def start(self) -> None:
        """Begins to serve, or to stand by; again where a fault has ended its thread."""
        if not self._thread.is_alive():
            self._thread = threading.Thread(target=self._serve, name="desk", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """What is being answered is answered to its end, nothing else is."""
        self._ended.set()
        if self._server is not None:
            self._server.should_exit = True

    def is_alive(self) -> bool:
        """Whether it still serves or stands by."""
        return self._thread.is_alive()

    def _bound(self) -> socket.socket | None:
        try:
            return bound(self._listen)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return None
            raise _wrong(self._listen, error.strerror or "no such address") from None

    def _serve(self) -> None:
        # Only here: the jobs need not wait for the web framework to be loaded.
        from tscp.web.serving import server

        while self._socket is None:
            if self._ended.wait(TRY_AGAIN_SECONDS):
                return
            self._socket = self._bound()
        taken, self._socket = self._socket, None
        with taken:
            self._server = server(self._desk, self._listen, self._base_url)
            if not self._ended.is_set():
                log.info("desk_served")
                self._server.run(sockets=[taken])


def bound(listen: str) -> socket.socket:
    """A socket at 'host:port', which nobody else can have. Raises OSError."""
    host, _, port = listen.rpartition(":")
    if int(port) > LAST_PORT:  # getaddrinfo would begin again at 0
        raise OSError(errno.EADDRNOTAVAIL, "no such port")
    family, kind, protocol, _, address = socket.getaddrinfo(
        host.strip("[]"), int(port), type=socket.SOCK_STREAM
    )[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(128)
    except BaseException:
        made.close()
        raise
    return made


def _wrong(listen: str, why: str) -> ListenWrong:
    return ListenWrong(
        f"web.listen: the desk cannot listen on {listen} ({why}): name an address of this "
        "machine and a port that is free, such as 127.0.0.1:8080"
    )
