"""The page of a chat, and the pieces of it that the script puts in place."""

from uuid import uuid4

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from sqlmodel import Session

from casework.calendar_days import working_days
from casework.chat_mails import mail_of, read_up_to
from nlp.reading import Kind
from store.engine import reading
from survey.answering.by_buttons import Shown
from web.office import Office
from web.pages import page, render
from web.public.chat_files import ACCEPTED, LARGEST_FILE, LARGEST_LINE, MOST_FILES
from web.public.conversation import Conversation, conversation
from web.public.visitor import by_script, is_framed, remember, signed

TEXT_LENGTH = 4000
NAME_LENGTH = 60


def chat_page(
    request: Request,
    office: Office,
    key: str,
    *,
    status: int = 200,
    problem: str = "",
    notice: str = "",
    code: str = "",
    text: str = "",
    shown: Shown | None = None,
    framed: bool = False,
) -> Response:
    """The whole page. For a frame it comes without lines: its script fetches them by its key."""
    with reading(office.engine) as session:
        current = Conversation(())
        if not framed:
            current = conversation(session, key, office.clock(), office.policy)
        mail, read = mail_of(session, key), read_up_to(session, key)
        at_work = _at_work(session, office)
    response = page(
        request,
        "public/chat.html",
        status=status,
        conversation=current.showing(shown) if shown else current,
        first_reply=office.policy.reply_targets(Kind.INQUIRY).first_reply,
        number=new_number(),
        problem=problem,
        notice=notice,
        code=code,
        code_link=code_link(office, code) if code else "",
        text=text,
        text_length=TEXT_LENGTH,
        name_length=NAME_LENGTH,
        accepted=ACCEPTED,
        most_files=MOST_FILES,
        largest_file=LARGEST_FILE,
        largest_line=LARGEST_LINE,
        mail=mail or "",
        read=read,
        at_work=at_work,
        opens=office.policy.opens.strftime("%H:%M"),
        closes=office.policy.closes.strftime("%H:%M"),
        framed_key=signed(office.policy, key) if framed else "",
    )
    if not framed:
        remember(request, response, office, key)
    return response


def answer_refused(
    request: Request, office: Office, key: str, status: int, problem: str, text: str = ""
) -> Response:
    """What is wrong in one sentence; the words stay in the field."""
    if not by_script(request):
        return chat_page(request, office, key, status=status, problem=problem, text=text)
    told = {"problem": problem}
    if is_framed(request) and status == 403:
        told["key"] = signed(office.policy, key)
    response = JSONResponse(told, status)
    remember(request, response, office, key)
    return response


def as_it_stands(office: Office, key: str) -> Conversation:
    """All that the visitor with this key may see, as it is now."""
    with reading(office.engine) as session:
        return conversation(session, key, office.clock(), office.policy)


def pieces(office: Office, current: Conversation, shown: Conversation) -> str:
    """The lines that are new or have changed, as they stand in the page."""
    fresh = [line for line in current.lines if line not in shown.lines]
    return render(office.templates, "public/lines.html", office.clock(), lines=fresh)


def code_link(office: Office, code: str) -> str:
    """Browsers keep what stands behind # to themselves: no server, log or proxy sees the code."""
    return f"{office.policy.public_url}/chat#code={code}"


def new_number() -> str:
    """Of the next line, so that it is kept once however often it is sent."""
    return str(uuid4())


def _at_work(session: Session, office: Office) -> bool:
    """Whether somebody is likely to answer soon: within the working hours of the site."""
    here = office.clock().astimezone(office.policy.timezone)
    days = working_days(session, office.policy, here.date())
    return days.is_worked(here.date()) and office.policy.opens <= here.time() < office.policy.closes
