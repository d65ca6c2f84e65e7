"""Does a known issuer come back from the wallet as it went in?"""

from hypothesis import given
from hypothesis import strategies as st

from credwallet.trust import KnownIssuer, from_json, to_json

TEXT = st.text(max_size=12)


@given(st.builds(KnownIssuer, TEXT, TEXT, note=TEXT, since=TEXT))
def test_what_is_spelled_reads_back_the_same(issuer: KnownIssuer):
    assert from_json(to_json(issuer)) == issuer


def test_members_that_are_missing_read_as_empty():
    assert from_json({"id": "did:example:a"}) == KnownIssuer("did:example:a", "")


def test_members_of_a_later_version_are_left_out():
    spelled = {"id": "did:example:a", "name": "A", "colour": "blue"}
    assert from_json(spelled) == KnownIssuer("did:example:a", "A")
