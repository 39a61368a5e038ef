"""The questionnaires on the desk: how each counts, and what the customer will see."""

import httpx
import pytest
from sqlalchemy import Engine

from store.engine import reading
from survey.questionnaires.drafting import draft_of
from survey.questionnaires.keeping import newest
from survey.questionnaires.loading import questionnaire, shipped
from tests.web.questionnaire_forms import form_of
from web.desk.questionnaire_form import draft_in


def test_it_shows_every_questionnaire_with_its_weights(wang: httpx.Client) -> None:
    page = wang.get("/desk/questionnaires").text
    for name in shipped():
        assert f'href="/desk/questionnaires/{name}"' in page
        assert questionnaire(name).items[0].label["zh"] in wang.get(f"/desk/questionnaires/{name}").text
    tree = wang.get("/desk/questionnaires/five-level-100").text
    assert "22.9%" in tree  # 4/7 of 40 %
    assert "70.0%" in tree  # goods and delivery together
    seven = wang.get("/desk/questionnaires/seven-level-90").text
    assert "-60.5" in seven
    assert wang.get("/desk/questionnaires/none").status_code == 404
    assert wang.get("/desk/questionnaires/..%2Fwords").status_code == 404


def test_it_shows_the_customers_page_and_takes_no_answer(wang: httpx.Client) -> None:
    page = wang.get("/desk/questionnaires/project-review/preview?language=en").text
    assert "Installation and commissioning" in page
    assert page.count("Does not apply") == 2
    assert '<button class="primary" disabled>' in page
    assert wang.post("/desk/questionnaires/project-review/preview").status_code == 405


def test_it_is_copied_worded_anew_compared_in_pairs_and_kept_by_version(
    boss: httpx.Client, wang: httpx.Client, engine: Engine
) -> None:
    copied = boss.post(
        "/desk/questionnaires/five-level-100/copy", data={"own_name": "ours", "title": "我们的<b>调查</b>"}
    )
    assert copied.headers["location"] == "/desk/questionnaires/ours/edit"
    page = boss.get("/desk/questionnaires/ours/edit").text
    assert "我们的&lt;b&gt;调查&lt;/b&gt;" in page
    assert "一致性比率 0.000" in page
    with reading(engine) as session:
        draft = draft_of(newest(session, "ours"))
    # A line more, one gone, another place: nothing is kept before it is saved.
    form = form_of(draft, "add_item") | {"item.0.order": "9", "item.7.gone": "1"}
    more = boss.post("/desk/questionnaires/ours/edit", data=form).text
    assert 'name="item.7.id" value="i1"' in more
    assert 'name="item.6.id" value="conformity"' in more
    assert "support" not in more
    # What is wrong stands beside it.
    wrong = boss.post("/desk/questionnaires/ours/edit", data=form_of(draft) | {"item.3.weight": "viel"})
    assert wrong.status_code == 422
    assert "“viel” 不是数" in wrong.text
    crossed = {
        "pair.conformity.reliability": "9",
        "pair.reliability.packaging": "9",
        "pair.conformity.packaging": "1/9",
    }
    wrong = boss.post("/desk/questionnaires/ours/edit", data=form_of(draft) | crossed)
    assert wrong.status_code == 422
    assert "互相矛盾" in wrong.text
    # As customers will see it, before it is saved.
    renamed = form_of(draft, "preview") | {"item.3.en": "Punctuality", "language": "en"}
    seen = boss.post("/desk/questionnaires/ours/edit", data=renamed).text
    assert "Punctuality" in seen
    assert '<button class="primary" disabled>' in seen
    assert "Punctuality" not in boss.get("/desk/questionnaires/ours").text
    saved = boss.post("/desk/questionnaires/ours/edit", data=renamed | {"act": "save"})
    assert saved.headers["location"] == "/desk/questionnaires/ours"
    assert "Punctuality" in wang.get("/desk/questionnaires/ours/preview?language=en").text
    assert "Punctuality" not in wang.get("/desk/questionnaires/ours/preview?language=en&version=1").text
    assert "以前的第 1 版" in wang.get("/desk/questionnaires/ours?version=1").text
    assert wang.get("/desk/questionnaires/ours?version=3").status_code == 404
    assert 'href="/desk/questionnaires/ours"' in wang.get("/desk/questionnaires").text
    # Who opened the form before somebody else saved is told, and overwrites nothing.
    late = boss.post("/desk/questionnaires/ours/edit", data=form_of(draft))
    assert late.status_code == 409
    assert boss.get("/desk/questionnaires/smt-100/edit").status_code == 404
    assert wang.get("/desk/questionnaires/ours/edit").status_code == 403
    assert "复制" not in wang.get("/desk/questionnaires/ours").text


@pytest.mark.parametrize("name", shipped())
def test_its_form_brings_back_what_it_showed(name: str) -> None:
    draft = draft_of(questionnaire(name))
    assert draft_in(form_of(draft)) == draft
