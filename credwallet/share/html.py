"""`--as html`: one web page that shows and verifies credentials by itself.

The receiver opens it in any browser: no network, no account, no software of ours. The
page carries the credential as text that is no markup, so `credwallet verify` and
`import` read it back.
"""

from credwallet.errors import Usage
from credwallet.model.credential import Credential
from credwallet.share.carried import carried
from credwallet.share.disclosure import Disclosure, added, everything
from credwallet.share.handover import NOT_PROVEN, Handover, Request, SharedFile
from credwallet.share.headline import headline
from credwallet.share.slug import slug
from credwallet.share.standing import standing, standings

NAME = "html"
SUMMARY = "a web page that shows it and verifies it, in one file"

MEDIA_TYPE = "text/html"
VIEWER = (
    "whoever passes the page on could change it: the receiver's own software, or a page"
    " from somewhere they trust, has the last word"
)


def discloses(credential: Credential, request: Request, /) -> tuple[Disclosure, ...]:
    """List what leaves: all of the credential, without a picture around it.

    Args:
        credential: What would be handed over.
        request: If it is not good, that stands on the page as well.

    """
    bad = standing(credential, request)
    return (*everything(credential), *([added("standing", bad)] if bad else []))


def hand_over(credentials: tuple[Credential, ...], request: Request, /) -> Handover:
    """Make one page of all of them.

    Args:
        credentials: What to hand over, at least one.
        request: What is not signed gives no name.

    Returns:
        One file.

    Raises:
        Usage: If there are more than 100, or none.
        Unreadable: If a carrier does not hold its credential any more.

    """
    from credwallet.share.page import page  # noqa: PLC0415 -- lazily: few ways need it

    if not credentials:
        raise Usage("there is nothing to put on a page", next_step="name a credential")
    words = (request.about_me, standings(credentials, request))
    content = page(
        tuple(carried(credential) for credential in credentials),
        title=request.title,
        note="\n\n".join(word for word in words if word),
    )
    first = credentials[0]
    name = headline(first, request.about(first).unsigned).name.text
    stem = slug(request.title or name, otherwise="credential")
    file = SharedFile(name=f"{stem}.html", media_type=MEDIA_TYPE, content=content)
    return Handover(files=(file,), notes=(*NOT_PROVEN, VIEWER))
