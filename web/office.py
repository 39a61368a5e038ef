"""What every page may use: the database, the files, the rules, the time, and who to wake."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from jinja2 import Environment
from sqlalchemy import Engine
from starlette.requests import HTTPConnection

from casework.policy import Policy
from intake.telegram import Webhook
from intake.wecom import Wecom
from store.files import FileStore
from survey.answering.remarks import Reads


@dataclass(frozen=True)
class Office:
    """Made once by `create_app`; a route asks for it as `office: AtWork`."""

    engine: Engine
    files: FileStore
    policy: Policy
    templates: Environment
    demo: bool
    secure_cookies: bool
    chat_origins: tuple[str, ...]  # sites that may show the chat in a frame
    on_incoming: Callable[[], None]
    reader: Callable[[], Reads]  # of what customers remark in surveys
    clock: Callable[[], datetime]
    wecom: Wecom | None  # the customer service account whose callbacks come here
    telegram: Webhook | None  # the bot whose updates come here


async def office_of(connection: HTTPConnection) -> Office:
    """The office of the program that answers this request."""
    office = connection.app.state.office
    assert isinstance(office, Office)
    return office


AtWork = Annotated[Office, Depends(office_of)]
