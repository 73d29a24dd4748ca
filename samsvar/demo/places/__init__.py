"""The four places of the report."""

from samsvar.demo.places.esbjerg import ESBJERG
from samsvar.demo.places.frederiksberg import FREDERIKSBERG
from samsvar.demo.places.koebenhavn import KOEBENHAVN
from samsvar.demo.places.odense import ODENSE

PLACES = (FREDERIKSBERG, ODENSE, KOEBENHAVN, ESBJERG)

__all__ = ["ESBJERG", "FREDERIKSBERG", "KOEBENHAVN", "ODENSE", "PLACES"]
