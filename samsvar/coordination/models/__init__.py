"""The network of one citizen, and what hangs on it."""

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

__all__ = [
    "PRIVATE",
    "AskedBy",
    "CareCoordinator",
    "CareNetwork",
    "Category",
    "ContactRole",
    "CoordinatorNews",
    "CoordinatorRequest",
    "CoordinatorState",
    "Ending",
    "HandedOut",
    "Mandate",
    "NetworkContact",
    "NetworkReader",
    "Way",
]
