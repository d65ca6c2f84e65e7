"""Stories of stacking for the schemas: rules, offers, plans and ladders.

As in `schema_stories`, which lists them.
"""

from tests.cli import test_plan
from tests.cli.chain import chain
from tests.cli.runner import SAMPLES
from tests.cli.test_next import rules
from tests.cli.test_policy import MINE
from tests.contract.schema_runs import Telling, put, story
from tests.samples.make import HARBOUR

NAME = "Cleaning Data"
CERTIFICATE = SAMPLES / "certificate.toml"


@story
def rules_kept(tell: Telling) -> None:
    """Rules with exceptions, examples and policies."""
    tell("qualification", "add", CERTIFICATE)
    tell("qualification", "add", put(tell, "bad.toml", "format = 1\n"))
    tell("qualification", "lint", tell.cli.folder / "bad.toml")
    tell("qualification", "examples", "my/diploma", "--add")
    mine = ("harbour/data-practice", "privacy")
    tell("qualification", "waive", *mine)
    tell("qualification", "waive", *mine)
    tell("qualification", "link", NAME, *mine, "--credits", "5/2")
    tell("qualification", "exceptions")
    tell("stack-progress", "--assume", "--require-satisfied")
    tell("qualification", "unlink", *mine)
    own = put(tell, "mine.toml", MINE)
    tell("policy", "show", own)
    tell("policy", "show", "my-apel-m")
    for each in (NAME, SAMPLES / "badges" / "python-tampered.json"):
        tell("policy", "check", each, "--policy", own, "--policy", "eu-2022")


@story
def stacks(tell: Telling) -> None:
    """A certificate, a diploma and a degree on each other, and what beside them."""
    argv = chain(tell.cli.folder)
    tell("stack-progress", *argv)
    tell("stack-progress", *argv, "--imply", "--html", tell.cli.folder / "page.html")
    for name, parts, more in (
        ("first", ("a", "b"), 'basis = "estimate"\nread_on = 2026-11-20'),
        ("second", ("z",), ""),
    ):
        put(tell, f"{name}.toml", rules(name, *parts, more=more))
    given = (
        '[[credential]]\nid = "c"\nachievement = "x:z"\nexpires = 2027-05-01\n'
        '[[credential]]\nid = "d"\nachievement = "x:z"\nexpires = 2028-05-01\n'
    )
    what_if = put(tell, "if.toml", f'format = "credwallet-what-if/1"\n{given}')
    offers = put(
        tell,
        "offers.csv",
        "id,achievement,cost,currency,hours\nq,x:a,300,EUR,10\nr,x:b,20.5,EUR,5\n",
    )
    files = [
        part
        for name in ("first", "second")
        for part in ("--qualification", tell.cli.folder / f"{name}.toml")
    ]
    tell(
        "stack-progress",
        "--no-wallet",
        *files,
        "--what-if",
        what_if,
        "--compare",
        "--offers",
        offers,
    )
    tell("stack-progress", "--no-wallet", *files, "--compare")
    tell("next", "--no-wallet", *files, "--offers", offers)
    tell("next", "--no-wallet", *files, "--offers", offers, "--mode", "online")
    tell("plan", "--no-wallet", *files[:2], "--offers", offers)
    tell("qualification", "add", tell.cli.folder / "second.toml")
    dated = put(tell, "dated.toml", f'format = "credwallet-offers/1"\n{DATED}')
    tell("plan", "--no-wallet", *files[2:], "--offers", dated)
    free = put(tell, "free.csv", "id,achievement,hours\nz,x:z,10\n")
    tell("plan", "--no-wallet", *files[2:], "--offers", free, "--minimise", "hours")


DATED = """[[offer]]
id = "base"
starts = 2027-01-11
ends = 2027-03-01
cost = 1
currency = "EUR"
gives = { achievement = "x:base" }
[[offer]]
id = "then"
cost = 1
currency = "EUR"
requires = ["x:base"]
gives = { achievement = "x:z" }
"""
LADDER = """[[requirement]]
id = "core"
type = "credits"
credits = 20
match = { achievement = ["award:first", "x:b"] }
"""


@story
def ladders(tell: Telling) -> None:
    """Parts that expire one after the other, and an award that is worth credits."""
    lower = rules("lower", "a", "b", more='award = { achievement = ["award:first"] }')
    upper = rules("upper", more='credit_unit = "ects"') + LADDER
    files = []
    for name, text in (("lower", lower), ("upper", upper)):
        files += ["--qualification", put(tell, f"{name}.toml", text)]
    parts = "".join(
        f'[[credential]]\nid = "{name}"\nachievement = "{achievement}"\n'
        f'expires = {year}-05-01\ncredits = "10"\ncredit_unit = "ects"\n'
        for name, achievement, year in (
            ("a", "x:a", 2027),
            ("b", "x:b", 2028),
            ("award", "award:first", 2029),
        )
    )
    what_if = put(tell, "if.toml", f'format = "credwallet-what-if/1"\n{parts}')
    tell("stack-progress", "--no-wallet", *files, "--what-if", what_if)
    first = put(tell, "two.toml", what_if.read_text().rpartition("[[credential]]")[0])
    tell("stack-progress", "--no-wallet", *files, "--what-if", first)


@story
def excepted(tell: Telling) -> None:
    """An exception that the awarding body makes."""
    issuer = f'issuer_ids = ["{HARBOUR}"]\ncredit_unit = "ects"'
    tell(
        "qualification", "add", put(tell, "mine.toml", rules("mine", "z", more=issuer))
    )
    link = ("qualification", "link", "Honest Charts", "mine", "z")
    tell(*link, "--evidence", NAME)
    tell("qualification", "exceptions")
    tell("stack-progress", "mine")


@story
def plans(tell: Telling) -> None:
    """Plans that fit, and plans that do not."""
    tell("offer", "add", put(tell, "offers.toml", test_plan.OFFERS + MORE_OFFERS))
    tell("offer", "add", tell.cli.folder / "offers.toml")
    tell("offer", "list")
    tell("qualification", "add", CERTIFICATE)
    goal = ("harbour/data-practice", "--by", "2029", "--why", "a better job")
    occupation = "http://data.europa.eu/esco/occupation/1"
    tell("goal", "add", *goal, "--occupation", occupation)
    tell("goal", "add", goal[0])
    tell("goal", "list")
    tell("timeline")
    for flags in (
        ("--per-week", "6"),
        ("--minimise", "hours"),
        ("--budget", "100", "--hours", "10"),
        ("--by", "2026-12-05", "--per-week", "7"),
        ("--mode", "blended"),
    ):
        tell("plan", "harbour/data-practice", *flags)
    tell("next")


MORE_OFFERS = """[[offer]]
id = "tagged"
gives = { tag = ["core"] }
[[offer]]
id = "whole"
starts = 2027-01-11
ends = 2027-03-01
[offer.gives]
achievement = "x:whole"
issuer = "did:example:college"
name = "Whole"
credits = "5/2"
credit_unit = "ects"
level = 6
framework = "eqf"
kind = "micro"
grade = "4.5"
issued = 2027-03-01
"""
