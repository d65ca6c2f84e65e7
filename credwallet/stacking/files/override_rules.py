"""What does an `[[override]]` say, in a what-if file or in the wallet?

The wallet keeps each exception as a small file of its own,
`format = "credwallet-override/1"`, in the words of `docs/qualification-file.md`.
"""

from fractions import Fraction
from typing import TYPE_CHECKING

from credwallet.errors import Usage
from credwallet.model.qualification import Override
from credwallet.stacking.files.rules import check_format, refuse
from credwallet.stacking.files.toml_table import Sheet, Table

if TYPE_CHECKING:
    from datetime import date

FORMAT = "credwallet-override/1"


def read_override(table: Table, *, assumed: bool) -> Override:
    """Read one exception, and note what is wrong with it.

    Args:
        table: The `[[override]]`.
        assumed: Whether it is made up by a what-if file.

    Returns:
        The exception.

    """
    kind = table.word("type", ("waive", "substitute", "equivalent"))
    authority = table.word("authority", ("issuer", "learner"), default="learner")
    override = Override(
        qualification=table.text("qualification", required=True),
        type=kind,
        requirement=table.text("requirement", required=True),
        authority=authority,
        evidence=table.text("evidence"),
        credential=table.text("credential"),
        achievement=table.text("achievement"),
        credits=table.number("credits"),
        valid_from=table.day("valid_from"),
        valid_until=table.day("valid_until"),
        assumed=assumed,
    )
    table.text("text")
    if kind == "substitute" and not override.credential and not table.has("credential"):
        table.error("", "a substitute names its credential", hint='credential = "ID"')
    if kind == "equivalent" and not (override.credential or override.achievement):
        table.error("", "equivalent needs achievement = or credential =")
    table.finish()
    return override


def load_override(text: str, source_name: str) -> Override:
    """Read an exception that the wallet keeps.

    Args:
        text: The whole file.
        source_name: What to call it in an error.

    Returns:
        The exception.

    Raises:
        Usage: If anything in it is wrong.

    """
    sheet = Sheet(text)
    check_format(sheet, FORMAT)
    sheet.unknown_tables(("format", "override"))
    tables = sheet.tables("override", most=1)
    found = [read_override(table, assumed=False) for table in tables]
    next_step = "take it back: credwallet qualification unlink"
    refuse(sorted(sheet.findings), source_name, next_step=next_step)
    if not found:
        raise Usage(f"{source_name}: there is no [[override]]", next_step="remove it")
    return found[0]


def override_text(override: Override) -> str:
    """Write an exception as a file.

    Args:
        override: Any exception.

    Returns:
        TOML that `load_override` reads back.

    """
    import tomli_w  # noqa: PLC0415 -- lazily: only who writes one needs it

    entry: dict[str, str | date] = {}
    for key, value in override._asdict().items():
        if isinstance(value, Fraction):
            entry[key] = str(value)
        elif value and key != "assumed":
            entry[key] = value
    return tomli_w.dumps({"format": FORMAT, "override": [entry]})
