"""`huiyin run`: checks that it can start, says what it does and what to open, and runs."""

import socket
import sys

from bot.demo import prepare_demo
from bot.house import House, open_house
from bot.program import Part, Program
from bot.settings import Settings, SettingsError, load_settings


def start(only: str | None) -> int:
    """Run the wanted parts (comma-separated; all of them by default) until SIGINT or SIGTERM."""
    parts = _parts(only)
    settings = load_settings()
    door = _open_door(settings) if Part.WEB in parts else None
    house = open_house(settings)
    sys.stdout.write(_greeting(house, parts))
    sys.stdout.flush()
    Program(house, parts, door).run()
    return 0


def _parts(only: str | None) -> frozenset[Part]:
    if only is None:
        return frozenset(Part)
    wanted = [word.strip() for word in only.split(",") if word.strip()]
    unknown = [word for word in wanted if word not in set(Part)]
    if unknown or not wanted:
        raise SettingsError(f"--only {only!r} is not understood; the parts are {', '.join(Part)}.")
    return frozenset(Part(word) for word in wanted)


def _open_door(settings: Settings) -> socket.socket:
    """The listening socket, taken before anything else so that a taken address is told in one sentence."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # With its protocol named, asyncio turns Nagle off; otherwise each answer waits 40 ms.
    door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((settings.host.strip("[]"), settings.port))
        door.listen(128)
    except OSError as problem:
        door.close()
        raise SettingsError(
            f"HUIYIN_LISTEN {settings.listen} cannot be used ({problem.strerror}); "
            "stop the program that holds it or choose another port."
        ) from problem
    return door


def _greeting(house: House, parts: frozenset[Part]) -> str:
    settings, url = house.settings, house.policy.public_url
    lines = ["", f"  回音 Huiyin  {house.policy.company}", ""]
    if settings.is_demo and Part.WEB in parts:
        demo = prepare_demo(house)
        lines += [
            f"  演示模式：{demo.summary}，不会向外发送任何内容（“发出”的邮件在 {demo.outbox}）。",
            "  Demo: nothing leaves this machine.",
            "",
            f"  工作台 Desk      {url}/desk      用户 user {demo.user}   密码 password {demo.password}",
            f"  网页聊天 Chat    {url}/chat",
            "",
            "  连接真实邮箱或机器人：见 README。To connect a real mailbox or bot, see the README.",
        ]
    else:
        lines += [f"  邮箱 mailbox     {mailbox.name}" for mailbox in settings.mailboxes]
        lines += ["  Telegram         已连接 on"] if settings.telegram_token else []
        lines += [f"  微信客服 WeCom   回调 callback: {url}/wecom/callback"] if settings.wecom else []
        lines += (
            [f"  工作台 Desk      {url}/desk", f"  网页聊天 Chat    {url}/chat"] if Part.WEB in parts else []
        )
        lines += ["", "  新增用户 Add a user: huiyin user add NAME --role sales --password-stdin"]
    return "\n".join([*lines, "  停止 Stop: Ctrl-C", "", ""])
