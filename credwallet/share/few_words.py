"""What leaves where a reader gets only a few words of a credential, and no proof?"""

from collections.abc import Iterable

from credwallet.model.credential import Credential
from credwallet.share.disclosure import Disclosure, added, chosen
from credwallet.share.handover import Request
from credwallet.share.headline import Stated, seen
from credwallet.share.standing import standing


def few_words(
    credential: Credential, request: Request, stated: Iterable[Stated]
) -> tuple[Disclosure, ...]:
    """List the words that leave, and what stands beside them.

    Args:
        credential: What the words are about.
        request: `certificate_url` leaves if it is given.
        stated: Of its headline, those that are written.

    """
    shown, _ = seen(credential, request)
    beside = []
    if bad := standing(credential, request):
        beside.append(added("standing", bad))
    if request.certificate_url:
        beside.append(
            added(
                "address", request.certificate_url, why="public: everybody can open it"
            )
        )
    pointers = tuple(entry.pointer for entry in stated if entry.text)
    return (*chosen(shown, pointers), *beside)
