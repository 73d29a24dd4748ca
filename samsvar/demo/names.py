"""Names and numbers of people who do not exist.

Surnames are made of two words of the landscape and put together here; numbers are day+60, outside the CPR number space
(house.md, Identity).
"""

import random
import unicodedata

FIRST = (
    *(
        "Maja",
        "Rasmus",
        "Signe",
        "Holger",
        "Karoline",
        "Mikkel",
        "Birthe",
        "Jonas",
        "Helle",
        "Torben",
        "Nadia",
        "Esben",
    ),
    *("Lone", "Frederik", "Inger", "Ali", "Mette", "Kaj", "Sanne", "Viggo", "Camilla", "Bjarne", "Trine", "Oskar"),
    *("Pia", "Emil", "Gitte", "Samir", "Rikke", "Leif", "Astrid", "Henning", "Louise", "Jesper", "Tove", "Anton"),
    *("Dorthe", "Kasper", "Ulla", "Villads", "Bente", "Magnus", "Jette", "Youssef", "Ditte", "Palle", "Marie", "Søren"),
    *("Anja", "Benny", "Fatima", "Gorm", "Hanne", "Ivan", "Kirsten", "Lasse", "Ruth", "Svend", "Yrsa", "Åse"),
)
_FRONT = (
    *("Birke", "Ege", "Lyng", "Mose", "Rug", "Kløver", "Tang", "Hassel", "Pile", "Havre", "Sten", "Elle", "Hvid"),
    *("Klit", "Brede", "Grønne", "Sønder", "Ravn", "Lærke", "Hede", "Byg", "Enge", "Sol", "Is", "Tjørne"),
)
_BACK = ("vang", "toft", "kær", "vad", "krog", "bo", "gren", "sø", "mark", "holt", "bæk", "høj", "lund", "dal", "eng")


def invented_names(seed: str) -> "list[str]":
    """All first names paired with invented surnames, no pair twice, in an order that a seed decides."""
    dice = random.Random(seed)  # noqa: S311 - a demonstration's dice, not a secret
    surnames = [front + back for front in _FRONT for back in _BACK]
    dice.shuffle(surnames)
    first = list(FIRST)
    dice.shuffle(first)
    return [f"{first[number % len(first)]} {surname}" for number, surname in enumerate(surnames)]


def invented_number(dice: random.Random, born: int) -> str:
    """A number of ten digits with day+60 for somebody born in a year of the 1900s or the 2000s."""
    century = dice.choice((0, 1, 2, 3)) if born < 2000 else 4
    return f"{dice.randint(61, 88):02d}{dice.randint(1, 12):02d}{born % 100:02d}{century}{dice.randint(0, 999):03d}"


def address_of(name: str, house: str) -> str:
    """An e-mail address in a domain that cannot exist."""
    plain = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().replace(" ", ".")
    return f"{plain}@{house}.example"
