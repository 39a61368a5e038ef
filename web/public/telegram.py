"""Telegram's webhook: what it brings is committed as it came; `bot/telegram` takes it from there."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import PlainTextResponse, Response

from intake.telegram import HEADER, Webhook
from store.crashpoints import crashpoint
from store.engine import writing
from store.telegram import add_update
from web.office import AtWork

router = APIRouter()
LARGEST = 1024 * 1024  # the longest text with all its marks has less than a tenth of it
LARGEST_NUMBER = 2**63 - 1


async def our_webhook(request: Request, office: AtWork) -> Webhook:
    """The bot of the settings, if Telegram is at the door; without a webhook there is no such page."""
    if office.telegram is None:
        raise HTTPException(404)
    if not office.telegram.is_telegrams(request.headers.get(HEADER, "")):
        raise HTTPException(403)
    return office.telegram


OurWebhook = Annotated[Webhook, Depends(our_webhook)]


async def small_body(request: Request, _: OurWebhook) -> bytes | None:
    """The request's body, not touched before we know who sends it; None if no update is that large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


@router.post("/telegram")
def take_update(
    office: AtWork, webhook: OurWebhook, body: Annotated[bytes | None, Depends(small_body)]
) -> Response:
    """Lay the update down. Telegram brings it again until it hears that we have it."""
    if body is None:
        return PlainTextResponse("Too large for an update.", 413)
    try:
        raw = body.decode()
        update_id = _number_of(json.loads(raw))
    except (ValueError, RecursionError):
        return PlainTextResponse("This is no update.", 400)
    with writing(office.engine) as session:
        add_update(session, webhook.name, update_id, raw)
    crashpoint("update_laid_down")
    return Response()


def _number_of(update: object) -> int:
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= LARGEST_NUMBER:
        raise ValueError("no update_id")
    return number
