"""The network of one citizen, and what hangs on it."""

from samsvar.coordination.models.events import PLANNED, TALKED_OVER, CareEvent, CareEventDelivery, EventKind
from samsvar.coordination.models.networks import (
    PRIVATE,
    AskedBy,
    CareCoordinator,
    CareNetwork,
    Category,
    ContactRole,
    CoordinatorNews,
    CoordinatorRequest,
    CoordinatorState,
    Ending,
    HandedOut,
    Mandate,
    NetworkContact,
    NetworkReader,
    Way,
)
from samsvar.coordination.models.record import Activity, OwnMemo, RecordEntry
from samsvar.coordination.models.summary import SECTIONS, Approval, SummarySection

__all__ = [
    "PLANNED",
    "PRIVATE",
    "SECTIONS",
    "TALKED_OVER",
    "Activity",
    "Approval",
    "AskedBy",
    "CareCoordinator",
    "CareEvent",
    "CareEventDelivery",
    "CareNetwork",
    "Category",
    "ContactRole",
    "CoordinatorNews",
    "CoordinatorRequest",
    "CoordinatorState",
    "Ending",
    "EventKind",
    "HandedOut",
    "Mandate",
    "NetworkContact",
    "NetworkReader",
    "OwnMemo",
    "RecordEntry",
    "SummarySection",
    "Way",
]
