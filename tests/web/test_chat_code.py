"""A code for a web visitor, made on a contact's entry: shown once, logged, kept as its hash only."""

import re
from urllib.parse import unquote

import httpx
from sqlalchemy import Engine
from sqlmodel import col, select

from store.engine import reading
from store.tables import AuditLog, ChatCode, Contact, Customer


def test_it_makes_a_code_for_a_contact_and_shows_it_once(boss: httpx.Client, engine: Engine) -> None:
    with reading(engine) as session:
        contact, customer = session.exec(
            select(Contact, Customer).join(Customer, col(Customer.id) == col(Contact.customer_id)).limit(1)
        ).one()
    page = f"/desk/customers/{customer.id}"
    made = boss.post(f"{page}/chat-code", data={"contact": str(contact.id)})
    assert made.status_code == 200
    code = re.search(r"<b>(\w{5}-\w{5})</b>", made.text)
    assert code is not None
    assert f"/chat#code={code[1]}" in made.text
    assert f"/code {code[1]}" in made.text
    letter = re.search(r'href="mailto:([^"?]+)[?]([^"]+)"', made.text)
    assert letter is not None
    assert "@" in unquote(letter[1])
    assert f"/code {code[1]}" in unquote(letter[2])
    assert code[1] not in boss.get(page).text
    with reading(engine) as session:
        (kept,) = session.exec(select(ChatCode)).all()
        lines = session.exec(select(AuditLog).where(AuditLog.action == "chat_code_made")).all()
    assert (kept.contact_id, kept.conversation, code[1] in kept.code_hash) == (contact.id, None, False)
    assert [line.details for line in lines] == [{"contact": contact.id, "customer": customer.id}]
    assert boss.post(f"{page}/chat-code", data={"contact": "99999"}).status_code == 404
    assert boss.post(f"{page}/chat-code").status_code == 422
    assert "为联系人生成了聊天代码" in boss.get("/desk/log?action=chat_code_made").text
