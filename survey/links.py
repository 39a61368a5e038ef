"""The personal link of an invitation: made when its letter is sent, never kept anywhere."""

import hashlib

from sqlmodel import Session

from casework.policy import Policy
from casework.signing import signature
from casework.wording import Words, words
from store.tables import SurveyInvitation


def letter(session: Session, invitation: SurveyInvitation, policy: Policy) -> Words:
    """The letter with the invitation's link; made again it is the same, link included.

    From here on the link is recognised: the invitation keeps the hash of its token, nothing else. Commit
    before the letter leaves.
    """
    mark = token(policy, invitation.id or 0, invitation.version)
    invitation.token_hash = token_hash(mark)
    session.add(invitation)
    return words(
        "survey",
        invitation.language,
        company=policy.company,
        link=link(policy, mark),
        closes_at=invitation.expires_at,
        timezone=policy.timezone,
    )


def token(policy: Policy, invitation_id: int, version: int) -> str:
    """The secret part of a link: 128 bits that only the holder of SECRET_KEY can make."""
    return signature(policy, "survey", f"{invitation_id}.{version}")


def token_hash(mark: str) -> str:
    """What is kept of a token: enough to recognise it, useless for making the link."""
    return hashlib.sha256(mark.encode()).hexdigest()


def link(policy: Policy, mark: str) -> str:
    """The address of the answer page; from PUBLIC_URL alone, whatever Host a request claims."""
    return f"{policy.public_url.rstrip('/')}/survey/{mark}"
