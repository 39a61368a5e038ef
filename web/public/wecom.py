"""WeCom's callback: it tells that a customer wrote; what was written is fetched by `bot/wecom`."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import PlainTextResponse, Response

from intake.flat_xml import NoFlatXmlError, read_flat_xml
from intake.wecom import ForgedError, Wecom, sealed_at, unseal
from store.engine import writing
from store.wecom import ring
from web.office import AtWork

router = APIRouter()
LARGEST = 16 * 1024  # a callback has less than 1 KB
LONGEST_TOKEN = 128  # bytes, as published
MESSAGES = "kf_msg_or_event"


def our_account(office: AtWork) -> Wecom:
    """The account of the settings; without one there is no such page."""
    if office.wecom is None:
        raise HTTPException(404)
    return office.wecom


OurAccount = Annotated[Wecom, Depends(our_account)]


@router.get("/wecom/callback")
def verify(request: Request, office: AtWork, account: OurAccount) -> Response:
    """WeCom asks, when the address is set there, whether we have its keys: we open what it sealed."""
    try:
        return PlainTextResponse(_unsealed(request, office, account, request.query_params.get("echostr", "")))
    except ForgedError as problem:
        return PlainTextResponse(str(problem), 403)


async def small_body(request: Request) -> str | None:
    """The request's body as text; None if it is larger than a callback can be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return body.decode(errors="replace")


@router.post("/wecom/callback")
def ring_the_bell(
    request: Request,
    office: AtWork,
    account: OurAccount,
    body: Annotated[str | None, Depends(small_body)],
) -> Response:
    """A customer wrote: keep the token to fetch it with, which whoever listens looks for."""
    if body is None:
        return PlainTextResponse("Too large for a callback.", 413)
    try:
        sealed = read_flat_xml(body).get("Encrypt", "")
        told = read_flat_xml(_unsealed(request, office, account, sealed))
    except NoFlatXmlError as problem:
        return PlainTextResponse(str(problem), 400)
    except ForgedError as problem:
        return PlainTextResponse(str(problem), 403)
    # Whatever else WeCom tells is acknowledged, too: otherwise it would only be told again.
    if told.get("Event") == MESSAGES and told.get("OpenKfId", account.open_kfid) == account.open_kfid:
        pull_token = told.get("Token", "")
        with writing(office.engine) as session:
            at = sealed_at(request.query_params["timestamp"])
            ring(session, account.name, pull_token if len(pull_token) <= LONGEST_TOKEN else "", at)
    return PlainTextResponse("success")


def _unsealed(request: Request, office: AtWork, account: Wecom, sealed: str) -> str:
    signature, timestamp, nonce = (
        request.query_params.get(name, "") for name in ("msg_signature", "timestamp", "nonce")
    )
    return unseal(account, sealed, signature, timestamp, nonce, office.clock())
