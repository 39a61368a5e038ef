"""The questionnaires on the desk: how each counts, and what the customer will see."""

import httpx

from survey.questionnaires.loading import questionnaire, shipped


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
