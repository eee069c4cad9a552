"""Where the desk listens: refused with a sentence where it cannot, stood by where it is taken."""

from __future__ import annotations

import errno
import socket

import pytest

from tscp.acts.desk import Desk
from tscp.web.listening import ListenWrong, Standing, bound


def test_where_it_cannot_listen_is_said_in_a_sentence(desk: Desk) -> None:
    for listen in ("192.0.2.1:8080", "127.0.0.1:99999", "no-such-host.invalid:80"):
        with pytest.raises(ListenWrong, match=f"web.listen: the desk cannot listen on {listen}"):
            Standing(desk, listen, "")


def test_an_address_is_one_services_and_free_as_soon_as_that_lets_it_go() -> None:
    with bound("127.0.0.1:0") as first:
        listen = f"127.0.0.1:{first.getsockname()[1]}"
        with (
            socket.create_connection(first.getsockname()),
            pytest.raises(OSError, match="in use") as taken,
        ):
            bound(listen)
        assert taken.value.errno == errno.EADDRINUSE
    bound(listen).close()
