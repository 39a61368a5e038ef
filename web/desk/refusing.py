"""A rule says no: its sentence becomes a page that says why."""

from collections.abc import Iterator
from contextlib import contextmanager

from casework.customer_book.belongings import PropertyError
from casework.customer_book.card import CardError
from casework.customer_book.market import MarketError
from casework.customer_book.moving import MovingError
from casework.customer_book.sheets import SheetError
from casework.customer_book.visits import VisitError
from casework.requirements import RequirementError
from casework.reviews.errors import OrganisingError, ReviewError
from casework.rights import NotAllowed
from casework.service_orders.issuing import ServiceError
from survey.acting.improving import ActionError
from survey.answering.entering import EntryError
from survey.asking.campaigns import CampaignError
from survey.asking.plans import PlanError
from survey.reporting.deliveries import DeliveryError
from web.errors import Refusal
from web.told import told

RULES = (
    *(PropertyError, CardError, MarketError, MovingError, SheetError, VisitError),
    *(RequirementError, ServiceError, OrganisingError),
    *(PlanError, EntryError, DeliveryError, ActionError),
)


@contextmanager
def refusing() -> Iterator[None]:
    """Around the transaction, which is rolled back: nothing of what was asked is done.

    403 for a right, 409 for the state of things, 422 for what was filled in.
    """
    try:
        yield
    except NotAllowed as no:
        raise Refusal(403, "") from no
    except (CampaignError, ReviewError) as no:
        raise Refusal(409, told(str(no))) from no
    except RULES as no:
        raise Refusal(422, told(str(no))) from no
