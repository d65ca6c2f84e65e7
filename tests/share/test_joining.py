"""Letters that are read from the right stand on paper as they should."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.share.certificate import lines
from credwallet.share.certificate.direction import on_paper, starts_right
from credwallet.share.certificate.joining import joined

ARABIC = st.text(
    st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويىئءآأؤإةـ\u064e\u0651 1a"), max_size=20
)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        # seen in: beh initial, yeh medial, teh final
        ("بيت", "\ufe91\ufef4\ufe96"),
        # dal and reh do not reach out to the next letter
        ("درب", "\ufea9\ufead\ufe8f"),
        # lam and alef are one sign, isolated and at the end of a word
        ("لا", "\ufefb"),
        ("سلام", "\ufeb3\ufefc\ufee1"),
        ("الأب", "\ufe8d\ufef7\ufe8f"),
        # a mark between two letters does not part them
        ("بَت", "\ufe91\u064e\ufe96"),
        ("لّا", "\ufedf\u0651\ufe8e"),
        # a non-joiner does, and a joiner makes a letter reach out
        ("می\u200cخواهم", "\ufee3\ufbfd\ufea7\ufeee\ufe8d\ufeeb\ufee2"),  # noqa: RUF001 -- these letters are meant
        ("ه\u200d", "\ufeeb"),  # noqa: RUF001 -- these letters are meant
        ("ـب", "ـ\ufe90"),
        ("ء", "\ufe80"),
        ("abc", "abc"),
        ("a\u200db", "ab"),
    ],
)
def test_arabic_letters_take_the_form_of_their_place(word, forms):
    assert joined(word) == forms


@pytest.mark.parametrize(
    ("word", "made"),
    [
        ("ש\u05c1לום", "\ufb2aלום"),  # noqa: RUF001 -- these letters are meant
        ("ש\u05bc\u05c1", "\ufb2c"),
        ("ב\u05bcא", "\ufb31א"),
        ("א\u05b8\u05bc", "\ufb2f\u05bc"),
    ],
)
def test_hebrew_letters_take_their_point(word, made):
    assert joined(word) == made


@given(ARABIC)
def test_the_forms_mean_the_same_letters(text):
    def letters(shown: str) -> str:
        return unicodedata.normalize("NFKD", shown)

    assert letters(joined(text)) == letters(text)


@pytest.mark.parametrize(
    ("text", "right", "shown"),
    [
        ("abc", False, "abc"),
        ("אבג", True, "גבא"),
        ("אבג 123", True, "123 גבא"),
        ("אבג (abc)", True, "(abc) גבא"),
        ("abc אבג def", False, "abc גבא def"),
        ("[אבג] «ד»", True, "«ד» [גבא]"),
        # a mark stays behind its letter
        ("בָּא", True, "אבָּ"),
        ("abc 1-2", True, "abc 1-2"),
    ],
)
def test_a_line_goes_into_the_order_of_paper(text, right, shown):
    made = on_paper(unicodedata.normalize("NFC", text), right=right)
    assert made.text == unicodedata.normalize("NFC", shown)
    assert made.right is right


@pytest.mark.parametrize(
    ("text", "right"),
    [("", False), ("123", False), ("123 א", True), ("a א", False), ("(ب", True)],
)
def test_the_first_letter_says_where_a_paragraph_starts(text, right):
    assert starts_right(text) is right


@given(st.text("ab \u0301", max_size=60), st.integers(1, 12), st.integers(1, 5))
def test_a_text_is_broken_without_loss_until_it_is_cut(text, room, most):
    text = " ".join(text.split())
    made = lines.broken(text, room, len, most=most)
    assert len(made) <= most
    assert all(len(line) <= max(room, 1) for line in made)
    whole = "".join(made).replace(" ", "")
    if made and made[-1].endswith("\u2026"):
        assert text.replace(" ", "").startswith(whole[:-1])
    else:
        assert whole == text.replace(" ", "")


def test_a_line_breaks_between_words_if_it_can():
    made = lines.broken("one two three", 7, len, most=9)
    assert made == ["one two", "three"]
    assert lines.broken("interdisciplinary", 6, len, most=9) == [
        *("interd", "iscipl", "inary")
    ]
    assert lines.broken("one two three", 7, len, most=1) == ["one tw\u2026"]
    assert lines.fits("one two three", 7, len, most=2)
    assert not lines.fits("one two three", 7, len, most=1)
    assert not lines.fits("interdisciplinary", 7, len, most=9)
