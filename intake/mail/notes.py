"""What staff should know about a mail that its words do not say."""

from intake.mail.mime import ENVELOPES, Part

ENCRYPTED = "The mail is encrypted and cannot be read here; it is kept as it came."
PACKED = (
    "Outlook packed the mail's files into winmail.dat, which only Outlook opens; ask for them as plain files."
)
_PACKED_TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")


def note_on(mail: Part, text: str) -> str | None:
    """A sentence for staff, None when the words and files say everything."""
    if text.startswith("-----BEGIN PGP MESSAGE-----") or any(map(_is_encrypted, mail.walk())):
        return ENCRYPTED
    return PACKED if any(part.type in _PACKED_TYPES for part in mail.walk()) else None


def _is_encrypted(part: Part) -> bool:
    """Beside encrypted mail, an envelope may hold a signed letter, or certificates and no letter at all."""
    if part.type in ENVELOPES:
        kind = part.parameters.get("smime-type", b"").lower()
        return not part.children and kind in (b"", b"enveloped-data", b"authenveloped-data")
    return part.type == "multipart/encrypted"
