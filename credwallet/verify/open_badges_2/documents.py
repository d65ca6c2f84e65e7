"""Where do the documents come from that an assertion names? Each is loaded once.

Open Badges 2.0 keeps badge class, issuer, keys and lists at addresses of their own. An
address that begins with http is asked by https, or answered by what the learner gave.
"""

from typing import NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import Invalid, Undetermined, Unreadable
from credwallet.fetch import Document
from credwallet.keys.wording import shown
from credwallet.model.credential import JsonObject
from credwallet.model.open_badges_2 import is_address
from credwallet.model.report import Linked, Problem
from credwallet.verify.case import Case

_HTTP = "http://"
# A badge names a handful: this bounds what a hostile one may have us ask for.
_MOST = 60


class Node(NamedTuple):
    """A document and the address that it was had at.

    `url` is `""` for what stands only in the document around it. `told` says for people
    where it came from, `age_s` how many seconds ago it was fetched if it is an older
    copy. `remarks` are what is odd about its address.
    """

    url: str
    document: JsonObject
    told: str
    age_s: int = 0
    remarks: tuple[Problem, ...] = ()


class Documents:
    """Loads documents, each once.

    Args:
        case: For whom; gets in `linked` what was loaded.

    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._answers: dict[str, Document | Undetermined] = {}
        self._objects: dict[str, JsonObject] = {}

    def answer(self, url: str) -> Document:
        """Return what an address answers.

        Raises:
            Undetermined: It cannot be had.

        """
        known = self._answers.get(url)
        if known is None:
            known = self._answers[url] = self._ask(url)
        if isinstance(known, Undetermined):
            raise Undetermined(
                known.what, next_step=known.next_step, type=known.type
            ) from known
        return known

    def load(self, url: str, what: str) -> Node:
        """Return the JSON object at an address.

        Args:
            url: The address.
            what: What it should be, for messages.

        Raises:
            Undetermined: It cannot be had, or is no JSON object.

        """
        answered = self.answer(url)
        found = self._objects.get(url)
        if found is None:
            found = self._objects[url] = _object(answered, what)
            linked = Linked(url, found, answered.origin)
            self._case.linked = (*self._case.linked, linked)
        remarks = (_plain_http(url, answered),) if url.startswith(_HTTP) else ()
        return Node(url, found, answered.told, answered.age_s, remarks)

    def follow(self, value: object, what: str, types: frozenset[str]) -> Node:
        """Return the document that a member names or embeds.

        A document may say that it is to be had at another address: what counts is what
        stands there.

        Args:
            value: An address, or an object; one with an address is had from there.
            what: What it should be, for messages.
            types: The names of that type; a document may also have none.

        Raises:
            Invalid: It is something else.
            Undetermined: It cannot be had.

        """
        embedded = value if isinstance(value, dict) else {}
        url = embedded.get("id") if embedded else value
        if not (isinstance(url, str) and is_address(url)):
            if embedded:
                return _typed(Node("", embedded, "embedded"), what, types)
            raise Invalid(
                f"{what} is neither an address nor an object",
                type="malformed",
                next_step="ask the issuer for a corrected copy",
            )
        node = _typed(self.load(url, what), what, types)
        other = node.document.get("id")
        if other is None or other == url:
            return node
        if not is_address(other):
            return node._replace(remarks=(*node.remarks, _other_name(node, what)))
        moved = _typed(self.load(str(other), what), what, types)
        if moved.document.get("id") != other:
            raise Invalid(
                f"{what} at {shown(url)} says that it stands at {shown(other)}, where"
                " another one is",
                type="another-document",
                next_step="ask the issuer which one is right",
            )
        return moved._replace(remarks=(*moved.remarks, _moved(url, str(other), what)))

    def _ask(self, url: str) -> Document | Undetermined:
        if len(self._answers) >= _MOST:
            return Undetermined(
                f"{shown(url)} was not asked for: the badge names too many documents",
                type="too-many",
                next_step="ask the issuer for a badge that names fewer",
            )
        fetch = self._case.ports.fetch
        try:
            return fetch(url)
        except Undetermined as failure:
            if failure.type != "refused-address" or not url.startswith(_HTTP):
                return failure
        try:
            return fetch(f"https://{url.removeprefix(_HTTP)}")
        except Undetermined as failure:
            return failure


def _object(answered: Document, what: str) -> JsonObject:
    why = "it is no JSON object"
    try:
        value = strict_json.loads(answered.body)
    except Unreadable as error:
        value, why = None, error.what
    if isinstance(value, dict):
        return value
    raise Undetermined(
        f"{what} at {shown(answered.url)} cannot be read: {why}",
        type="bad-answer",
        next_step="try again later, or ask the issuer",
    )


def _typed(node: Node, what: str, types: frozenset[str]) -> Node:
    stated = node.document.get("type", node.document.get("@type"))
    named = stated if isinstance(stated, list) else [stated]
    if stated is None or any(name in types for name in named if isinstance(name, str)):
        return node
    raise Invalid(
        f"{shown(node.url) if node.url else what} is not {what}"
        f" but {shown(' and '.join(map(str, named)))}",
        type="another-document",
        next_step="ask the issuer for a corrected copy",
    )


def _plain_http(url: str, answered: Document) -> Problem:
    return Problem(
        type="plain-http",
        title=f"{shown(url)} is no https address, so that others could answer for it"
        f" (it was {answered.told})",
        next_step="ask the issuer for a badge with https addresses",
    )


def _moved(url: str, other: str, what: str) -> Problem:
    return Problem(
        type="another-address",
        title=f"{what} at {shown(url)} says that it stands at {shown(other)},"
        " and counts from there",
    )


def _other_name(node: Node, what: str) -> Problem:
    return Problem(
        type="another-address",
        title=f"{what} at {shown(node.url)} goes by {shown(node.document.get('id'))},"
        " which is no address: where it stands counts",
    )
