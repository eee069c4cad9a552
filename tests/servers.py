"""Real servers for the tests: Dovecot, PostgreSQL, and where Chromium lies.

Each listens on loopback, on free ports, keeps all it has in a temporary folder of its
own, and is ended by its process id. Both servers refuse to serve as root, so root's
tests run them as `nobody` or `postgres`; anyone else's run them as that person.

    with Dovecot() as dovecot:
        dovecot.append(b"Subject: hello\\r\\n\\r\\n")
"""

import grp
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Self

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from imapclient import IMAPClient, SocketTimeout
from psycopg import sql

HOST = "127.0.0.1"
CHROMIUM_ARGS = [
    "--no-sandbox",  # needed as root; it only ever sees our own pages, on loopback
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NotInstalled(Exception):
    """The program is not on this machine; `make test` as root installs it."""


class DidNotStart(Exception):
    """The server ended or kept silent; its own log is in the message."""


# ---- where the programs are


def dovecot_path() -> Path | None:
    """Dovecot's program; Debian keeps it where only root's PATH looks."""
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
    return Path(found) if found else None


def postgres_path() -> Path | None:
    """The folder of the newest PostgreSQL's programs; Debian keeps them out of PATH."""
    found = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return max(found, key=lambda path: int(path.parts[-3])).parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).resolve().parent if elsewhere else None


def chromium_path() -> Path | None:
    """Chromium's program."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return Path(found) if found else None


# ---- what both servers need


def free_port() -> int:
    """A port nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def answers(port: int) -> bool:
    """Does anyone listen there?"""
    try:
        with socket.create_connection((HOST, port), timeout=1):
            return True
    except OSError:
        return False


class Server:
    """A program in its own folder, run as a user it agrees to serve as."""

    preferred_users: Sequence[str] = ("nobody",)

    def __init__(self) -> None:
        self.user, self.group = self._whom()
        # Not pytest's tmp_path: its parents are closed to every other user.
        self.folder = Path(tempfile.mkdtemp(prefix=f"{type(self).__name__.lower()}-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._hand_over(self.folder)

    def __enter__(self) -> Self:
        try:
            self.prepare()
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def prepare(self) -> None:
        """Whatever must be there before the first start."""
        raise NotImplementedError

    def command(self) -> Sequence[str]:
        """The program and its words, in the foreground."""
        raise NotImplementedError

    def ready(self) -> bool:
        """Does it serve yet?"""
        raise NotImplementedError

    def start(self) -> None:
        """Start it, again on the same ports, and wait until it serves."""
        with (self.folder / "output.log").open("ab") as output:
            self._process = self._popen(self.command(), output)
        deadline = time.monotonic() + 30
        while not self.ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise DidNotStart(self.log())
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it by its process id; what it stored stays for the next start."""
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def close(self) -> None:
        """End it and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self) -> str:
        """All it has said."""
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in logs)

    def _whom(self) -> tuple[str, str]:
        known = {user.pw_name for user in pwd.getpwall()}
        name = pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            name = next(user for user in self.preferred_users if user in known)
        return name, grp.getgrgid(pwd.getpwnam(name).pw_gid).gr_name

    def _hand_over(self, path: Path) -> None:
        if os.getuid() == 0:
            shutil.chown(path, self.user, self.group)

    def _popen(self, command: Sequence[str], output: object = None) -> subprocess.Popen[bytes]:
        as_whom = {"user": self.user, "group": self.group, "extra_groups": []}
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(self.folder)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **(as_whom if os.getuid() == 0 else {}),
        )


# ---- mail


@dataclass(frozen=True, slots=True)
class Account:
    """One mailbox on the server, and what a test does to it."""

    username: str
    password: str
    host: str
    imaps_port: int
    imap_port: int
    ca_file: Path
    maildir: Path

    @contextmanager
    def signed_in(self) -> Iterator[IMAPClient]:
        """A connection over TLS, for whatever the methods below do not do."""
        tls = ssl.create_default_context(cafile=str(self.ca_file))
        client = IMAPClient(
            self.host, port=self.imaps_port, ssl_context=tls, timeout=SocketTimeout(5, 20)
        )
        try:
            client.login(self.username, self.password)
            yield client
        finally:
            client.logout()

    def append(
        self,
        content: bytes,
        folder: str = "INBOX",
        when: datetime | None = None,
        flags: Sequence[str] = (),
    ) -> int:
        """Put a message there as if it had arrived at that time; returns its UID."""
        return self.append_all([content], folder, when, flags)[0]

    def append_all(
        self,
        contents: Sequence[bytes],
        folder: str = "INBOX",
        when: datetime | None = None,
        flags: Sequence[str] = (),
    ) -> list[int]:
        """The same for many, over one connection."""
        with self.signed_in() as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            said = [client.append(folder, content, flags, when) for content in contents]
        return [int(re.findall(rb"APPENDUID \d+ (\d+)", line)[0]) for line in said]

    def uids(self, folder: str = "INBOX") -> list[int]:
        """The UIDs of what is there."""
        return list(self.flags(folder))

    def flags(self, folder: str = "INBOX") -> dict[int, set[str]]:
        """The flags of each message, so that a test can see that ours changed none."""
        with self.signed_in() as client:
            client.select_folder(folder, readonly=True)
            found = client.get_flags(client.search("ALL"))
        # \\Recent belongs to the session, not to the message.
        names = {uid: {flag.decode() for flag in flags} for uid, flags in sorted(found.items())}
        return {uid: flags - {"\\Recent"} for uid, flags in names.items()}

    def content(self, uid: int, folder: str = "INBOX") -> bytes:
        """One message's bytes."""
        with self.signed_in() as client:
            client.select_folder(folder, readonly=True)
            body: bytes = client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]
        return body

    def uid_validity(self, folder: str = "INBOX") -> int:
        """The number that changes when UIDs are given out anew."""
        with self.signed_in() as client:
            status: int = client.folder_status(folder, ["UIDVALIDITY"])[b"UIDVALIDITY"]
        return status

    def recreate_folder(self, folder: str = "INBOX", keep_mail: bool = False) -> int:
        """Make the folder anew: UIDs start at 1 under a new UIDVALIDITY, which is returned.

        INBOX cannot be deleted over IMAP, so its files are. With keep_mail the same messages
        are there again, as after a mailbox was restored or moved to another server.
        """
        before = self.uid_validity(folder)
        place = self.maildir if folder == "INBOX" else self.maildir / f".{folder}"
        now = before
        while now == before:
            for path in [*place.glob("dovecot-uidlist*"), *place.glob("dovecot.index*")]:
                path.unlink()
            if not keep_mail:
                for path in [*place.glob("cur/*"), *place.glob("new/*")]:
                    path.unlink()
            now = self.uid_validity(folder)
        return now


class Dovecot(Server):
    """An IMAP server: `imaps_port` speaks TLS at once, `imap_port` after STARTTLS.

    Its certificate is for localhost and 127.0.0.1, signed by a CA of its own (`ca_file`).
    Every user name has the same password and, from first use, an empty mailbox of its own:
    `account("name")`. The methods of an account can be called on the server itself; they
    are then about the user `tscp`.
    """

    host = HOST
    username = "tscp"
    password = "correct-horse"

    def __init__(self) -> None:
        self.program = dovecot_path()
        if self.program is None:
            raise NotInstalled("Dovecot (dovecot-imapd)")
        super().__init__()
        self.imap_port, self.imaps_port = free_port(), free_port()
        self.ca_file = self.folder / "ca.pem"
        mine = self.account(self.username)
        self.signed_in, self.append, self.append_all = mine.signed_in, mine.append, mine.append_all
        self.uids, self.flags, self.content = mine.uids, mine.flags, mine.content
        self.uid_validity, self.recreate_folder = mine.uid_validity, mine.recreate_folder

    def account(self, username: str | None = None) -> Account:
        """One user's mailbox; without a name, that of a user nobody has used yet."""
        username = username or f"tscp-{secrets.token_hex(4)}"
        return Account(
            username=username,
            password=self.password,
            host=self.host,
            imaps_port=self.imaps_port,
            imap_port=self.imap_port,
            ca_file=self.ca_file,
            maildir=self.folder / "mail" / username,
        )

    def prepare(self) -> None:
        """Certificates and settings."""
        make_certificates(self.folder)
        written = self.folder / "dovecot.conf"
        written.write_text(self.settings(), encoding="utf-8")
        for path in (*self.folder.glob("*.pem"), *self.folder.glob("*.key"), written):
            self._hand_over(path)

    def settings(self) -> str:
        """The settings in the words of the version installed: 2.4 renamed most of them."""
        said = subprocess.run(
            [str(self.program), "--version"], capture_output=True, text=True, check=True
        ).stdout
        old = said.startswith(("2.2", "2.3"))
        return ((DOVECOT_2_3 if old else DOVECOT_2_4) + DOVECOT).format(
            dir=self.folder,
            user=self.user,
            group=self.group,
            imap=self.imap_port,
            imaps=self.imaps_port,
            password=self.password,
        )

    def command(self) -> Sequence[str]:
        """In the foreground."""
        return [str(self.program), "-F", "-c", str(self.folder / "dovecot.conf")]

    def ready(self) -> bool:
        """On both ports."""
        return answers(self.imaps_port) and answers(self.imap_port)


DOVECOT_2_3 = """
protocols = imap
mail_location = maildir:{dir}/mail/%u
ssl_cert = <{dir}/server.pem
ssl_key = <{dir}/server.key
disable_plaintext_auth = no
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={dir}/mail/%u
}}
"""

DOVECOT_2_4 = """dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
protocols {{
  imap = yes
}}
mail_driver = maildir
mail_path = {dir}/mail/%{{user}}
ssl_server_cert_file = {dir}/server.pem
ssl_server_key_file = {dir}/server.key
auth_allow_cleartext = yes
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {user}
    gid = {group}
    home = {dir}/mail/%{{user}}
  }}
}}
"""

DOVECOT = """listen = 127.0.0.1
base_dir = {dir}/run
state_dir = {dir}/state
log_path = {dir}/dovecot.log
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_fsync = never
mail_max_userip_connections = 200
ssl = yes
auth_mechanisms = plain login
auth_failure_delay = 0
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
"""


def make_certificates(folder: Path) -> None:
    """A CA of our own (ca.pem) and a certificate it signed (server.pem, server.key)."""
    authority = ec.generate_private_key(ec.SECP256R1())
    ours = _name("TSCP tests CA")
    ca = (
        _certificate(ours, ours, authority.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(authority, hashes.SHA256())
    )
    key = ec.generate_private_key(ec.SECP256R1())
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address(HOST))]
    server = (
        _certificate(_name("localhost"), ours, key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()),
            critical=False,
        )
        .sign(authority, hashes.SHA256())
    )
    (folder / "ca.pem").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    (folder / "server.pem").write_bytes(server.public_bytes(serialization.Encoding.PEM))
    (folder / "server.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


# ---- databases


class Postgres(Server):
    """A PostgreSQL server that trusts everyone on loopback; its one user is `tscp`.

    It does not fsync: the tests kill our processes, not the machine.
    """

    preferred_users = ("postgres", "nobody")

    def __init__(self) -> None:
        found = postgres_path()
        if found is None:
            raise NotInstalled("PostgreSQL (postgresql)")
        self.programs = found
        super().__init__()
        self.port = free_port()

    def prepare(self) -> None:
        """A cluster of its own, the same whatever this machine's language is."""
        words = ["-D", "data", "-U", "tscp", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        command = [str(self.programs / "initdb"), *words, "--no-sync"]
        with (self.folder / "initdb.log").open("wb") as output:
            if self._popen(command, output).wait(120) != 0:
                raise DidNotStart(self.log())

    def command(self) -> Sequence[str]:
        """In the foreground, TCP only: a socket's path must be short, and this one may not be."""
        settings = {
            "port": self.port,
            "listen_addresses": HOST,
            "unix_socket_directories": "",
            "fsync": "off",
            "max_connections": 200,
        }
        words = [f"--{name}={value}" for name, value in settings.items()]
        return [str(self.programs / "postgres"), "-D", str(self.folder / "data"), *words]

    def ready(self) -> bool:
        """Only when it takes commands: it listens before that."""
        try:
            with self._administrator():
                return True
        except psycopg.OperationalError:
            return False

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT ends it and its connections; SIGQUIT is a crash it recovers from."""
        super().stop(how)

    def create_database(self) -> str:
        """An empty database; returns its address for SQLAlchemy."""
        name = f"tscp_{secrets.token_hex(6)}"
        self._run("CREATE DATABASE {}", name)
        return f"postgresql+psycopg://tscp@{HOST}:{self.port}/{name}"

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", url.rpartition("/")[2])

    def _run(self, command: str, name: str) -> None:
        with self._administrator() as connection:
            connection.execute(sql.SQL(command).format(sql.Identifier(name)))

    def _administrator(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=HOST, port=self.port, user="tscp", dbname="postgres", autocommit=True
        )


def wait_until(true: Callable[[], bool], seconds: float = 10) -> None:
    """For what another process does in its own time; fails loudly when it does not."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds} seconds")
        time.sleep(0.02)
