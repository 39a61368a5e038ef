"""Codes: a conversation goes on at a second device, sales' code says whose contact a visitor is."""

import re

import httpx
import pytest

from casework.chat_codes import CONTACT_LASTS, CodeError, code_for_contact, use
from casework.customers import contact_at
from casework.rights import NotAllowed
from store.engine import reading, writing
from store.tables import AuditLog, Case, Channel, ChatCode, Contact, ContactAddress, Customer, Role
from tests.office import Office
from tests.survey.answering.test_answers import everything
from tests.survey.people import add_customer
from tests.web.public.test_chat import SCRIPT, key_of, say, shown

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CODE = re.compile(r"[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}")


def code_of(client: httpx.Client) -> str:
    told = client.post("/chat/along", headers=SCRIPT).json()
    assert told["link"].endswith(f"/chat#code={told['code']}")
    assert CODE.fullmatch(told["code"])
    return str(told["code"])


def enter(client: httpx.Client, code: str) -> httpx.Response:
    return client.post("/chat/code", data={"code": code}, headers=SCRIPT)


def logged(office: Office) -> list[str]:
    return [row.action for row in office.all(AuditLog) if row.action.startswith("chat_")]


def test_it_goes_on_at_a_second_device_by_a_code_that_works_once(
    visitor: httpx.Client, other: httpx.Client, office: Office
) -> None:
    say(visitor, "机密")
    replaced, code = code_of(visitor), code_of(visitor)
    assert code not in everything(office.engine)
    assert CODE.search(visitor.post("/chat/along").text)  # without script: in the page
    code = code_of(visitor)
    for wrong in ("", "A" * 5000, replaced, code[:-1] + "0"):
        refused = enter(other, wrong)
        assert (refused.status_code, "code" in refused.json()["problem"]) == (422, True)
    assert shown(other) == []
    assert other.get(f"/chat?code={code}").status_code == 200  # opening uses nothing up
    assert enter(other, f" {code.lower().replace('-', ' ')} ").json()["reload"] == "yes"
    assert shown(other) == ["› 机密"]
    say(other, "从电脑上")
    assert shown(visitor) == ["› 机密", "› 从电脑上"]
    with httpx.Client(base_url=other.base_url) as third:
        assert enter(third, code).status_code == 422
        late = code_of(visitor)
        office.pass_time(minutes=15)
        assert enter(third, late).status_code == 422
        assert shown(third) == []
    assert logged(office) == ["chat_taken_along"]


def test_it_lets_nobody_guess(other: httpx.Client, office: Office) -> None:
    for _ in range(20):
        assert enter(other, "AAAAA-AAAAA").status_code == 422
    assert enter(other, "AAAAA-AAAAA").status_code == 429
    office.pass_time(minutes=16)
    assert enter(other, "AAAAA-AAAAA").status_code == 422
    assert other.get("/chat").status_code == 200
    for _ in range(20):
        assert other.post("/chat/along").status_code == 200
    assert other.post("/chat/along").status_code == 429
    assert len(office.all(ChatCode)) == 20


def contact_of(office: Office, name: str, address: str) -> Contact:
    with writing(office.engine) as session:
        customer = add_customer(session, name, (Channel.EMAIL, address))
        session.flush()
        customer_id = customer.id
    return next(one for one in office.all(Contact) if one.customer_id == customer_id)


def test_it_knows_the_contact_whom_sales_gave_a_code(
    visitor: httpx.Client, other: httpx.Client, office: Office
) -> None:
    chen, li = (
        contact_of(office, "凯迈", "chen@kaimai.example"),
        contact_of(office, "力拓", "li@lituo.example"),
    )
    sales, quality = office.hire("小林"), office.hire("质检", Role.QUALITY)

    def new_code(contact: Contact) -> str:
        with writing(office.engine) as session:
            return code_for_contact(session, contact, sales, office.now)

    with pytest.raises(NotAllowed), writing(office.engine) as session:
        code_for_contact(session, chen, quality, office.now)
    say(visitor, "我是凯迈的，外壳有划痕")
    office.receiver().receive_all()
    stranger = office.the_case().customer_id
    assert stranger != chen.customer_id
    code = new_code(chen)
    assert enter(visitor, code).status_code == 200
    case = office.the_case()
    assert (case.customer_id, case.contact_id) == (chen.customer_id, chen.id)
    say(visitor, "还有个事")
    office.receiver().receive_all()
    assert len(office.all(Case)) == 1
    # Not yet seen: the first line opens a case of the contact.
    other.get("/chat")
    assert enter(other, new_code(chen)).status_code == 200
    say(other, "hello")
    office.receiver().receive_all()
    assert [one.customer_id for one in office.all(Case)] == [chen.customer_id] * 2
    assert shown(other) == ["› hello"]  # a code opens nobody's conversation
    # Known is known: another customer's code changes nothing, and stays good.
    kept = new_code(li)
    assert enter(visitor, kept).status_code == 422
    assert office.all(Case)[0].customer_id == chen.customer_id
    with writing(office.engine) as session:
        use(session, kept, Channel.WEBCHAT, "fresh", office.now)
    with reading(office.engine) as session:
        found = contact_at(session, Channel.WEBCHAT, "fresh")
        assert found is not None
        assert found.id == li.id
    late = new_code(li)
    office.now += CONTACT_LASTS
    with pytest.raises(CodeError), writing(office.engine) as session:
        use(session, late, Channel.WEBCHAT, "later", office.now)
    assert logged(office).count("chat_recognised") == 3
    assert key_of(visitor) in {row.address for row in office.all(ContactAddress) if row.contact_id == chen.id}
    assert len(office.all(Customer)) == 3  # the stranger's card stays, empty
