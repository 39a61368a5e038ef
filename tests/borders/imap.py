"""The mailbox that customers write to, on two real mail servers: pymap (quick, in a thread) and Dovecot."""

import asyncio
import grp
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from imapclient import IMAPClient
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer
from pysasl.hashing import Cleartext

from tests.borders.certificates import Certificate
from tests.borders.loop import LoopThread

USER, PASSWORD = "sales", "invented"
DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


class MailServer(ABC):
    """`with ImapServer() as mail:` and give `mail.url` to the program; the rest is for the test.

    What the test does, it does as a mail client of its own, on a connection of its own.
    """

    port: int

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._start(stack)
            self._closing = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    @abstractmethod
    def _start(self, stack: ExitStack) -> None:
        """Listen on `self.port`, with an empty INBOX; what ends it goes on the stack."""

    @property
    def url(self) -> str:
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    @contextmanager
    def client(self, folder: str | None = "INBOX", *, readonly: bool = False) -> Iterator[IMAPClient]:
        """Somebody else's mail program on the same account, signed in, with the folder selected."""
        with IMAPClient("127.0.0.1", self.port, ssl=False, timeout=30) as client:
            client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or APPEND waits 40 ms
            client.login(USER, PASSWORD)
            if folder:
                client.select_folder(folder, readonly)
            yield client

    def append(
        self,
        raw: bytes,
        *,
        flags: Sequence[str] = (),
        internaldate: datetime | None = None,
        folder: str = "INBOX",
    ) -> int:
        """A mail arrives; gives its UID."""
        with self.client(None) as client:
            answer = client.append(folder, raw, flags, internaldate)
        found = re.search(rb"APPENDUID \d+ (\d+)", answer)
        assert found, answer
        return int(found[1])

    def append_many(self, mails: Iterable[bytes], folder: str = "INBOX") -> None:
        """Mails arrive one after the other."""
        with self.client(None) as client:
            for raw in mails:
                client.append(folder, raw)

    def uids(self, folder: str = "INBOX") -> list[int]:
        with self.client(folder, readonly=True) as client:
            return sorted(client.search())

    def flags(self, uid: int, folder: str = "INBOX") -> set[str]:
        """The mail's flags, such as `\\Seen`; `\\Recent`, which says nothing, is left out."""
        with self.client(folder, readonly=True) as client:
            flags = client.fetch([uid], ["FLAGS"])[uid][b"FLAGS"]
        return {flag.decode() for flag in flags} - {r"\Recent"}

    def uidvalidity(self, folder: str = "INBOX") -> int:
        with self.client(None) as client:
            return int(client.folder_status(folder, ["UIDVALIDITY"])[b"UIDVALIDITY"])

    @abstractmethod
    def renew_uidvalidity(self) -> None:
        """The same mails stand in the INBOX under a new UIDVALIDITY, as after a restored backup."""


class ImapServer(MailServer):
    """pymap: up in a few milliseconds; knows IDLE, MOVE and UIDPLUS; gone when the block ends.

    With a certificate it offers STARTTLS, or, `secure`, speaks TLS from the first byte.
    """

    def __init__(self, certificate: Certificate | None = None, *, secure: bool = False) -> None:
        self._certificate, self._secure = certificate, secure

    def _start(self, stack: ExitStack) -> None:
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        thread = stack.enter_context(LoopThread())
        server = thread.run(self._listen())
        stack.callback(lambda: thread.run(self._close(server)))
        self.port = server.sockets[0].getsockname()[1]
        self._thread = thread

    def drop_connections(self) -> None:
        """Every client loses its line, in the middle of whatever it did."""
        self._thread.run(self._drop())

    def renew_uidvalidity(self) -> None:
        with self.client(None) as client:
            client.rename_folder("INBOX", "before")
            client.select_folder("before")
            if uids := client.search():
                client.copy(uids, "INBOX")
            client.close_folder()
            client.delete_folder("before")

    async def _listen(self) -> asyncio.Server:
        certificate = self._certificate
        unused = dict.fromkeys(("host", "port", "passlib_cfg", "proxy_protocol"))
        args = Namespace(
            debug=False,
            tls=certificate is not None and not self._secure,
            cert=certificate and str(certificate.chain),
            key=certificate and str(certificate.key),
            demo_data=False,
            demo_user=USER,
            demo_password=PASSWORD,
            **unused,
        )
        backend, config = await DictBackend.init(args, hash_context=Cleartext())
        imap = IMAPServer(backend.login, config)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            config.apply_context()
            await imap(reader, writer, SocketInfo.get(writer, None))

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # asyncio itself keeps only a weak reference: from 3.13 on the conversation would be collected
            task = asyncio.get_running_loop().create_task(serve(reader, writer))
            self._connections[task] = writer
            task.add_done_callback(self._connections.pop)

        return await asyncio.start_server(
            connected, "127.0.0.1", 0, ssl=config.ssl_context if self._secure else None
        )

    async def _drop(self) -> None:
        tasks = list(self._connections)
        for task in tasks:
            self._connections[task].transport.abort()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _close(self, server: asyncio.Server) -> None:
        server.close()
        await self._drop()


class DovecotServer(MailServer):
    """Dovecot, from a configuration and a mail folder of its own that are gone when the block ends."""

    def _start(self, stack: ExitStack) -> None:
        assert DOVECOT, "dovecot is not installed"
        home = Path(tempfile.mkdtemp(prefix="dovecot-", dir="/tmp"))  # its sockets allow no long names
        stack.callback(shutil.rmtree, home)
        self.port = _free_port()
        self._config = home / "dovecot.conf"
        self._config.write_text(_dovecot_config(home, self.port))
        server = subprocess.Popen([DOVECOT, "-F", "-c", self._config])
        stack.callback(server.wait)
        stack.callback(server.terminate)
        _wait_for_greeting(self.port)

    def renew_uidvalidity(self) -> None:
        update = ["mailbox", "update", "-u", USER, "--uid-validity", str(self.uidvalidity() + 1), "INBOX"]
        subprocess.run(["doveadm", "-c", self._config, *update], check=True)


def _dovecot_config(home: Path, port: int) -> str:
    me = pwd.getpwuid(os.getuid())
    mail_user = pwd.getpwnam("nobody") if me.pw_uid == 0 else me  # Dovecot refuses to read mail as root
    group = grp.getgrgid(me.pw_gid).gr_name
    without_root = f"""
default_internal_user = {me.pw_name}
default_internal_group = {group}
default_login_user = {me.pw_name}
"""
    (home / "mail").mkdir()
    home.chmod(0o755)
    os.chown(home / "mail", mail_user.pw_uid, mail_user.pw_gid)
    return f"""
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
{without_root if me.pw_uid else ""}
first_valid_uid = 1
mail_location = maildir:{home}/mail
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={mail_user.pw_uid} gid={mail_user.pw_gid} home={home}/mail
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_greeting(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
                assert line.recv(4) == b"* OK"
                return
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
