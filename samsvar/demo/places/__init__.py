"""The four places of the report, a Samarbejdsenhed from another, and the eleven units of a third."""

from samsvar.demo.places.esbjerg import ESBJERG
from samsvar.demo.places.frederiksberg import FREDERIKSBERG
from samsvar.demo.places.koebenhavn import KOEBENHAVN
from samsvar.demo.places.odense import ODENSE
from samsvar.demo.places.odsherred import ODSHERRED
from samsvar.demo.places.vordingborg import VORDINGBORG

PLACES = (FREDERIKSBERG, ODENSE, KOEBENHAVN, ESBJERG)
# Odsherred has conferences and no PSP cases, Vordingborg a directory and no table that has met.
EVERYWHERE = (*PLACES, ODSHERRED, VORDINGBORG)

__all__ = ["ESBJERG", "EVERYWHERE", "FREDERIKSBERG", "KOEBENHAVN", "ODENSE", "ODSHERRED", "PLACES", "VORDINGBORG"]
