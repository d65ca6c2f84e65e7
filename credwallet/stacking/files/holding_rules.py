"""What does one table of a file say that a credential is, or would be?

A credential of a what-if file and what an offer gives are shaped alike; both are read
here. `docs/qualification-file.md` lists the keys.
"""

from fractions import Fraction

from credwallet.model.qualification import Holding, Standing
from credwallet.stacking.amounts import exact
from credwallet.stacking.files.toml_table import Table


def read_holding(
    table: Table, handle: str, *, standing: Standing = Standing.VERIFIED
) -> Holding:
    """Read what a credential would hold.

    Args:
        table: Where the keys stand; the caller finishes it.
        handle: What to call the credential.
        standing: How far it can be relied on.

    Returns:
        The credential, marked as assumed; keys that are wrong are left out of it.

    """
    issued, expires = table.day("issued"), table.day("expires")
    return Holding(
        handle=handle,
        standing=standing,
        achievement=table.text("achievement"),
        codes=table.texts("code"),
        same_as=table.texts("same_as"),
        alignments=table.texts("alignment"),
        issuer=table.text("issuer"),
        name=table.text("name"),
        issued=issued,
        expires=expires,
        credits=table.number("credits", positive=False),
        credit_unit=table.text("credit_unit"),
        level=_level(table),
        framework=table.text("framework"),
        kind=table.text("kind"),
        grade=table.number("grade", positive=False),
        tags=table.texts("tag"),
        assumed=True,
    )


def _level(table: Table) -> Fraction | None:
    value = table.values.get("level")
    if isinstance(value, str) and exact(value) is None:
        # A level in words compares with nothing, and says nothing wrong.
        table.text("level")
        return None
    return table.number("level", positive=False)
