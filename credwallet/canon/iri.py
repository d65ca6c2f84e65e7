"""What kind of name is this: a keyword, an absolute IRI, or something else?

JSON-LD 1.1 section 1.7 (keywords), RFC 3986 section 4.3 (absolute IRIs) as JSON-LD
processors read it.
"""

import re

KEYWORDS = frozenset(
    {
        "@base",
        "@container",
        "@context",
        "@default",
        "@direction",
        "@embed",
        "@explicit",
        "@first",
        "@graph",
        "@id",
        "@import",
        "@included",
        "@index",
        "@json",
        "@language",
        "@list",
        "@nest",
        "@none",
        "@omitDefault",
        "@preserve",
        "@propagate",
        "@protected",
        "@requireAll",
        "@reverse",
        "@set",
        "@type",
        "@value",
        "@version",
        "@vocab",
    }
)
# No character that N-Quads forbids in an IRI, and no white space of any alphabet.
_ODD = (
    '\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0<>"{}|^`\\\\'
    "\u1680\u180e\u2000-\u200b\u2028-\u202f\u205f\u3000\ufeff"
)
_SCHEME = "(?:[A-Za-z][A-Za-z0-9+,\\-.]*|_):"
is_clean_absolute = re.compile(f"{_SCHEME}[^{_ODD}\t\n\r ]*").fullmatch


def looks_like_keyword(name: str) -> bool:
    """Tell whether a name is reserved and ignored (JSON-LD 1.1 section 1.7)."""
    return name[:1] == "@" and name[1:].isalpha() and name.isascii()


def is_language_tag(tag: str) -> bool:
    """Tell whether a text has the form of a BCP 47 tag, as JSON-LD programs check."""
    return bool(re.fullmatch("[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*", tag))


def is_disputed(iri: str) -> bool:
    """Tell whether programs disagree on whether, or how, this is an absolute IRI.

    Args:
        iri: A name that is not a clean absolute IRI.

    Returns:
        True for control characters, exotic white space, and characters that N-Quads
        forbids: some programs drop such an IRI, some write it raw, some escape it.

    """
    if not re.match(_SCHEME, iri):
        return False
    if re.search(f"[{_ODD}]", iri):
        return True
    # Python's `$` accepts a line feed at the very end.
    return iri.endswith("\n") and not re.search("[ \t\n\r]", iri[:-1])
