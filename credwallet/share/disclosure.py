"""What leaves when a credential is handed over, and what of it can be linked.

Every text, number and flag of the credential is listed in the order in which it
stands, with its JSON Pointer (RFC 6901). A signed credential is all or nothing: taking
a member out breaks the signature, so what is listed is what leaves. Values of
signatures are left out; pictures and tokens inside are named with their size.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from credwallet.canon import strict_json
from credwallet.errors import Unreadable
from credwallet.model.credential import Credential, JsonObject
from credwallet.share import linkable

_SIGNATURES = frozenset({"proofValue", "jws", "signatureValue"})
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]*(~.*)?\Z")
_DATA_URL = re.compile(
    r"data:([\w.+-]{1,60}/[\w.+-]{1,60})?((?:;[\w.+=-]{0,60}){0,5}),", re.IGNORECASE
)
_SHOWN_WHOLE = 200
_WORD_END = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Disclosure(NamedTuple):
    """One thing that leaves.

    `part` is where it stands: `credential`, `header` or `claims` of its JWT, `binding`
    (the token by which the holder's key presents an SD-JWT), or `carrier`. `path` is
    the JSON Pointer there, `label` the same in words, `value` the text. `linkable` says
    why it ties copies, credentials or people together, `""` if it does not.
    """

    part: str
    path: str
    label: str
    value: str
    linkable: str


def everything(credential: Credential) -> tuple[Disclosure, ...]:
    """List all that leaves with a credential, whatever carries it.

    Args:
        credential: As received.

    Returns:
        In document order; then what stands only in the header and the claims of its
        JWT (RFC 7519), and in the key binding that it came with (RFC 9901).

    """
    listed = tuple(_walk(credential.document, "credential", ()))
    if credential.states_claims:
        listed = tuple(map(about_the_subject, listed))
    if credential.jws is None:
        return listed
    header = tuple(_walk(credential.jws.header, "header", ()))
    return listed + header + tuple(_claims(credential)) + tuple(_binding(credential))


def about_the_subject(entry: Disclosure) -> Disclosure:
    """Name what a claim of an SD-JWT VC links: all its claims are about its subject.

    Args:
        entry: As it was listed.

    """
    path = ("credentialSubject", *entry.path.split("/")[1:])
    return entry._replace(linkable=entry.linkable or linkable.why(path, entry.value))


def chosen(credential: Credential, pointers: tuple[str, ...]) -> tuple[Disclosure, ...]:
    """List only some members, for ways that hand over a few words.

    Args:
        credential: As received.
        pointers: JSON Pointers into the credential; what stands below them counts too.

    Returns:
        In document order.

    """
    return tuple(
        entry
        for entry in _walk(credential.document, "credential", ())
        if any(entry.path == at or entry.path.startswith(f"{at}/") for at in pointers)
    )


def added(label: str, value: str, *, why: str = "") -> Disclosure:
    """Name a thing that leaves beside the credential.

    Args:
        label: What it is, in words.
        value: Its text.
        why: What it ties together, `""` if nothing.

    """
    return Disclosure(part="carrier", path="", label=label, value=value, linkable=why)


def size(count: int) -> str:
    """Say a number of bytes in words, as in `12 kB`."""
    return f"{count} bytes" if count < 1000 else f"{round(count / 1000)} kB"


def _claims(credential: Credential) -> Iterator[Disclosure]:
    """List what the payload says beyond the credential that was read from it."""
    if credential.jws is None:
        return
    try:
        payload = strict_json.loads(credential.jws.payload)
    except Unreadable:
        return
    if not isinstance(payload, dict):
        return
    document = credential.document
    for name, value in payload.items():
        if name == "vc" and isinstance(value, dict):
            rest = {
                key: item for key, item in value.items() if _new(document, key, item)
            }
            yield from _walk(rest, "claims", ("vc",))
        elif _new(document, name, value):
            yield from _walk({name: value}, "claims", ())


def _binding(credential: Credential) -> Iterator[Disclosure]:
    binding = credential.sd_jwt.key_binding if credential.sd_jwt is not None else None
    if binding is None:
        return
    yield from _walk(binding.header, "binding", ("header",))
    try:
        payload = strict_json.loads(binding.payload)
    except Unreadable:
        return
    yield from _walk(payload, "binding", ("claims",))


def _new(document: JsonObject, name: str, value: Any) -> bool:
    return name not in document or document[name] != value


def _walk(value: Any, part: str, path: tuple[str, ...]) -> Iterator[Disclosure]:
    if isinstance(value, dict):
        for name, member in value.items():
            if not (name in _SIGNATURES and "proof" in path):
                yield from _walk(member, part, (*path, name))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _walk(entry, part, (*path, str(index)))
    else:
        yield Disclosure(
            part=part,
            path="".join(f"/{_escaped(name)}" for name in path),
            label=_label(path),
            value=_shown(value),
            linkable=linkable.why(path, value),
        )


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _label(path: tuple[str, ...]) -> str:
    names = [name for name in path if not name.isdecimal()]
    return ": ".join(_WORD_END.sub(" ", name).lower() for name in names[-2:])


def _shown(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = str(value)
    if len(text) <= _SHOWN_WHOLE:
        return text
    if data := _DATA_URL.match(text):
        length = len(text) - data.end()
        if data[2].lower().endswith(";base64"):
            length = length * 3 // 4
        return f"data: {data[1] or 'text/plain'}, {size(length)}"
    if _TOKEN.match(text):
        return f"a signed token with claims of its own, {size(len(text))}"
    return text
