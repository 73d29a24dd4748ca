"""A text for somebody who may not know whom it is about: no name that is known stands in it, however it is written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsvar.forms.names import Renaming, nameless

# Every letter that a name here can have, and those whose capital or small letter is more than one.
SIGNS = [sign for sign in [*map(chr, range(0x41, 0x250)), "ẞ", "ﬁ"] if sign.isalpha()]
LETTERS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=8)
WRITTEN = (
    str.upper,
    str.lower,
    str.title,
    str.casefold,
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: unicodedata.normalize("NFD", name.lower()),
    lambda name: "\u00ad".join(name),
)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        # A dot more or less is the same letter, to whoever writes it on another keyboard.
        ("Ibrahim", "İbrahim kom", "borgeren kom"),
        ("İbrahim Kaya", "ibrahim kaya og İBRAHİM KAYA", "borgeren og borgeren"),
        ("İbrahim", "i̇brahim kom", "borgeren kom"),
        ("Yıldız", "Så YILDIZ, yıldız og Yildizs bil", "Så borgeren, borgeren og borgerens bil"),
        ("Groß", "Groß, GROSS og groß", "borgeren, borgeren og borgeren"),
        ("Gros", "Groß kom", "borgerens kom"),
        ("Åse Prøvesen", "ÅSE PRØVESENS dør, Åse  Prøvesens dør", "borgerens dør, borgerens dør"),
        ("Åse", unicodedata.normalize("NFD", "Åse kom på en ø"), "borgeren kom på en ø"),
        (unicodedata.normalize("NFD", "Åse"), "Åse kom", "borgeren kom"),
        ("Mette", "Met\u00adte kom", "borgeren kom"),
        ("Ali", "ALİ, Alis bror, Alice og Kalis", "borgeren, borgerens bror, Alice og Kalis"),
        # What is no name stands as it was written.
        ("Bo", "½ m² Ⅳ … bor Bob", "½ m² Ⅳ … bor Bob"),
        ("Bo", "½ m² hos Bo …", "½ m² hos borgeren …"),
        (" ", "Ingen her", "Ingen her"),
    ],
)
def test_a_name_is_struck_however_it_is_written(name: str, text: str, said: str) -> None:
    assert nameless(text, [name], "borgeren") == said


def test_whoever_is_named_last_is_named_over_the_others() -> None:
    others = Renaming({"Åse": "en anden", "Bo Prøvesen": "en anden"})
    names = Renaming({"ÅSE": "borgeren", "Bo": "naboen"}, others)
    assert names.of("Åse så Bo Prøvesen, Bo og åse bo") == "borgeren så en anden, naboen og borgeren"
    assert others.of("Åse så Bo") == "en anden så Bo"


def test_a_name_that_is_a_word_too_is_struck_where_it_reads_as_a_name() -> None:
    names = Renaming({"Åse": "naboen"}, Renaming(dict.fromkeys(["Hans", "Hans Fiktiv", "Fiktiv"], "x"), words=["Hans"]))
    said = "hans dør. Hans kom, HANS gik, hans fiktiv, hans åse og Hans' bil"
    assert names.of(said) == "hans dør. x kom, x gik, x, x og x' bil"


@given(st.lists(st.lists(LETTERS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=5), st.data())
def test_no_name_that_is_known_is_left(names: list[str], data: st.DataObject) -> None:
    written = [data.draw(st.sampled_from(WRITTEN))(data.draw(st.sampled_from(names))) for _ in range(3)]
    text = nameless(", ".join(written), names, "9")
    assert text == "9, 9, 9"


@given(st.text(), st.lists(st.text()))
def test_no_text_and_no_name_breaks_it(text: str, names: list[str]) -> None:
    nameless(text, names, "9")
