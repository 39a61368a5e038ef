"""A page with an answer half written says so, for colleagues who have the same case open."""

from fastapi.responses import Response

from casework.drafting import note_drafting
from casework.rights import Right
from store.engine import writing
from web.desk.dossier import case_for
from web.desk.numbers import CaseId
from web.desk.page import desk_router
from web.office import AtWork
from web.signed_in import SignedIn, holding

router = desk_router()


@router.post("/cases/{number}/drafting", dependencies=[holding(Right.ANSWER)])
def drafting(office: AtWork, person: SignedIn, case_id: CaseId) -> Response:
    """This person is typing. The page says it every twenty seconds while that is so."""
    with writing(office.engine) as session:
        case_for(session, case_id, person)
        note_drafting(session, case_id, person.id, office.clock())
    return Response(status_code=204)
