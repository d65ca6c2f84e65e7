"""The only door to the network: who may be asked for a document, and how.

`addresses` says which addresses may be asked at all, `https` asks, `port` is what the
other layers see, `kept` answers from earlier runs where nobody else does. `https` is
imported by whoever asks: most runs need no network. `posting` gives a server something;
only the command line does that, after a question.
"""

from credwallet.fetch.kept import Keeping, Kept, KeptDocument
from credwallet.fetch.noting import Noting
from credwallet.fetch.port import Cached, Document, Fetch, Offline, Patient, Supplied

__all__ = [
    "Cached",
    "Document",
    "Fetch",
    "Keeping",
    "Kept",
    "KeptDocument",
    "Noting",
    "Offline",
    "Patient",
    "Supplied",
]
