"""The `huiyin` command: reads the words and calls one function."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.logs import set_up_logs

if TYPE_CHECKING:
    from bot.house import House


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; a sentence in both languages and exit code 2 if it cannot be done as asked."""
    arguments = _parser().parse_args(words)
    set_up_logs()
    command: Callable[[argparse.Namespace], int] = arguments.command
    try:
        return command(arguments)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has seen enough
        return 0
    except Exception as problem:
        if not _is_told(problem):
            raise
        from web.told import in_both_languages

        sys.stderr.writelines(f"huiyin: {said}\n" for said in in_both_languages(str(problem)))
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="huiyin", description="回音 Huiyin: every customer gets an answer.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = _command(commands, "run", _run, "listen, receive, send, ring and serve the desk")
    run.add_argument("--only", metavar="PARTS", help="some of mail,telegram,wecom,receive,web,clock,deliver")

    fetch = _command(commands, "fetch", _fetch, "read every mailbox to its end once, then stop")
    fetch.add_argument("--json", action="store_true")

    _command(commands, "doctor", _doctor, "try out every connection; say what is wrong and what to do")

    importing = _command(commands, "import", _import, "bring in mbox, Maildir or .eml, as history")
    importing.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    importing.add_argument("--live", action="store_true", help="treat it as arriving now")
    importing.add_argument("--json", action="store_true")

    parse = _command(commands, "parse", _parse, "show what we see in a mail")
    parse.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parse.add_argument("--json", action="store_true", help="the only way of showing it, and the default")

    read = _command(commands, "read", _read, "read a message from standard input")
    read.add_argument("--jsonl", action="store_true", help="one message a line, as JSON")

    export = _command(commands, "export", _export, "every message as JSON lines")
    export.add_argument("--jsonl", action="store_true", help="the only format, and the default")

    cases = _command(commands, "cases", _cases, "the queue, by what is due next")
    for name in ("kind", "severity", "status"):
        cases.add_argument(f"--{name}")
    cases.add_argument("--overdue", action="store_true")
    cases.add_argument("--json", action="store_true")

    jobs = _group(commands, "jobs", "rings of the clock by hand")
    ring = _command(jobs, "run", _ring, "reminders, surveys, outages, tidy or deliver, once")
    ring.add_argument("name")
    as_if = "as if it were then, such as 2027-01-05T09:00"
    ring.add_argument("--at", type=datetime.fromisoformat, metavar="TIME", help=as_if)
    ring.add_argument("--dry-run", action="store_true", help="say what it would do, and do nothing")

    words = _group(commands, "nlp", "how messages are read")
    check = _command(words, "check", _check_words, "what a changed lexicon changes, message by message")
    check.add_argument(
        "--lexicon", type=Path, metavar="DIR", help="the changed one; without it the company's own is checked"
    )
    check.add_argument(
        "--jsonl",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="labelled messages; else all we have",
    )
    _command(words, "learn", _learn_words, "learn from the corrections made on the desk")

    surveys = _group(commands, "survey", "what the clock does for surveys, by hand")
    _command(surveys, "plan", _plan_survey, "the plans, and when each asks next; the first is drafted")
    send = _command(surveys, "send", _send_survey, "open what is due and invite everybody")
    send.add_argument("--by", metavar="USER", help="the manager in whose name the drafts are approved first")
    _command(surveys, "remind", _remind_survey, "remind those who are silent and whose day has come")
    close = _command(surveys, "close", _close_survey, "close what is over, or a campaign before its time")
    close.add_argument("campaign", nargs="?", type=int, metavar="NUMBER", help="as in /desk/surveys/NUMBER")
    close.add_argument("--by", metavar="USER", help="the colleague in whose name it is closed")
    report = _command(
        surveys, "report", _report_survey, "a survey's report as text; the newest without a number"
    )
    report.add_argument("campaign", nargs="?", type=int, metavar="NUMBER", help="as in /desk/surveys/NUMBER")

    users = _group(commands, "user", "who may sign in")
    add = _command(users, "add", _add_user, "a new colleague; the password is read from standard input")
    add.add_argument("name")
    add.add_argument("--role", required=True)
    add.add_argument("--email")
    add.add_argument("--department", help="whose opinion in reviews is asked of them; technical, or its name")
    add.add_argument("--password-stdin", action="store_true", required=True)

    bench = _group(commands, "bench", "how it fares at size")
    fill = _command(bench, "fill", _fill, "add invented customers with so many cases, five messages each")
    fill.add_argument("--cases", type=int, required=True, metavar="N")

    customers = _group(commands, "customer", "the book of customers")
    table = _command(customers, "import", _import_customers, "bring in customers from Excel or CSV")
    table.add_argument("path", type=Path, metavar="FILE")
    table.add_argument("--dry-run", action="store_true", help="only say what it would do")

    database = _group(commands, "db", "the database")
    _command(database, "upgrade", _upgrade, "bring the tables to this version")
    return parser


def _run(arguments: argparse.Namespace) -> int:
    from bot.start import start

    return start(arguments.only)


def _fetch(arguments: argparse.Namespace) -> int:
    from bot.commands.mail import fetch

    return fetch(_house(), as_json=arguments.json)


def _doctor(_: argparse.Namespace) -> int:
    from bot.commands.doctor import doctor

    return doctor()


def _import(arguments: argparse.Namespace) -> int:
    from bot.commands.mail import import_

    return import_(_house(), arguments.paths, live=arguments.live, as_json=arguments.json)


def _parse(arguments: argparse.Namespace) -> int:
    from bot.commands.parse import parse

    return parse(arguments.paths)


def _read(arguments: argparse.Namespace) -> int:
    from bot.commands.read import read

    return read(jsonl=arguments.jsonl)


def _export(_: argparse.Namespace) -> int:
    from bot.commands.mail import export

    return export(_house())


def _cases(arguments: argparse.Namespace) -> int:
    from bot.commands.cases import cases

    return cases(
        _house(),
        kind=arguments.kind,
        severity=arguments.severity,
        status=arguments.status,
        overdue=arguments.overdue,
        as_json=arguments.json,
    )


def _ring(arguments: argparse.Namespace) -> int:
    from bot.commands.office import ring

    return ring(_house(), arguments.name, at=arguments.at, dry_run=arguments.dry_run)


def _check_words(arguments: argparse.Namespace) -> int:
    from bot.commands.nlp import check
    from bot.settings import load_settings

    return check(load_settings(), arguments.lexicon, arguments.jsonl)


def _learn_words(_: argparse.Namespace) -> int:
    from bot.commands.nlp import learn

    return learn(_house())


def _plan_survey(_: argparse.Namespace) -> int:
    from bot.commands.surveys import plan

    return plan(_house())


def _send_survey(arguments: argparse.Namespace) -> int:
    from bot.commands.surveys import send

    return send(_house(), arguments.by)


def _remind_survey(_: argparse.Namespace) -> int:
    from bot.commands.surveys import remind

    return remind(_house())


def _close_survey(arguments: argparse.Namespace) -> int:
    from bot.commands.surveys import close

    return close(_house(), arguments.campaign, arguments.by)


def _report_survey(arguments: argparse.Namespace) -> int:
    from bot.commands.surveys import report

    return report(_house(), arguments.campaign)


def _add_user(arguments: argparse.Namespace) -> int:
    from bot.commands.office import OfficeError, add_user
    from store.tables import Role

    if arguments.role not in set(Role):
        raise OfficeError(f"There is no role {arguments.role!r}; there are {', '.join(Role)}.")
    password = sys.stdin.readline().rstrip("\r\n")
    return add_user(
        _house(),
        arguments.name,
        Role(arguments.role),
        password,
        email=arguments.email,
        department=arguments.department,
    )


def _fill(arguments: argparse.Namespace) -> int:
    from bot.commands.bench_fill import fill

    return fill(_house(), arguments.cases)


def _import_customers(arguments: argparse.Namespace) -> int:
    from bot.commands.customers import import_table

    return import_table(_house(), arguments.path, dry_run=arguments.dry_run)


def _upgrade(_: argparse.Namespace) -> int:
    _house()
    return 0


def _house() -> "House":
    from bot.house import open_house
    from bot.settings import load_settings

    return open_house(load_settings())


def _is_told(problem: Exception) -> bool:
    """Whether its message is a sentence for the person at the keyboard; anything else is our mistake."""
    from bot.commands.office import OfficeError
    from bot.settings import SettingsError
    from casework.rights import NotAllowed
    from intake.import_mail import ImportPathError
    from nlp.lexicon import LexiconError
    from survey.asking.campaigns import CampaignError

    told = OfficeError | SettingsError | ImportPathError | LexiconError | NotAllowed | CampaignError
    return isinstance(problem, told)


_Commands = argparse._SubParsersAction  # argparse gives it no public name


def _group(
    commands: "_Commands[argparse.ArgumentParser]", name: str, help_: str
) -> "_Commands[argparse.ArgumentParser]":
    return commands.add_parser(name, help=help_).add_subparsers(required=True, metavar="COMMAND")


def _command(
    commands: "_Commands[argparse.ArgumentParser]",
    name: str,
    function: Callable[[argparse.Namespace], int],
    help_: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_)
    parser.set_defaults(command=function)
    return parser


if __name__ == "__main__":
    sys.exit(main())
