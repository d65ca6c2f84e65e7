"""`credwallet key create|list|export|import|remove`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.cli.app import new_group
from credwallet.cli.holder_keys import (
    KEYS,
    LONGEST_NAME,
    KeptKey,
    can_be_name,
    keys,
    named_key,
    put_key,
)
from credwallet.cli.kept import IDENTITIES
from credwallet.cli.output import ExitCode, Result
from credwallet.cli.plural import amount
from credwallet.cli.session import read_file
from credwallet.errors import NotFound, Usage
from credwallet.keys.private_key import KINDS, PrivateKey, generate, public_jwk

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console

group = new_group("Keep keys of your own, to prove that badges are yours.")

_USUAL_NAME = "main"


class KeyType(StrEnum):
    """Which kind of key."""

    ED25519 = "ed25519"
    P256 = "p256"


class KeyForm(StrEnum):
    """How a key is written to a file."""

    JWK = "jwk"
    MULTIBASE = "multibase"


@group.command("create")
def create(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="What you call it.")] = _USUAL_NAME,
    kind: Annotated[
        KeyType,
        typer.Option(
            "--type", help="p256 for SD-JWT: many of its receivers read no other."
        ),
    ] = KeyType.ED25519,
) -> Result:
    """Make a key and keep it sealed in the wallet; its DID is what issuers need.

    Tell an issuer the DID (or, for an SD-JWT, the public key that --json shows): a
    badge that is about it can be presented by you and by nobody else. If you said who
    you are (credwallet identity), the DID counts as yours as well.

    Examples: credwallet key create; credwallet key create work --type p256
    """
    session: Session = ctx.obj
    kept = _keep(session, name, generate(KINDS[kind]))
    return Result(
        {"key": {**_json(kept), "is": "created"}},
        lambda console: console.row([kept.name, kept.key.did, "created"]),
    )


@group.command("import", no_args_is_help=True)
def import_key(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A JWK, a key pair in multibase, or PEM.")
    ] = None,
    name: Annotated[str, typer.Option(help="What you call it.")] = _USUAL_NAME,
    profiles: Annotated[
        bool,
        typer.Option(
            "--profiles", help="The keys of other wallets' profiles that you imported."
        ),
    ] = False,
) -> Result:
    """Take over a private key that you have in a file, such as from another wallet.

    Ed25519 and P-256. The file stays as it is: delete it if nothing else needs it.

    Examples: credwallet key import old.jwk --name old; credwallet key import --profiles
    """
    session: Session = ctx.obj
    if profiles == (file is not None):
        raise Usage("name a file, or give --profiles", next_step="not both")
    if file is None:
        return _from_profiles(session)
    from credwallet.keys.key_file import read  # noqa: PLC0415 -- lazily: rare

    kept = _keep(session, name, read(read_file(file)))
    session.console.hint(f"the key also lies in {file}: delete it if you can")
    return _imported((kept,))


@group.command("list")
def list_keys(ctx: typer.Context) -> Result:
    """List your keys with their DIDs; what is secret of them is never shown.

    Example: credwallet key list
    """
    session: Session = ctx.obj
    kept = keys(session.vault())
    return Result(
        {"keys": [_json(each) for each in kept]},
        lambda console: _show_list(console, kept),
    )


@group.command("export", no_args_is_help=True)
def export(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Name or DID of the key.")],
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="The file, for your eyes only.")
    ],
    form: Annotated[
        KeyForm, typer.Option("--format", help="How it is written.")
    ] = KeyForm.JWK,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that is there.")
    ] = False,
) -> Result:
    """Write a private key into a file that only you can read. It is not encrypted.

    Example: credwallet key export main --out main.jwk
    """
    session: Session = ctx.obj
    from credwallet.cli.unlocking.private_file import write_private  # noqa: PLC0415 -- lazily
    from credwallet.keys.key_file import write  # noqa: PLC0415 -- lazily: rare

    kept = named_key(session.vault(), name)
    if str(out) == "-":
        raise Usage(
            "a private key goes into a file only",
            next_step=f"name one: --out {kept.name}.{form}",
        )
    question = (
        f"Whoever has {out} can present your badges in your name. Write the private "
        f"key {kept.name} into it, not encrypted?"
    )
    if not yes and not session.confirm(question, flag="--yes"):
        session.console.note("the key was not written")
        return Result({"key": kept.name, "is": "kept"}, _nothing, ExitCode.ERROR)
    write_private(out, (write(kept.key, form),), force=force)
    session.console.note(f"warning: {out} is not encrypted: whoever has it is you")
    return Result(
        {"key": kept.name, "path": str(out), "format": str(form), "is": "exported"},
        lambda console: console.row([str(out)]),
    )


@group.command("remove", no_args_is_help=True)
def remove(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Name or DID of the key.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> Result:
    """Delete a key for good, after saying what can then no longer be proven.

    Example: credwallet key remove main
    """
    session: Session = ctx.obj
    vault = session.vault()
    kept = named_key(vault, name)
    from credwallet.cli.needing_key import needing  # noqa: PLC0415 -- lazily: rare

    lost = needing(vault, kept)
    if lost:
        handles = ", ".join(entry.handle for entry in lost)
        what = f"{amount(len(lost), 'badge')} ({handles})"
        said = f"Without the key {kept.name} you cannot prove any more that {what} "
        said += f"{'is' if len(lost) == 1 else 'are'} yours."
    else:
        said = f"No badge here is about the key {kept.name}, but one elsewhere may be."
    question = f"{said} Delete it for good?"
    answer = {"key": kept.name, "needing": [entry.handle for entry in lost]}
    if yes and lost:
        session.console.note(said)
    if not yes and not session.confirm(question, flag="--yes"):
        session.console.note("the key was not removed")
        return Result({**answer, "is": "kept"}, _nothing, ExitCode.ERROR)
    vault.remove_document(KEYS, kept.name)
    return Result(
        {**answer, "is": "removed"},
        lambda console: console.row([kept.name, "removed"]),
    )


def _keep(session: "Session", name: str, key: PrivateKey) -> KeptKey:
    name = name.strip()
    if not can_be_name(name):
        raise Usage(
            "a name of a key has 1 to 64 characters that can be printed, and is no DID",
            next_step="choose a short one, such as main",
        )
    vault = session.vault()
    for each in keys(vault):
        if each.name == name:
            raise Usage(
                f"there is a key called {name} already",
                next_step="choose another name",
            )
        if each.key.did == key.did:
            raise Usage(
                f"that key is in the wallet already, as {each.name}",
                next_step="see: credwallet key list",
            )
    kept = KeptKey(name, key, session.at.isoformat(timespec="seconds"))
    put_key(vault, kept)
    # Whoever said who they are is also the one whose key this is; without a word of
    # that no badge is asked whom it is about, and one DID would make it ask of all.
    if vault.document_names(IDENTITIES):
        vault.put_document(IDENTITIES, key.did, b"")
    return kept


def _from_profiles(session: "Session") -> Result:
    from credwallet.cli.profile_keys import profile_keys  # noqa: PLC0415 -- lazily: rare

    vault = session.vault()
    here = keys(vault)
    dids = {each.key.did for each in here}
    names = {each.name for each in here}
    found = profile_keys(vault)
    if not found:
        raise NotFound(
            "the wallet keeps no profile of another wallet with a key",
            next_step="import that wallet's backup first: credwallet import FILE",
        )
    kept = []
    for name, key in found:
        if key.did not in dids:
            kept.append(_keep(session, _free(name, names), key))
            names.add(kept[-1].name)
    if not kept:
        session.console.note("all of them are here already")
    return _imported(tuple(kept))


def _free(name: str, taken: set[str]) -> str:
    shown = "".join(letter for letter in name if letter.isprintable()).strip()
    base = shown[: LONGEST_NAME - 5]
    base = base if can_be_name(base) else _USUAL_NAME
    free, number = base, 1
    while free in taken:
        number += 1
        free = f"{base}-{number}"
    return free


def _imported(kept: tuple[KeptKey, ...]) -> Result:
    return Result(
        {"keys": [{**_json(each), "is": "imported"} for each in kept]},
        lambda console: console.rows(
            [each.name, each.key.did, "imported"] for each in kept
        ),
    )


def _json(kept: KeptKey) -> dict[str, Any]:
    return {
        "name": kept.name,
        "type": kept.key.kind,
        "did": kept.key.did,
        "verificationMethod": kept.key.method,
        "publicKeyJwk": public_jwk(kept.key.public_key),
        "addedAt": kept.added_at,
    }


def _show_list(console: "Console", kept: tuple[KeptKey, ...]) -> None:
    if not kept:
        console.hint("none yet: credwallet key create")
        return
    for each in kept:
        about = (each.name, each.key.kind, each.added_at[:10])
        if console.terminal:
            # The DID is there to be copied: it is never cut.
            console.line("  ".join(about), style="bold")
            console.line(each.key.did, indent=2)
        else:
            console.row((*about, each.key.did))


def _nothing(_: "Console") -> None:
    return
