"""What the learner asks of a verification, and its ports to the outside."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from credwallet.canon.contexts import Contexts
from credwallet.fetch import Fetch
from credwallet.trust import KnownIssuer

if TYPE_CHECKING:
    from credwallet.trust.registries import Registry

MAX_PROOFS = 10


class Policy(NamedTuple):
    """What the learner asks for.

    `at` is the moment (with a time zone) for which validity is judged. `identities` are
    the learner's own e-mail addresses and DIDs. `known_issuers` is None when nobody
    looked: verifying a file needs no wallet. `trusted_certificates` are those
    (DER) of the learner's trust list, at which a chain of certificates may end.
    `registries` are asked about issuers, in that order, if `known_issuers` is given.
    `refresh` asks the issuer for a newer copy.
    """

    at: datetime
    offline: bool = False
    known_issuers: Mapping[str, KnownIssuer] | None = None
    require_known_issuer: bool = False
    identities: tuple[str, ...] = ()
    trusted_certificates: tuple[bytes, ...] = ()
    registries: "tuple[Registry, ...]" = ()
    refresh: bool = False


def _unheeded(urls: Iterable[str], *, could_tell: bool) -> None:
    """Take no note of which documents were good for something."""


class Ports(NamedTuple):
    """How verification reaches documents and JSON-LD contexts.

    `supplied` are the documents that the learner was given, by address: what is looked
    for only among them is never fetched. `weighed` is told the addresses of what a
    report rests on, and whether (`could_tell`) that answered every required question:
    whoever keeps documents then knows which ones are what they should be.
    """

    fetch: Fetch
    contexts: Contexts
    supplied: Mapping[str, bytes] = MappingProxyType({})
    weighed: Callable[..., None] = _unheeded
