"""The work of `credwallet export --format`: a whole wallet as one file."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from credwallet import formats
from credwallet.cli.holder_keys import KEYS
from credwallet.cli.importing.restoring import KINDS
from credwallet.cli.out import note_folder
from credwallet.cli.output import Result
from credwallet.cli.plural import amount
from credwallet.cli.terminal.progress import Progress
from credwallet.cli.unlocking.private_file import write_private
from credwallet.errors import CredwalletError, Usage
from credwallet.formats.wallets import PROFILE, Document
from credwallet.model.credential import Credential
from credwallet.share.wallets import FORMS, Leaving, LeftOut, Outgoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.session import Session
    from credwallet.model.summary import Summary
    from credwallet.share.wallets import WalletWriter
    from credwallet.store import Entry, Vault

# More lines than these tell nobody anything; --json lists all.
_SHOWN = 20
_COMPLETE = "credwallet"
# Kinds of documents with private keys in them: ours, and those of other wallets.
_SECRET = (KEYS, PROFILE)
_WITH_KEYS = ("lcw", "universal-wallet")


def names() -> str:
    """List the forms, for a message."""
    return ", ".join(FORMS)


def run(
    session: "Session",
    form: str,
    handles: "Sequence[str] | None",
    out: Path | None,
    *,
    force: bool,
) -> Result:
    """Write the wallet, or some of its credentials, in a form.

    Args:
        session: Where the wallet and the streams come from.
        form: A name of `FORMS`.
        handles: Which credentials; None for all.
        out: The file; None or `-` for stdout.
        force: Whether a file that is there may be replaced.

    Raises:
        Usage: If there is no such form, or stdout is no place for it.

    """
    if form not in FORMS:
        raise Usage(f"there is no format {form}", next_step=f"choose from {names()}")
    writer = FORMS[form]
    to_stdout = out is None or str(out) == "-"
    if to_stdout and (session.settings.json or session.console.terminal):
        raise Usage(
            "a whole wallet goes to a file, or to stdout through a pipe",
            next_step=f"name a file: --out wallet{writer.EXTENSION}",
        )
    vault = session.vault()
    entries = _entries(vault, form, handles)
    left_out: list[LeftOut] = list(_trash(vault, form, handles))
    documents = tuple(_documents(vault, form, everything=handles is None))
    outgoing = Outgoing(
        (_leaving(vault, entry) for entry in entries),
        documents,
        int(session.at.timestamp()),
    )
    pieces = _only_bytes(writer, outgoing, left_out)
    if to_stdout or out is None:
        for piece in pieces:
            session.write_bytes(piece, writer.MEDIA_TYPE)
        path = None
    else:
        note_folder(session.console, out)
        if out.suffix and out.suffix.lower() != writer.EXTENSION:
            session.console.note(
                f"{out} is in the format {form}: the usual ending is {writer.EXTENSION}"
            )
        with Progress(session.console, "exporting"):
            write_private(out, pieces, force=force)
        path = str(out)
    _tell(session, form, path, left_out, keys=_has_profiles(documents))
    if form == _COMPLETE and any(each.kind in _SECRET for each in documents):
        session.console.note("warning: it holds your private keys, too")
    data = {
        "format": form,
        "path": path,
        "credentials": len(entries),
        "leftOut": [_left_out_json(one) for one in left_out],
    }
    return Result(data, lambda console: console.rows([[path]] if path else []))


def _entries(
    vault: "Vault", form: str, handles: "Sequence[str] | None"
) -> "list[Entry]":
    if handles is not None:
        found = [vault.find(handle) for handle in handles]
        return list({entry.rid: entry for entry in found}.values())
    return [
        entry
        for entry in vault.entries()
        if form == _COMPLETE or not entry.summary.trashed_at
    ]


def _trash(
    vault: "Vault", form: str, handles: "Sequence[str] | None"
) -> Iterator[LeftOut]:
    if handles is None and form != _COMPLETE:
        for entry in vault.entries():
            if entry.summary.trashed_at:
                yield LeftOut(entry.handle, "it is in the trash")


def _leaving(vault: "Vault", entry: "Entry") -> Leaving:
    stored = vault.read(entry.rid)
    return Leaving(
        handle=entry.handle,
        credential=_credential(stored.raw, stored.summary),
        summary=stored.summary,
        report=stored.report,
        received_at=stored.received_at,
        source=stored.source,
    )


def _credential(raw: bytes, summary: "Summary") -> Credential:
    """Read what is kept; what cannot be read any more leaves as mere bytes."""
    try:
        held = formats.read(raw)
    except CredwalletError:
        held = None
    if isinstance(held, Credential):
        return held
    return Credential(raw, summary.media_type, summary.format, {})


def _documents(vault: "Vault", form: str, *, everything: bool) -> Iterator[Document]:
    for kind in KINDS:
        if everything or (kind == PROFILE and form != _COMPLETE):
            for name, data in vault.documents(kind).items():
                yield Document(kind, name, data)


def _has_profiles(documents: "Iterable[Document]") -> bool:
    return any(each.kind == PROFILE for each in documents)


def _only_bytes(
    writer: "WalletWriter", outgoing: Outgoing, left_out: list[LeftOut]
) -> Iterator[bytes]:
    """Pass the bytes on, and collect what is left out."""
    for piece in writer.pieces(outgoing):
        if isinstance(piece, bytes):
            yield piece
        else:
            left_out.append(piece)


def _tell(
    session: "Session",
    form: str,
    path: str | None,
    left_out: Iterable[LeftOut],
    *,
    keys: bool,
) -> None:
    console = session.console
    what = path or "what goes to stdout"
    console.note(f"warning: {what} is not encrypted: whoever has it reads all of it")
    if form in _WITH_KEYS and keys:
        console.note("warning: it holds the private keys of its profiles, too")
    elif form in _WITH_KEYS:
        console.note(
            "it holds a new profile with a new key, which nothing of yours is signed "
            "with: that wallet takes no file without one"
        )
    if session.settings.json:
        return
    lines = list(_reasons(left_out))
    for line in lines[:_SHOWN]:
        console.note(f"not in {form}: {line}")
    if len(lines) > _SHOWN:
        more = amount(len(lines) - _SHOWN, "more thing")
        console.note(f"{more} of that kind: --json lists all")


def _reasons(left_out: Iterable[LeftOut]) -> Iterator[str]:
    """Say each reason once, with the one that it holds for or how many they are."""
    handles: dict[str, list[str]] = {}
    for one in left_out:
        handles.setdefault(one.what, []).append(one.handle)
    for what, concerned in handles.items():
        named = [handle for handle in concerned if handle]
        if len(named) > 1:
            yield f"{amount(len(named), 'credential')}: {what} (--json names them)"
        else:
            yield "".join(f"{handle}: " for handle in named) + what


def _left_out_json(one: LeftOut) -> dict[str, Any]:
    return {"handle": one.handle or None, "what": one.what}
