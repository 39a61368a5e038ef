"""Sending mail over SMTP, one line kept open from letter to letter."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from bot.mail.compose import as_bytes, mail_address
from bot.sending import Letter, Sender, SendError
from intake.encryption import is_this_machine, tls_trouble, trusting
from intake.oauth import OAuth, TokenError
from intake.tokens import Tokens
from store.files import FileStore
from store.tables import OutgoingKind

TIMEOUT = 30.0  # seconds for each step of the conversation
AFTER_THE_DOT = 120.0  # servers look a mail through before they accept it
LETTERS_A_LINE = 100  # some servers hang up on those who never do

_FOR_GOOD = range(500, 600)
_ENHANCED = re.compile(r"\s*5\.(\d{1,3})\.\d{1,3}\b")  # RFC 3463
_NO_SUCH_ADDRESS = ("1", "2")  # the subject of its code: the address, the mailbox
_NOT_OUR_ADDRESS = "The mail server refuses our address as the sender: {}"
_NOT_THE_RECIPIENT = "The mail server refuses the recipient: {}"
_NOT_THE_MAIL = "The mail server refuses the mail: {}"
_NO_ANSWER = "The mail server does not answer as it should: {}"
_DOT = re.compile(rb"^\.", re.MULTILINE)

Reply = tuple[int, bytes]


@dataclass(frozen=True)
class SmtpAccount:
    """Where letters go out: `smtp(s)://user:password@host:port`, or by OAuth2 where the user's mailbox is."""

    url: str = field(repr=False)
    oauth: OAuth | None = None
    tokens: Tokens | None = None


class SmtpSender(Sender):
    """Speaks with the company's server."""

    def __init__(self, server: SmtpAccount, mail_from: str, company: str, files: FileStore) -> None:
        self._server = server
        self._mail_from = mail_from
        self._company = company
        self._files = files
        self._line: smtplib.SMTP | None = None
        self._letters = 0  # sent over this line

    def send(self, letter: Letter) -> None:
        """Hand the letter to the server; SendError says whether trying again makes sense."""
        raw = as_bytes(letter, self._mail_from, self._company, self._files)
        handed_over = False
        try:
            line = self._ready_line()
            self._say_envelope(line, letter)
            _expect(line.docmd("DATA"), 354, _NOT_THE_MAIL, for_good=True)
            assert line.sock is not None
            line.sock.settimeout(AFTER_THE_DOT)
            handed_over = True  # from here on the server may have it although we never hear so
            line.send(_DOT.sub(b"..", raw) + b".\r\n")
            _expect(line.getreply(), 250, _NOT_THE_MAIL, for_good=True)
            line.sock.settimeout(TIMEOUT)
            self._letters += 1
        except SendError:
            self.hang_up()
            raise
        except (smtplib.SMTPException, OSError) as problem:
            self.hang_up()
            sentence = _NO_ANSWER.format(problem)
            raise SendError(sentence, permanent=False, uncertain=handed_over) from problem

    def hang_up(self) -> None:
        """End the line, if one is open."""
        if self._line is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._line.quit()
            self._line.close()
        self._line, self._letters = None, 0

    def _ready_line(self) -> smtplib.SMTP:
        if self._line is not None and (self._letters >= LETTERS_A_LINE or not _is_alive(self._line)):
            self.hang_up()
        if self._line is None:
            self._line = connect(self._server, own_name=self._mail_from.rpartition("@")[2])
        return self._line

    def _say_envelope(self, line: smtplib.SMTP, letter: Letter) -> None:
        """MAIL and RCPT. A receipt goes out with the empty sender, so that its bounce answers nobody."""
        recipient = mail_address(letter.recipient).addr_spec
        options: tuple[str, ...] = ()
        if not recipient.isascii():
            if not line.has_extn("smtputf8"):
                raise SendError("Our mail server cannot write to addresses like this one.", permanent=True)
            options = ("SMTPUTF8",)
        reply = (0, b"")
        if letter.kind == OutgoingKind.ACKNOWLEDGEMENT:
            reply = line.mail("", options)
            if reply[0] != 250:  # 163 and QQ want an address here
                line.rset()
        if reply[0] != 250:
            _expect(line.mail(self._mail_from, options), 250, _NOT_OUR_ADDRESS)
        reply = line.docmd(f"RCPT TO:<{recipient}>")
        if reply[0] != 251:  # "will forward" is as good
            _expect(reply, 250, _NOT_THE_RECIPIENT, for_good=True)


def connect(to: SmtpAccount, own_name: str) -> smtplib.SMTP:
    """A line to the server, encrypted where it can be, and signed in.

    Raises SendError, never a permanent one: a letter is not to blame for what the server thinks of us.
    """
    server = urlsplit(to.url)
    host = server.hostname or ""
    context = trusting()
    line: smtplib.SMTP
    try:
        if server.scheme == "smtps":
            line = smtplib.SMTP_SSL(host, server.port or 465, own_name, timeout=TIMEOUT, context=context)
        else:
            line = smtplib.SMTP(host, server.port or 587, own_name, timeout=TIMEOUT)
    except ssl.SSLError as problem:
        raise SendError(tls_trouble(problem), permanent=False) from problem
    except (smtplib.SMTPException, OSError) as problem:
        raise SendError(f"The mail server cannot be reached: {_plain(problem)}", permanent=False) from problem
    try:
        line.ehlo_or_helo_if_needed()
        if server.scheme != "smtps" and line.has_extn("starttls"):
            line.starttls(context=context)
            line.ehlo_or_helo_if_needed()
        elif server.scheme != "smtps" and server.username and not is_this_machine(host):
            raise SendError(
                "The mail server offers no encryption, so it does not get our password; try smtps://.",
                permanent=False,
            )
        if server.username:
            _sign_in(line, to, unquote(server.username), unquote(server.password or ""))
    except ssl.SSLError as problem:
        line.close()
        raise SendError(tls_trouble(problem), permanent=False) from problem
    except (smtplib.SMTPException, OSError) as problem:
        line.close()
        refusal = "The mail server refuses us: {}"
        if isinstance(problem, smtplib.SMTPAuthenticationError):
            refusal = "The mail server refuses our user name or password: {}"
        raise SendError(refusal.format(_plain(problem)), permanent=False) from problem
    except TokenError as problem:
        line.close()
        raise SendError(str(problem), permanent=False) from problem
    except SendError:
        line.close()
        raise
    return line


def _sign_in(line: smtplib.SMTP, to: SmtpAccount, user: str, password: str) -> None:
    """By password, or by an access token; a token that is refused is replaced once."""
    if to.oauth is None or to.tokens is None:
        line.login(user, password)
        return
    token = to.tokens.access_token(user, to.oauth)
    try:
        _show_token(line, user, token)
    except smtplib.SMTPAuthenticationError:
        _show_token(line, user, to.tokens.access_token(user, to.oauth, refused=token))


def _show_token(line: smtplib.SMTP, user: str, token: str) -> None:
    def words(challenge: bytes | None = None) -> str:
        return f"user={user}\1auth=Bearer {token}\1\1" if challenge is None else ""

    line.auth("XOAUTH2", words)


def check_smtp(to: SmtpAccount, mail_from: str) -> Iterator[str]:
    """Yields a sentence for each thing that is right; SendError for the first that is not. Sends nothing."""
    with closing(connect(to, own_name=mail_from.rpartition("@")[2])) as line:
        if isinstance(line.sock, ssl.SSLSocket):
            yield "The mail server is reached, and the line is encrypted."
        else:
            yield "The mail server is reached, without encryption."
        if urlsplit(to.url).username:
            yield "We are signed in."
        try:
            _expect(line.mail(mail_from), 250, _NOT_OUR_ADDRESS)
            _expect(line.rcpt(mail_from), 250, _NOT_THE_RECIPIENT)
            line.rset()
        except (smtplib.SMTPException, OSError) as problem:
            raise SendError(_NO_ANSWER.format(problem), permanent=False) from problem
        yield f"The mail server takes mail from {mail_from} to {mail_from}."


def _is_alive(line: smtplib.SMTP) -> bool:
    try:
        return line.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _expect(reply: Reply, wanted: int, refusal: str, *, for_good: bool = False) -> None:
    """SendError unless the server gave the code we hoped for; `for_good`: its 5xx is about this letter."""
    code, words = reply
    if code == wanted:
        return
    text = words.decode("utf-8", "replace")
    enhanced = _ENHANCED.match(text)
    permanent = for_good and code in _FOR_GOOD
    names_the_address = enhanced is None or enhanced[1] in _NO_SUCH_ADDRESS
    raise SendError(
        refusal.format(f"{code} {' '.join(text.split())[:300]}"),
        permanent=permanent,
        no_such_address=permanent and refusal is _NOT_THE_RECIPIENT and names_the_address,
    )


def _plain(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPResponseException):
        words = problem.smtp_error
        text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        return f"{problem.smtp_code} {' '.join(text.split())[:300]}"
    return " ".join(str(problem).split())[:300] or type(problem).__name__
