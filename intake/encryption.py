"""What a line to a mail server must be before a password goes over it, to read or to send."""

import ssl
from contextlib import suppress
from ipaddress import ip_address


def trusting(authority: str = "") -> ssl.SSLContext:
    """Checks certificates and host names, by the system's authorities and by the one in this PEM file."""
    context = ssl.create_default_context()
    if authority:
        context.load_verify_locations(authority)
    return context


def is_this_machine(host: str) -> bool:
    """Whether what we say to this host never leaves the machine."""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def tls_trouble(problem: ssl.SSLError) -> str:
    """Why no encrypted line came about, in a sentence."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"The server's certificate is not to be trusted: {problem.verify_message}"
    return f"No encrypted line to the server comes about: {problem.reason or type(problem).__name__}"
