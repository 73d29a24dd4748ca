"""The four places of the report, and a Samarbejdsenhed from another."""

from samsvar.demo.places.esbjerg import ESBJERG
from samsvar.demo.places.frederiksberg import FREDERIKSBERG
from samsvar.demo.places.koebenhavn import KOEBENHAVN
from samsvar.demo.places.odense import ODENSE
from samsvar.demo.places.odsherred import ODSHERRED

PLACES = (FREDERIKSBERG, ODENSE, KOEBENHAVN, ESBJERG)
# The last one has conferences and no PSP cases.
EVERYWHERE = (*PLACES, ODSHERRED)

__all__ = ["ESBJERG", "EVERYWHERE", "FREDERIKSBERG", "KOEBENHAVN", "ODENSE", "ODSHERRED", "PLACES"]
