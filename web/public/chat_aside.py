"""Beside the lines of a chat: taking it along, saying who one is by a code, an e-mail, what was read."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from casework.chat_codes import CodeError, code_for_device, use
from casework.chat_mails import AddressError, leave_mail, note_read
from store.engine import writing
from store.tables import Channel
from web.forms import LARGEST_ID
from web.i18n import _, spoken
from web.office import AtWork, Office
from web.public.chat_page import answer_refused, chat_page, code_link
from web.public.pace import AtPace, address_of
from web.public.small_form import SmallForm
from web.public.visitor import ChatKey, KnownKey, by_script, is_framed, new_key, remember, signed
from web.told import told

router = APIRouter()
# ◦ from one address within a quarter of an hour; codes have 49 bits
CODES_TRIED, CODES_MADE, MAILS_LEFT = 20, 20, 20


@router.post("/chat/along")
def take_along(request: Request, office: AtWork, key: KnownKey, pace: AtPace) -> Response:
    """A code by which the conversation goes on at another device, for a quarter of an hour, once."""
    now = office.clock()
    if not pace.allows("code made", address_of(request), now, CODES_MADE):
        return answer_refused(request, office, key, 429, _("您试得太多了，请过十五分钟再试。"))
    with writing(office.engine) as session:
        code = code_for_device(session, key, now)
    if by_script(request):
        return JSONResponse({"code": code, "link": code_link(office, code)})
    return chat_page(request, office, key, code=code)


@router.post("/chat/code")
def enter_code(request: Request, office: AtWork, key: ChatKey, form: SmallForm, pace: AtPace) -> Response:
    """Go on with a conversation from another device, or be known as the contact whom sales gave the code."""
    own = key or new_key()
    if not pace.allows("code tried", address_of(request), office.clock(), CODES_TRIED):
        return answer_refused(request, office, own, 429, _("您试得太多了，请过十五分钟再试。"))
    try:
        with writing(office.engine) as session:
            opened = use(session, (form or {}).get("code", ""), Channel.WEBCHAT, own, office.clock())
    except CodeError as error:
        return answer_refused(request, office, own, 422, told(str(error)))
    if opened.conversation is None:
        notice = _("已确认，您好，%(name)s。", name=opened.contact_name)
    else:
        notice = _("已接上您在另一台设备上的对话。")
    return _goes_on(request, office, opened.conversation or own, notice)


@router.post("/chat/mail")
def leave(request: Request, office: AtWork, key: KnownKey, form: SmallForm, pace: AtPace) -> Response:
    """Where answers go that are not read here; an empty field takes it back."""
    now, typed = office.clock(), (form or {}).get("mail", "")
    if not pace.allows("mail", address_of(request), now, MAILS_LEFT):
        return answer_refused(request, office, key, 429, _("您试得太多了，请过十五分钟再试。"))
    try:
        with writing(office.engine) as session:
            leave_mail(session, key, typed, spoken(), now, office.policy)
    except AddressError as error:
        return answer_refused(request, office, key, 422, told(str(error)))
    minutes = int(office.policy.chat_mail_after.total_seconds() // 60)
    kept = _("已记下。%(minutes)d 分钟内没有在这里查看的答复，也会发到您的邮箱。", minutes=minutes)
    notice = kept if typed.strip() else _("已删除您的邮箱。")
    if by_script(request):
        return JSONResponse({"notice": notice})
    return chat_page(request, office, key, notice=notice)


@router.post("/chat/seen")
def seen(office: AtWork, key: KnownKey, form: SmallForm) -> Response:
    """The visitor has this line of ours before his eyes."""
    number = (form or {}).get("line", "")
    if not (number.isascii() and number.isdecimal() and len(number) <= 10 and int(number) <= LARGEST_ID):
        return Response(status_code=422)
    with writing(office.engine) as session:
        found = note_read(session, key, int(number), office.clock())
    return Response(status_code=204 if found else 404)


def _goes_on(request: Request, office: Office, key: str, notice: str) -> Response:
    if not by_script(request):
        return chat_page(request, office, key, notice=notice)
    answer = {"notice": notice, "reload": "yes"}
    if is_framed(request):
        answer["key"] = signed(office.policy, key)
    response = JSONResponse(answer)
    remember(request, response, office, key)
    return response
