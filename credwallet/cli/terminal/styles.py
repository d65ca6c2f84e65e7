"""In which colour and with which sign is a verdict, or an outcome, said?"""

from credwallet.model.report import Outcome, Verdict

# Of 256 colours those that can be read on black and on white alike; where there are
# eight only, the terminal's own, without yellow, which nobody sees on white.
STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "35"}
RICH_STYLES = {
    "bold": "1",
    "dim": "38;5;243",
    "red": "38;5;160",
    "green": "38;5;28",
    "yellow": "38;5;130",
}
VERDICT_STYLES = {Verdict.VALID: "green", Verdict.UNDETERMINED: "yellow"}
# Sign, what stands for it where there is ASCII alone, and style.
MARKS = {
    Outcome.PASSED: ("\u2713", "+", "green"),
    Outcome.FAILED: ("\u2717", "x", "red"),
    Outcome.UNKNOWN: ("?", "?", "yellow"),
    Outcome.SKIPPED: ("-", "-", "dim"),
}
