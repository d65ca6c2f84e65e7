"""`credwallet offer add|list|remove`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from credwallet.cli.adding_up.offer_inputs import (
    OFFERS,
    kept_offers,
    offer_json,
    offers_in,
)
from credwallet.cli.app import new_group
from credwallet.cli.kept import named
from credwallet.cli.output import Result
from credwallet.cli.session import read_file
from credwallet.errors import Usage

if TYPE_CHECKING:
    from credwallet.cli.session import Session
    from credwallet.cli.terminal.console import Console
    from credwallet.model.offer import Offer

group = new_group("Keep what could be earned next in the wallet.")


@group.command("add", no_args_is_help=True)
def add(
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Offers files.")
    ],
) -> Result:
    """Keep the offers of some files; one of the same id is replaced.

    Example: credwallet offer add courses.csv
    """
    from credwallet.stacking.offers import left_out  # noqa: PLC0415 -- lazily: TOML

    session: Session = ctx.obj
    offers = offers_in(files)
    if not offers:
        raise Usage(
            f"there is no offer in {files[0]}", next_step="write one: [[offer]]"
        )
    notes = [note for path in files for note in left_out(read_file(path), str(path))]
    documents = {offer.id: _document(offer) for offer in offers}
    vault = session.vault()
    before = set(vault.document_names(OFFERS))
    vault.put_documents(OFFERS, documents)
    for note in notes:
        session.console.note(f"left out: {note}")
    done = [(offer, "replaced" if offer.id in before else "added") for offer in offers]
    return Result(
        {
            "offers": [{**_full_json(offer), "is": what} for offer, what in done],
            "leftOut": notes,
        },
        lambda console: console.rows([o.id, o.title, what] for o, what in done),
    )


@group.command("list")
def list_offers(ctx: typer.Context) -> Result:
    """List the offers that the wallet keeps.

    Example: credwallet offer list
    """
    session: Session = ctx.obj
    kept = kept_offers(session.vault())
    return Result(
        {"offers": [_full_json(offer) for offer in kept]},
        lambda console: _show_list(console, kept),
    )


@group.command("remove", no_args_is_help=True)
def remove(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID")],
) -> Result:
    """Stop keeping an offer.

    Example: credwallet offer remove privacy
    """
    session: Session = ctx.obj
    vault = session.vault()
    named(
        vault,
        OFFERS,
        name,
        missing=f"the wallet keeps no offer {name}",
        otherwise="see: credwallet offer list",
    )
    vault.remove_document(OFFERS, name)
    return Result(
        {"offer": name, "is": "removed"},
        lambda console: console.row([name, "removed"]),
    )


def _document(offer: "Offer") -> bytes:
    """Write an offer as it is kept, and make sure that it reads as the same again."""
    from credwallet.stacking.offers import (  # noqa: PLC0415 -- lazily: TOML
        read_offers,
        write_offer,
    )

    data = write_offer(offer).encode()
    if read_offers(data, offer.id) != (offer,):
        raise Usage(
            f"{offer.id} cannot be kept as it stands",
            next_step="use its file: --offers FILE",
        )
    return data


def _full_json(offer: "Offer") -> dict[str, Any]:
    given = offer.gives
    return {
        **offer_json(offer),
        "gives": {
            "achievement": given.achievement or None,
            "issuer": given.issuer or None,
            "name": given.name or None,
            "credits": None if given.credits is None else str(given.credits),
            "creditUnit": given.credit_unit or None,
            "level": None if given.level is None else str(given.level),
            "framework": given.framework or None,
            "kind": given.kind or None,
            "grade": None if given.grade is None else str(given.grade),
            "tag": list(given.tags),
            "alignment": list(given.alignments),
            "code": list(given.codes),
            "sameAs": list(given.same_as),
            "issued": given.issued.isoformat() if given.issued else None,
            "expires": given.expires.isoformat() if given.expires else None,
        },
    }


def _show_list(console: "Console", kept: "tuple[Offer, ...]") -> None:
    from credwallet.stacking.amounts import plain  # noqa: PLC0415 -- lazily: fractions

    if not kept:
        console.hint("none yet: credwallet offer add FILE")
        return
    console.table(
        ("ID", "TITLE", "COST", "", "HOURS", "MODE", "STARTS"),
        [
            (
                offer.id,
                offer.title,
                "" if offer.cost is None else plain(offer.cost),
                "" if offer.cost is None else offer.currency,
                "" if offer.hours is None else plain(offer.hours),
                offer.mode,
                offer.starts.isoformat() if offer.starts else "",
            )
            for offer in kept
        ],
        flexible=(1,),
        whole=(0,),
    )
