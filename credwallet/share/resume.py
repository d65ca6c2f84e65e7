"""`--as resume`: the `certificates` of a JSON Resume.

JSON Resume schema 1.3.1 (npm `@jsonresume/schema`): name, date, issuer, and an address
only on request. The format has no place for a proof: a reader has to believe it, so a
certificate that is not good says so in its name, the one text that every theme shows.
"""

import json
import re

from credwallet.model.credential import Credential
from credwallet.share.disclosure import Disclosure
from credwallet.share.few_words import few_words
from credwallet.share.handover import Handover, Request, SharedFile
from credwallet.share.headline import seen
from credwallet.share.one_line import one_line
from credwallet.share.public import check_public
from credwallet.share.standing import standing

NAME = "resume"
SUMMARY = "the certificates of a JSON Resume"

_FILE = "certificates.json"
_WITHOUT_NAME = "Verifiable Credential"
# Of the schema's `iso8601`: shorter is allowed, other years and longer texts are not.
_DATE = re.compile(
    r"[12][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?(?=[T ]|\Z)"
)
_NOTES = (
    "a JSON Resume proves nothing to a reader: hand over the credential as well",
    "put the entries under certificates of your own resume.json",
)


def discloses(credential: Credential, request: Request, /) -> tuple[Disclosure, ...]:
    """List what leaves: name, issuer, date, and what was asked for beside.

    Args:
        credential: What the entry is about.
        request: `certificate_url` leaves if it is given.

    """
    _, said = seen(credential, request)
    return few_words(credential, request, (said.name, said.issuer, said.issued))


def hand_over(credentials: tuple[Credential, ...], request: Request, /) -> Handover:
    """Make one file with an entry for each credential.

    Args:
        credentials: What the entries are about, in order.
        request: `certificate_url` becomes `url`.

    Returns:
        One JSON file.

    Raises:
        Usage: If `certificate_url` is no web address, or given for several.

    """
    check_public(request, len(credentials))
    entries = [_entry(credential, request) for credential in credentials]
    text = json.dumps({"certificates": entries}, indent=2, ensure_ascii=False)
    file = SharedFile(
        name=_FILE,
        media_type="application/json",
        content=f"{text}\n".encode("utf-8", "replace"),
    )
    return Handover(files=(file,), notes=_NOTES)


def _entry(credential: Credential, request: Request) -> dict[str, str]:
    _, said = seen(credential, request)
    name = one_line(said.name.text) or _WITHOUT_NAME
    if bad := standing(credential, request):
        name = f"{name} ({bad})"
    date = _DATE.match(said.issued.text)
    entry = {
        "name": name,
        "date": date[0] if date else "",
        "issuer": one_line(said.issuer.text),
        "url": request.certificate_url,
    }
    return {key: value for key, value in entry.items() if value}
