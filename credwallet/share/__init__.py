"""The ways in which a credential can be handed over.

A way is a module of this folder that has the names of `Way`, and one line in `WAYS`.
No way opens a socket, reads a clock or writes a file: it says what leaves, and makes
it; the command line asks, writes and prints.
"""

from collections.abc import Mapping
from typing import Protocol

from credwallet.model.credential import Credential
from credwallet.share import (
    file,
    html,
    link,
    linkedin,
    markdown,
    pdf,
    resume,
    sd_jwt,
    verifierplus,
    vp,
    vp_jwt,
)
from credwallet.share.disclosure import Disclosure
from credwallet.share.handover import Handover, Request, SharedFile

__all__ = ["WAYS", "Disclosure", "Handover", "Request", "SharedFile", "Way"]


class Way(Protocol):
    """A way to share; a module is one."""

    NAME: str
    SUMMARY: str

    def discloses(
        self, credential: Credential, request: Request, /
    ) -> tuple[Disclosure, ...]:
        """List what leaves if this credential is handed over, in order.

        Args:
            credential: One of those to be handed over.
            request: What the learner asked for; nothing in it is changed.

        """
        ...

    def hand_over(
        self, credentials: tuple[Credential, ...], request: Request, /
    ) -> Handover:
        """Make what is handed over.

        Args:
            credentials: In the order in which they were named; a way may refuse none,
                or several.
            request: What the learner asked for; what a way has no use for is ignored.

        Raises:
            Usage: If the request lacks something or contradicts itself.
            Unreadable: If the credential cannot be taken out of its carrier.

        """
        ...


WAYS: Mapping[str, Way] = {
    "file": file,
    "link": link,
    "html": html,
    "pdf": pdf,
    "vp": vp,
    "vp-jwt": vp_jwt,
    "sd-jwt": sd_jwt,
    "linkedin": linkedin,
    "verifierplus": verifierplus,
    "resume": resume,
    "markdown": markdown,
}
