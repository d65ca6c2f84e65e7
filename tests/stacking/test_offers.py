"""Does an offers file read as it is meant, and every mistake in one get a line?"""

import string
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credwallet.errors import CredwalletError, Usage
from credwallet.model.offer import MODES, Offer
from credwallet.model.qualification import Holding
from credwallet.stacking.offers import OFFER_FORMS, read_offers, write_offer
from credwallet.stacking.offers.csv_offers import COLUMNS

FORMAT = 'format = "credwallet-offers/1"\n'
ONE = """[[offer]]
id = "linux"
title = "Linux+"
provider = "Harbour College"
mode = "online"
cost = 320.50
currency = "EUR"
hours = "60"
starts = 2027-01-11
ends = 2027-03-12
requires = ["comptia:a-plus", "comptia:network-plus"]
source = "https://harbour.example/linux"
read_on = 2026-11-20
gives = { achievement = "comptia:linux-plus", credits = "5/2", credit_unit = "ects", \
tag = ["core"], kind = "micro", level = 4, expires = 2030-03-12 }
"""
LINUX = Offer(
    id="linux",
    gives=Holding(
        handle="linux",
        achievement="comptia:linux-plus",
        credits=Fraction(5, 2),
        credit_unit="ects",
        tags=("core",),
        kind="micro",
        level=Fraction(4),
        expires=date(2030, 3, 12),
        assumed=True,
    ),
    title="Linux+",
    provider="Harbour College",
    mode="online",
    cost=Fraction(641, 2),
    currency="EUR",
    hours=Fraction(60),
    starts=date(2027, 1, 11),
    ends=date(2027, 3, 12),
    requires=("comptia:a-plus", "comptia:network-plus"),
    source="https://harbour.example/linux",
    read_on=date(2026, 11, 20),
)
HEADER = (
    "id,title,provider,mode,cost,currency,hours,starts,ends,requires,source,read_on,"
    "achievement,credits,credit_unit,tag,kind,level,expires"
)
ROW = (
    "linux,Linux+,Harbour College,online,320.50,EUR,60,2027-01-11,2027-03-12,"
    "comptia:a-plus; comptia:network-plus,https://harbour.example/linux,2026-11-20,"
    "comptia:linux-plus,5/2,ects,core,micro,4,2030-03-12"
)


def toml(text):
    return read_offers((FORMAT + text).encode(), "offers.toml")


def table(*lines, end="\n"):
    return read_offers(end.join(lines).encode(), "offers.csv")


def refusal(data, name="offers"):
    with pytest.raises(Usage) as caught:
        read_offers(data.encode() if isinstance(data, str) else data, name)
    assert "\n" not in caught.value.what
    assert caught.value.next_step
    return caught.value.what, caught.value.next_step


def test_every_key_of_an_offer_is_read():
    assert toml(ONE) == (LINUX,)


def test_a_table_says_the_same_as_toml():
    assert table(HEADER, ROW) == (LINUX,)


@pytest.mark.parametrize("delimiter", [";", "\t"], ids=["semicolon", "tab"])
def test_cells_may_be_apart_by_something_else(delimiter):
    cells = [f'"{cell}"' if ";" in cell else cell for cell in ROW.split(",")]
    header = HEADER.replace(",", delimiter)
    assert table(header, delimiter.join(cells)) == (LINUX,)


def test_a_mark_at_the_start_and_other_ends_of_lines_change_nothing():
    for end in ("\n", "\r\n", "\r"):
        text = "\ufeff" + end.join((HEADER, ROW, ""))
        assert read_offers(text.encode(), "x") == (LINUX,)
    text = "\ufeff" + FORMAT + ONE
    assert read_offers(text.replace("\n", "\r\n").encode(), "x") == (LINUX,)


def test_quotes_hold_commas_quotes_and_ends_of_lines():
    (offer,) = table("id,title,kind", 'a,"One, ""two""\r\nand  three",micro')
    assert offer.title == 'One, "two" and three'


def test_capitals_spaces_and_empty_rows_do_not_matter_in_a_table():
    offers = table('" ID ",Kind ,Title', "a, micro ,", ",,", "", "b,micro,B")
    assert [(offer.id, offer.gives.kind, offer.title) for offer in offers] == [
        ("a", "micro", ""),
        ("b", "micro", "B"),
    ]


def test_what_an_offer_gives_goes_by_its_id_and_is_assumed():
    (offer,) = toml("[[offer]]\nid = 'x'\ngives = { kind = 'micro' }")
    assert offer == Offer("x", Holding("x", kind="micro", assumed=True))


def test_a_file_without_offers_has_none():
    assert toml("") == ()
    assert table("id,kind") == ()


def entry(more="", gives="{ kind = 'micro' }"):
    return f"{FORMAT}[[offer]]\nid = 'x'\n{more}\ngives = {gives}\n"


MISTAKES = [
    (entry("cost = 5"), 4, "a cost and no currency", "currency ="),
    (entry("cost = 5\ncurrency = 'eur'"), 5, "'eur' is no currency", "EUR"),
    (entry("cost = -5\ncurrency = 'EUR'"), 4, "number of at least 0", ""),
    (entry("cost = 'abc'\ncurrency = 'EUR'"), 4, "an exact number", ""),
    (entry("cost = 1e3\ncurrency = 'EUR'"), 4, "an exact number", ""),
    (entry("cost = true\ncurrency = 'EUR'"), 4, "an exact number", ""),
    (entry("mode = 'onlin'"), 4, "'onlin'", "did you mean 'online'?"),
    (
        entry("starts = 2027-02-01\nends = 2027-01-31"),
        5,
        "it ends 2027-01-31, before it starts 2027-02-01",
        "",
    ),
    (entry("titel = 'x'"), 4, "unknown key 'titel'", "did you mean 'title'?"),
    (entry(gives="{}"), 5, "could fit nothing", "achievement"),
    (entry(gives="{ issuer = 'x', level = 3 }"), 5, "could fit nothing", "tag"),
    (entry(gives="{ kind = 'a', tags = ['b'] }"), 5, "'tags'", "'tag'"),
    (entry(gives="'micro'"), 5, "must be a table", ""),
    (f"{FORMAT}[[offer]]\nid = 'x'\n", 2, "does not say what it gives", "gives ="),
    (f"{FORMAT}[[offer]]\ngives = {{ kind = 'a' }}\n", 2, "has no id", ""),
    (entry() + "[[offer]]\nid = 'x'\ngives = { kind = 'a' }", 7, "two offers", ""),
    (f"{FORMAT}[[offers]]\nid = 'x'\n", 2, "'offers'", "did you mean 'offer'?"),
    (f"{FORMAT}offer = 3\n", 1, "must be an array", ""),
    ("[[offer]]\nid = 'x'\ngives = { kind = 'a' }\n", 1, "format is missing", ""),
    ('format = "credwallet-offers/2"\n', 1, "another one", "credwallet-offers/1"),
    (f"{FORMAT}[[offer]\n", 2, "", "TOML"),
    ("id,titel,kind\n", 1, "unknown column 'titel'", "did you mean 'title'?"),
    ("id,title,price\n", 1, "unknown column 'price'", "did you mean 'cost'?"),
    ("id,title,colour\n", 1, "unknown column 'colour'", "id, title, provider, mode"),
    ("id,kind,id\n", 1, "two columns 'id'", ""),
    ("kind,title\n", 1, "no column 'id'", ""),
    ("id,kind\na,micro\n\nb,micro,x\n", 4, "cells", "quotes"),
    ("id,kind\na\n", 2, "cells", ""),
    ("id,kind\na,micro\na,micro\n", 3, "two offers", ""),
    ("id,kind\n,micro\n", 2, "has no id", ""),
    ("id,kind,title\na,,b\n", 2, "could fit nothing", ""),
    ("id,kind,cost\na,micro,5\n", 2, "no currency", ""),
    ('id,kind,cost,currency\na,m,"1,50",EUR\n', 2, "an exact number", ""),
    ('id,title,kind\na,"two\nlines",m\nb,x,m,y\n', 4, "cells", ""),
    ('id,kind\na,"micro\n', 2, "not readable as CSV", "twice"),
    ('id,kind\na,"micro"x\n', 2, "not readable as CSV", ""),
    ("id,kind\na,mi\x00cro\n", 2, "control character", ""),
    ("id,kind\na," + "x" * 200_000, 2, "not readable as CSV", ""),
    ("id,kind,title\na,m," + "x" * 5000, 2, "4096 characters", ""),
]


@pytest.mark.parametrize(
    ("text", "line", "said", "next_step"),
    MISTAKES,
    ids=[f"{number}-{mistake[2]}" for number, mistake in enumerate(MISTAKES)],
)
def test_a_mistake_is_told_with_its_line(text, line, said, next_step):
    what, step = refusal(text)
    assert what.startswith(f"offers: line {line}: ") or f": line {line}, " in what
    assert said in what
    assert next_step in step


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"hello world",
        b"{}",
        b'["a", "id", "b"]',
        b"\x00" * 64,
        b"%PDF-1.7",
    ],
    ids=["empty", "blank", "prose", "object", "array", "zeros", "pdf"],
)
def test_what_is_no_list_of_offers_is_named_as_such(data):
    what, step = refusal(data)
    assert what == "offers is no list of offers that can be read"
    assert "credwallet-offers/1" in step


def test_text_of_another_encoding_is_refused():
    assert "no UTF-8" in refusal("id,kind\na,caf\xe9".encode("latin-1"))[0]
    assert "no UTF-8" in refusal(entry("title = 'caf\xe9'").encode("latin-1"))[0]


def test_too_large_a_file_is_refused():
    for text in (FORMAT + "# " + "x" * (4 << 20), "id,kind\n" + "a,b\n" * (1 << 20)):
        assert "larger than 4 MiB" in refusal(text)[0]


def test_ten_thousand_offers_are_read_and_one_more_is_refused():
    rows = [f"o{number},micro" for number in range(10_001)]
    assert len(table("id,kind", *rows[:-1])) == 10_000
    assert "more than 10,000" in refusal("id,kind\n" + "\n".join(rows))[0]


def test_as_many_are_read_from_toml():
    text = "".join(
        f"[[offer]]\nid='o{number}'\ngives={{kind='a'}}\n" for number in range(10_001)
    )
    assert "more than 10,000" in refusal(FORMAT + text)[0]


def test_deep_nesting_is_refused():
    assert "nested deeper" in refusal(entry(gives="{ kind = " + "[" * 5000))[0]


def test_every_form_is_asked_in_turn():
    for data, name in ((FORMAT + ONE, "toml_offers"), (HEADER, "csv_offers")):
        (form,) = [f for f in OFFER_FORMS if f.sniff(data.encode())]
        assert getattr(form, "__name__", "").endswith(name)


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1
).filter(str.strip)
LISTS = st.lists(TEXT, max_size=3, unique=True).map(tuple)
NUMBERS = st.one_of(
    st.none(),
    st.fractions(min_value=0, max_value=10**6, max_denominator=10**6),
    st.decimals(min_value=0, max_value=10**6, places=18).map(Fraction),
)
DAYS = st.none() | st.dates(date(1970, 1, 1), date(2100, 1, 1))
WORDS = st.just("") | TEXT


@st.composite
def any_offer(draw):
    identity = draw(TEXT)
    given_ = Holding(
        handle=identity,
        achievement=draw(TEXT),
        codes=draw(LISTS),
        same_as=draw(LISTS),
        alignments=draw(LISTS),
        issuer=draw(WORDS),
        name=draw(WORDS),
        issued=draw(DAYS),
        expires=draw(DAYS),
        credits=draw(NUMBERS),
        credit_unit=draw(WORDS),
        level=draw(NUMBERS),
        framework=draw(WORDS),
        kind=draw(WORDS),
        grade=draw(NUMBERS),
        tags=draw(LISTS),
        assumed=True,
    )
    starts, ends = draw(DAYS), draw(DAYS)
    if starts and ends and ends < starts:
        starts, ends = ends, starts
    currency = draw(st.text(string.ascii_uppercase, min_size=3, max_size=3))
    return Offer(
        id=identity,
        gives=given_,
        title=draw(WORDS),
        provider=draw(WORDS),
        mode=draw(st.sampled_from(["", *MODES])),
        cost=draw(NUMBERS),
        currency=currency,
        hours=draw(NUMBERS),
        starts=starts,
        ends=ends,
        requires=draw(LISTS),
        source=draw(WORDS),
        read_on=draw(DAYS),
    )


@settings(deadline=None)
@given(any_offer())
def test_what_is_written_reads_as_the_same_offer(offer):
    assert read_offers(write_offer(offer).encode(), "kept") == (offer,)


LINES = st.lists(
    st.lists(
        st.sampled_from(
            [*COLUMNS, "", "a;b", '"', "1", "2027-01-01", "EUR", "=", "\x07"]
        ),
        max_size=6,
    ).map(",".join),
    max_size=5,
).map("\n".join)


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=300), LINES.map(str.encode)))
def test_whatever_is_in_a_file_it_is_read_or_refused_in_one_line(data):
    refused = None
    try:
        offers = read_offers(data, "some")
    except CredwalletError as error:
        refused, offers = error, ()
    assert refused is None or (refused.next_step and "\n" not in refused.what)
    assert len({offer.id for offer in offers}) == len(offers)
