"""Our own complete form: a tar with every credential as a file, and what we know of it.

    credwallet.json              the form, and what there should be
    documents/NUMBER.json, .data kind and name of a small document, and its bytes
    about/NUMBER.json            what the wallet knew of the credential that follows
    credentials/NUMBER-NAME.EXT  its bytes as they were received
    end.json                     that it did not break off

Any program for tar archives opens it. Read as a stream, so that a hundred thousand
credentials need no more memory than one.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from credwallet.canon import strict_json
from credwallet.errors import CredwalletError, Unreadable
from credwallet.formats import tar_archive
from credwallet.formats.archive import Member
from credwallet.formats.wallets._contents import Document, Entry, Item, Mine
from credwallet.model.moment import moment_of

NAME = "credwallet"

FORM = "credwallet-export/1"
HEAD, END = "credwallet.json", "end.json"
DOCUMENTS, ABOUT, CREDENTIALS = "documents/", "about/", "credentials/"
LIMITS = tar_archive.Limits(members=250_000, in_all=1 << 40)
MAX_DOCUMENTS = 5_000
MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
_MOST_TAGS, _LONGEST = 1_000, 100_000
_AGAIN = "export the wallet again"


def sniff(head: bytes, /) -> bool:
    """Say whether it is a tar archive that starts with our first member."""
    return tar_archive.sniff(head) and head.startswith(HEAD.encode() + b"\0")


def items(stream: BinaryIO, /) -> Iterator[Item]:
    """Read a wallet: its documents first, as they stand there.

    Args:
        stream: The archive.

    Yields:
        Documents, and credentials with what the wallet knew of them.

    Raises:
        Unreadable: If it breaks off, was changed, or is of a newer form.

    """
    before = Member("", b"")
    documents = size = 0
    ended = False
    for member in tar_archive.members(stream, LIMITS):
        if member.name == HEAD:
            _check_form(member)
        elif member.name == END:
            ended = True
        elif member.name.startswith(CREDENTIALS):
            yield Entry(*member, mine=_mine(before, member))
        elif member.name.startswith(DOCUMENTS) and member.name.endswith(".data"):
            documents += 1
            size += len(member.content) if isinstance(member.content, bytes) else 0
            if documents > MAX_DOCUMENTS or size > MAX_DOCUMENT_BYTES:
                raise Unreadable("more small documents than a wallet has")
            yield _document(before, member)
        elif not member.name.startswith((ABOUT, DOCUMENTS)):
            yield Entry(member.name, _stranger(member))
        before = member
    if not ended:
        raise Unreadable("the export breaks off: not all is in it", next_step=_AGAIN)


def _check_form(member: Member) -> None:
    form = _json(member.content).get("format")
    if form != FORM:
        raise Unreadable(
            f"an export of another form ({str(form)[:40]!a}), not {FORM}",
            next_step="read it with the version of credwallet that wrote it",
        )


def _stranger(member: Member) -> Unreadable:
    if isinstance(member.content, Unreadable):
        return member.content
    return Unreadable("a file that is no part of an export", next_step=_AGAIN)


def _document(before: Member, member: Member) -> Item:
    about = _json(before.content) if _belongs(before, member) else {}
    kind, name = about.get("kind"), about.get("name")
    known = isinstance(kind, str) and isinstance(name, str) and len(kind) <= 40
    if not known or isinstance(member.content, Unreadable):
        what = "a small document without a kind and a name"
        return Entry(member.name, Unreadable(what, next_step=_AGAIN))
    return Document(str(kind), str(name)[:_LONGEST], member.content)


def _belongs(before: Member, member: Member) -> bool:
    return before.name == member.name.removesuffix(".data") + ".json"


def _mine(before: Member, member: Member) -> Mine:
    """Read what the wallet knew, which is about these bytes and nothing else."""
    if isinstance(member.content, Unreadable):
        raise Unreadable(
            f"a file of the export: {member.content.what}", next_step=_AGAIN
        )
    about = _json(before.content) if before.name.startswith(ABOUT) else {}
    if about.get("sha256") != hashlib.sha256(member.content).hexdigest():
        raise Unreadable(
            "the export was changed: a file is not what is said about it",
            next_step="to take the files alone, unpack it and give the folder",
        )
    tags = about.get("tags")
    given = [_text(tag) for tag in tags] if isinstance(tags, list) else []
    return Mine(
        tags=tuple(dict.fromkeys(tag for tag in given if tag))[:_MOST_TAGS],
        note=_text(about.get("note")),
        received_at=_moment(about.get("receivedAt")),
        source=_text(about.get("source")),
        trashed_at=_moment(about.get("trashedAt")),
    )


def _json(content: bytes | Unreadable) -> dict[str, Any]:
    if isinstance(content, Unreadable):
        return {}
    try:
        value = strict_json.loads(content)
    except CredwalletError:
        return {}
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _moment(value: Any) -> str:
    text = _text(value)
    return text if moment_of(text) is not None else ""
