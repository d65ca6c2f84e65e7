"""Does a credential fit the schema that it names?"""

from typing import NamedTuple

from credwallet.model.report import Problem
from credwallet.verify.case import Case


class Schemas(NamedTuple):
    """What came of the schemas: rules broken, remarks, and words for the note."""

    broken: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    note: str = ""


def read_schemas(case: Case) -> Schemas:
    """Check a credential against the schemas that it names."""
    del case
    return Schemas()
