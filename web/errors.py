"""When something cannot be done: a page that says what happened and what to do next."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from casework.rights import NotAllowed
from web.i18n import _
from web.pages import page
from web.signed_in import SIGN_IN, NotSignedIn, way_back
from web.told import told


def error_page(request: Request, status: int, detail: str = "") -> Response:
    """The page for a status; `detail` is a sentence of ours, shown as it is."""
    title, advice = _words(status)
    return page(request, "error.html", status=status, code=status, title=title, advice=detail or advice)


def answer_errors(app: FastAPI) -> None:
    """Every error the routes raise becomes one of our pages."""

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        ours = error.detail if isinstance(error, Refusal) else ""
        return error_page(request, error.status_code, ours)

    @app.exception_handler(RequestValidationError)
    async def misunderstood(request: Request, error: RequestValidationError) -> Response:
        in_address = any(problem["loc"][0] == "path" for problem in error.errors())
        return error_page(request, 404 if in_address else 422)

    @app.exception_handler(NotAllowed)
    async def not_allowed(request: Request, error: NotAllowed) -> Response:
        return error_page(request, 403, told(str(error)))

    @app.exception_handler(NotSignedIn)
    async def sent_to_sign_in(request: Request, _error: NotSignedIn) -> Response:
        address = f"{SIGN_IN}?next={way_back(request)}"
        if request.headers.get("hx-request"):
            # A redirect would be followed inside the page and swap the form into the queue.
            return Response(status_code=204, headers={"HX-Redirect": address})
        return RedirectResponse(address, 303)


class Refusal(HTTPException):
    """What was asked cannot be done; `detail` is one translated sentence that says why and what next."""

    detail: str


def _words(status: int) -> tuple[str, str]:
    return {
        403: (_("不能这样做"), _("您没有查看或修改这项内容的权限。如有需要，请联系主管或管理员。")),
        404: (_("没有这一页"), _("地址可能写错了，或内容已被移走。请回到队列重新查找。")),
        405: (_("不能这样做"), _("请回到上一页，用页面上的按钮操作。")),
        409: (_("现在还不能这样做"), _("事情的状态已经变了。请返回上一页，看过最新内容后再试。")),
        413: (_("文件太大"), _("一次提交的内容不能超过 25 MB。请减少或压缩附件后再试。")),
        422: (_("有一项没有填对"), _("请返回上一页检查填写的内容，再提交一次。")),
        429: (_("尝试次数太多"), _("请等几分钟再试。")),
        500: (_("出了点问题"), _("没有保存任何内容。请稍后再试；若再次出现，请把下面的编号告诉管理员。")),
    }.get(status, (_("出了点问题"), _("请返回上一页再试一次。")))
