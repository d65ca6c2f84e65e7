"""`credwallet issuer registry add|list|refresh|remove`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.cli.app import new_group
from credwallet.cli.kept import REGISTRIES, put_registry, registries
from credwallet.cli.named_document import named_document
from credwallet.cli.output import Result, code_of, gravest
from credwallet.cli.plural import amount
from credwallet.errors import CredwalletError, Invalid, NotFound, Unreadable, Usage
from credwallet.model.moment import moment_of, span_words
from credwallet.model.report import Problem

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.store import Vault
    from credwallet.trust.listing import Contents
    from credwallet.trust.registries import Registry

registry = new_group("Keep registries that list issuers.")

_ADD = "issuer registry add"
_AGAIN = "credwallet verify --all"
_MINUTE_S = 60
_MAX_BYTES = 4 * 1024 * 1024


@registry.command("add", no_args_is_help=True)
def add(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Its https address.")],
    file: Annotated[
        Path | None,
        typer.Argument(help="Its document; without one it is fetched from the URL."),
    ] = None,
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="dcc-legacy or oidf.")
    ] = "dcc-legacy",
    name: Annotated[str, typer.Option(help="Your own name for it.")] = "",
) -> Result:
    """Know the issuers that a registry lists; reports show its name for them.

    A registry is a JSON file of names by DID (dcc-legacy), or a trust anchor of an
    OpenID Federation (oidf), given by the address of its entity configuration. None is
    built in. Asking a federation tells it which issuers your badges are from.

    Example: credwallet issuer registry add https://registry.example/registry.json
    """
    session: Session = ctx.obj
    _check_address(url)
    vault = session.vault()
    old = next((kept for kept in registries(vault) if kept.url == url), None)
    data = named_document(session, url, file, command=_ADD)
    found = _contents(session, url, kind, data)
    now = session.at.isoformat(timespec="seconds")
    made = _made(
        url=url,
        kind=kind,
        name=name.strip() or found.name or url.partition("://")[2][:80],
        added_at=old.added_at if old else now,
        fetched_at=now,
        document=data,
    )
    put_registry(vault, made)
    return _said(session, [(made, "replaced" if old else "added", found)])


@registry.command("list")
def list_registries(ctx: typer.Context) -> Result:
    """List the registries, in the order in which they are asked.

    Example: credwallet issuer registry list
    """
    session: Session = ctx.obj
    kept = registries(session.vault())
    rows = [_row(session, each) for each in kept]

    def show(console: "Console") -> None:
        if not rows:
            console.hint("none yet: credwallet issuer registry add URL")
            return
        console.table(
            ("REGISTRY", "KIND", "COPY", "ADDRESS"),
            [(r["name"], r["kind"], f"{_age(session, r)} old", r["url"]) for r in rows],
            flexible=(0, 3),
        )

    return Result({"registries": rows}, show)


@registry.command("refresh")
def refresh(
    ctx: typer.Context,
    which: Annotated[
        list[str] | None,
        typer.Argument(metavar="URL|NAME", help="All of them if none is named."),
    ] = None,
) -> Result:
    """Fetch registries again; one that fails keeps its copy.

    Example: credwallet issuer registry refresh
    """
    session: Session = ctx.obj
    vault = session.vault()
    chosen = [_named(vault, each) for each in which or ()] or list(registries(vault))
    done: list[tuple[Registry, str, Contents | None]] = []
    failed: list[tuple[Registry, CredwalletError]] = []
    for each in chosen:
        try:
            fresh, found = _refreshed(session, each)
        except CredwalletError as error:
            failed.append((each, error))
            continue
        put_registry(vault, fresh)
        done.append((fresh, "refreshed", found))
    result = _said(session, done)
    return result._replace(
        exit_code=gravest(code_of(error) for _, error in failed),
        problems=tuple(_failed(each, error) for each, error in failed),
    )


@registry.command("remove", no_args_is_help=True)
def remove(
    ctx: typer.Context,
    which: Annotated[str, typer.Argument(metavar="URL|NAME")],
) -> Result:
    """Forget a registry.

    Example: credwallet issuer registry remove https://registry.example/registry.json
    """
    session: Session = ctx.obj
    vault = session.vault()
    found = _named(vault, which)
    vault.remove_document(REGISTRIES, found.url)
    return _said(session, [(found, "forgotten", None)])


def _check_address(url: str) -> None:
    if not url.lower().startswith("https://") or not url.isprintable() or "#" in url:
        raise Usage(
            f"{url} is not the https address of a registry",
            next_step="first the address, then the file if you have it: "
            f"credwallet {_ADD} URL FILE",
        )


def _contents(session: "Session", url: str, kind: str, data: bytes) -> "Contents":
    from credwallet.trust.registries import (  # noqa: PLC0415 -- lazily: rare
        KINDS,
        kind_of,
    )

    reader = kind_of(kind)
    if len(data) > _MAX_BYTES:
        raise Unreadable(
            f"{url} is larger than {_MAX_BYTES // 1024 // 1024} MiB",
            next_step="check that it is a registry",
        )
    try:
        return reader.contents(url, data, session.at)
    except Unreadable as error:
        raise Unreadable(
            f"{url} is no registry of the kind {kind}: {error.what}",
            next_step=f"check the address and --kind ({' or '.join(KINDS)})",
        ) from None


def _made(**parts: Any) -> "Registry":
    from credwallet.trust.registries import Registry  # noqa: PLC0415 -- lazily: rare

    return Registry(**parts)


def _refreshed(session: "Session", old: "Registry") -> "tuple[Registry, Contents]":
    from credwallet.trust import oidf  # noqa: PLC0415 -- lazily: rare

    data = named_document(session, old.url, None, command=_ADD)
    found = _contents(session, old.url, old.kind, data)
    if old.kind == oidf.NAME and not oidf.is_successor(old.document, data):
        raise Invalid(
            "all its keys are new, so nothing ties it to the one that you added",
            next_step="ask who runs it; if they changed: remove it and add it again",
        )
    now = session.at.isoformat(timespec="seconds")
    return old._replace(document=data, fetched_at=now), found


def _named(vault: "Vault", which: str) -> "Registry":
    found = [each for each in registries(vault) if which in (each.url, each.name)]
    if len(found) != 1:
        raise NotFound(
            f"{len(found)} registries go by {which}"
            if found
            else f"no registry goes by {which}",
            next_step="see: credwallet issuer registry list",
        )
    return found[0]


def _failed(each: "Registry", error: CredwalletError) -> Problem:
    problem = Problem.of(error)
    return problem._replace(title=f"{each.name}: {problem.title}")


def _row(session: "Session", each: "Registry") -> dict[str, Any]:
    fetched_at = moment_of(each.fetched_at) or session.at
    return {
        "url": each.url,
        "kind": each.kind,
        "name": each.name,
        "addedAt": each.added_at,
        "fetchedAt": each.fetched_at,
        "ageDays": abs(session.at - fetched_at).days,
    }


def _age(session: "Session", row: dict[str, Any]) -> str:
    fetched_at = moment_of(row["fetchedAt"]) or session.at
    seconds = abs((session.at - fetched_at).total_seconds())
    return "less than a minute" if seconds < _MINUTE_S else span_words(seconds)


def _said(
    session: "Session", done: "list[tuple[Registry, str, Contents | None]]"
) -> Result:
    rows = [
        {**_row(session, each), "is": what, "issuers": found.issuers if found else None}
        for each, what, found in done
    ]

    def show(console: "Console") -> None:
        for row in rows:
            count = row["issuers"]
            asked = "" if row["is"] == "forgotten" else "asked one by one"
            words = amount(count, "issuer") if count is not None else asked
            if console.terminal:
                console.row([row["is"], row["name"], row["url"], words])
            else:
                console.row([row["url"], row["name"], row["is"], words])
        if any(row["is"] != "forgotten" for row in rows):
            console.hint("badges get its names when they are checked: " + _AGAIN)

    return Result({"registries": rows}, show)
