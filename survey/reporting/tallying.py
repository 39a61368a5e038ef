"""How often each level was chosen in a campaign: the answers are read as a stream, however many there are."""

from sqlmodel import Session, col, select

from store.tables import SurveyCampaign, SurveyInvitation, SurveyResponse
from survey.questionnaires import Questionnaire
from survey.questionnaires.keeping import as_asked
from survey.reporting.scoring import Tally, tallies


def tallied(session: Session, campaign: SurveyCampaign) -> tuple[Questionnaire, dict[str, Tally]]:
    """The questionnaire as it was asked, and for each item how often each level was chosen."""
    asked = as_asked(session, campaign.questionnaire, campaign.questionnaire_version)
    given = (
        select(SurveyResponse.answers)
        .join(SurveyInvitation, col(SurveyInvitation.id) == col(SurveyResponse.invitation_id))
        .where(col(SurveyInvitation.campaign_id) == campaign.id)
    )
    return asked, tallies(asked, session.exec(given.execution_options(yield_per=1000)))
