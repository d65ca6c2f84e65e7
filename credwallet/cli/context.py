"""`credwallet context list|add|remove`."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.canon.contexts import Contexts
from credwallet.cli.app import new_group
from credwallet.cli.kept import CONTEXTS
from credwallet.cli.named_document import named_document
from credwallet.cli.output import Result
from credwallet.cli.plural import amount
from credwallet.errors import Invalid, NotFound, Usage

if TYPE_CHECKING:
    from credwallet.canon.contexts.examining import Examined
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console

group = new_group("Keep JSON-LD contexts beyond the bundled ones.")

_MOST_NAMED = 10
_EVERY_WORD = "gives a meaning to every word"


@group.command("list")
def list_contexts(
    ctx: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="Name the bundled contexts, too.")
    ] = False,
) -> Result:
    """List the contexts that you added; the bundled ones are counted.

    Example: credwallet context list
    """
    session: Session = ctx.obj
    bundled = Contexts.bundled().bundled_urls()
    added = session.vault().documents(CONTEXTS) if session.has_wallet() else {}
    known = Contexts.bundled().with_supplied(added)
    rows: list[dict[str, Any]] = [
        {
            "url": url,
            "is": "added",
            "sha256": hashlib.sha256(data).hexdigest(),
            "catchesAll": known.catches_all(url),
        }
        for url, data in sorted(added.items())
    ]
    if everything:
        blank = {"is": "bundled", "sha256": None, "catchesAll": False}
        rows += [{"url": url, **blank} for url in bundled]

    def show(console: "Console") -> None:
        for row in rows:
            _line(console, row)
        if not everything:
            console.hint(
                f"{len(bundled)} more come with credwallet: credwallet context list "
                "--all"
            )

    return Result({"contexts": rows, "bundled": len(bundled)}, show)


def _line(console: "Console", row: dict[str, Any]) -> None:
    remark = _EVERY_WORD if row["catchesAll"] else ""
    if not console.terminal:
        console.row([row["url"], row["is"], row["sha256"] or "", remark])
        return
    console.row([row["is"], row["url"]])
    for more in (f"SHA-256 {row['sha256']}" if row["sha256"] else "", remark):
        if more:
            console.line(more, indent=2)


@group.command("add", no_args_is_help=True)
def add(
    ctx: typer.Context,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="As credentials name the context.")
    ],
    file: Annotated[
        Path | None,
        typer.Argument(help="Its document; without one it is fetched from the URL."),
    ] = None,
    allow_vocab: Annotated[
        bool,
        typer.Option(
            "--allow-vocab",
            help="Even if it gives a meaning to every word (@vocab).",
        ),
    ] = False,
) -> Result:
    """Keep a context, so that credentials that name it can be verified.

    It is compared with the bundled ones: one that changes what decides about a
    credential is refused. Reports say when a context of yours was used.

    Example: credwallet context add https://issuer.example/terms/v1 terms.jsonld
    """
    session: Session = ctx.obj
    if not url.startswith(("https://", "http://")) or not url.isprintable():
        raise Usage(
            f"{url} is no address",
            next_step="first the address that credentials name, then the file if you "
            "have it: credwallet context add URL FILE",
        )
    contexts = Contexts.bundled()
    if contexts.knows(url):
        raise Usage(
            f"{url} comes with credwallet and cannot be replaced",
            next_step="nothing needs to be added for it",
        )
    vault = session.vault()
    kept = vault.documents(CONTEXTS)
    data = named_document(session, url, file, command="context add")
    examined = _examined(url, data, contexts.with_supplied(kept))
    if examined.catches_all and not allow_vocab:
        raise Usage(
            f"{url} gives a meaning to every word (@vocab): a mistyped or added word "
            "would count as signed",
            next_step="if you want that nevertheless: --allow-vocab",
        )
    vault.put_document(CONTEXTS, url, data)
    what = "replaced" if url in kept else "added"
    return _said(url, what, examined)


@group.command("remove", no_args_is_help=True)
def remove(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL")],
) -> Result:
    """Forget a context that you added.

    Example: credwallet context remove https://issuer.example/terms/v1
    """
    session: Session = ctx.obj
    vault = session.vault()
    if vault.document(CONTEXTS, url) is None:
        raise NotFound(
            f"{url} is not among the contexts that you added",
            next_step="see: credwallet context list",
        )
    vault.remove_document(CONTEXTS, url)
    return Result(
        {"context": {"url": url, "is": "forgotten"}},
        lambda console: console.row([url, "forgotten"]),
    )


def _examined(url: str, data: bytes, contexts: Contexts) -> "Examined":
    from credwallet.canon.contexts.examining import (  # noqa: PLC0415 -- lazily: rare
        examine,
    )

    examined = examine(url, data, contexts)
    if examined.redefined:
        raise Invalid(
            f"{url} gives another meaning to {_some(examined.redefined)}",
            next_step="do not use it: badges could say what nobody signed",
            type="context-redefines",
        )
    return examined


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST_NAMED
    named = ", ".join(name[:40] for name in names[:_MOST_NAMED])
    return f"{named} and {more} more" if more > 0 else named


def _said(url: str, what: str, examined: "Examined") -> Result:
    data: dict[str, Any] = {
        "context": {
            "url": url,
            "is": what,
            "sha256": examined.sha256,
            "terms": len(examined.terms),
            "catchesAll": examined.catches_all,
            "redefines": [],
            "differs": list(examined.differing),
        }
    }

    def show(console: "Console") -> None:
        count = amount(len(examined.terms), "term")
        if console.terminal:
            console.row([what, url, count])
            console.line(f"SHA-256 {examined.sha256}", indent=2)
            console.line("changes nothing that decides about a badge", indent=2)
            if examined.differing:
                console.wrapped(
                    "has its own meaning for terms that bundled contexts use, too: "
                    + _some(examined.differing),
                    indent=2,
                )
        else:
            console.row([url, what, examined.sha256, count])
        if examined.catches_all:
            console.note(
                "every word of a badge that names it counts as signed (@vocab); "
                "reports will say so"
            )
        console.hint("compare the digest with what the publisher states")

    return Result(data, show)
