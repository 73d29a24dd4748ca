"""Names and numbers of people who do not exist.

Surnames are made of two words of the landscape and put together here; numbers are day+60, outside the CPR number space
(house.md, Identity).
"""

import random
import unicodedata

WOMEN = (
    *("Maja", "Signe", "Karoline", "Birthe", "Helle", "Nadia", "Lone", "Inger", "Mette", "Sanne", "Camilla", "Trine"),
    *("Pia", "Gitte", "Rikke", "Astrid", "Louise", "Tove", "Dorthe", "Ulla", "Bente", "Jette", "Ditte", "Marie"),
    *("Anja", "Fatima", "Hanne", "Kirsten", "Ruth", "Yrsa", "Åse"),
)
MEN = (
    *("Rasmus", "Holger", "Mikkel", "Jonas", "Torben", "Esben", "Frederik", "Ali", "Kaj", "Viggo", "Bjarne", "Oskar"),
    *(
        "Emil",
        "Samir",
        "Leif",
        "Henning",
        "Jesper",
        "Anton",
        "Kasper",
        "Villads",
        "Magnus",
        "Youssef",
        "Palle",
        "Søren",
    ),
    *("Benny", "Gorm", "Ivan", "Lasse", "Svend"),
)
_FRONT = (
    *("Birke", "Ege", "Lyng", "Mose", "Rug", "Kløver", "Tang", "Hassel", "Pile", "Havre", "Sten", "Elle", "Hvid"),
    *("Klit", "Brede", "Grønne", "Sønder", "Ravn", "Lærke", "Hede", "Byg", "Enge", "Sol", "Is", "Tjørne"),
)
_BACK = ("vang", "toft", "kær", "vad", "krog", "bo", "gren", "sø", "mark", "holt", "bæk", "høj", "lund", "dal", "eng")


def invented_names(seed: str, first_names: tuple[str, ...] = WOMEN + MEN) -> list[str]:
    """First names paired with invented surnames, each surname once, in an order that a seed decides."""
    dice = random.Random(seed)  # noqa: S311 - a demonstration's dice, not a secret
    surnames = [front + back for front in _FRONT for back in _BACK]
    dice.shuffle(surnames)
    first = list(first_names)
    dice.shuffle(first)
    return [f"{first[number % len(first)]} {surname}" for number, surname in enumerate(surnames)]


def invented_number(dice: random.Random, born: int, sex: str) -> str:
    """A number of ten digits with day+60 for somebody born in the 1900s or the 2000s; even for women, odd for men."""
    century = dice.choice((0, 1, 2, 3)) if born < 2000 else 4
    last = 2 * dice.randint(0, 4) + (sex == "male")
    return (
        f"{dice.randint(61, 88):02d}{dice.randint(1, 12):02d}{born % 100:02d}{century}{dice.randint(0, 99):02d}{last}"
    )


def address_of(name: str, house: str) -> str:
    """An e-mail address in a domain that cannot exist."""
    plain = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().replace(" ", ".")
    return f"{plain}@{house}.example"
