"""How does the answer look as a page that is one file, to be looked at or printed?

The page runs nothing and loads nothing: its policy allows one style sheet by its
digest, and nothing else. Every text in it goes through `stack_page_markup`.
"""

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from credwallet.cli.adding_up.ladder_report import rung_words, step_words
from credwallet.cli.adding_up.page_markup import (
    Content,
    Markup,
    document,
    element,
    foreign,
    joined,
    style_of,
)
from credwallet.cli.adding_up.page_time import timeline_section
from credwallet.cli.adding_up.page_tree import (
    bar,
    counts,
    gates,
    mark,
    missing,
    tree,
    unused,
)
from credwallet.cli.adding_up.words import (
    bounds_of,
    lapse_words,
    percent_words,
    rests_on,
    sign_state,
    state_words,
)
from credwallet.stacking.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from credwallet.cli.adding_up.report import View
    from credwallet.model.qualification import Holding, Progress
    from credwallet.stacking.ladder import Rung

_SHEET = Path(__file__).with_name("page.css")
_LAW = (
    "A credential counts once in a qualification unless its rules say otherwise. What "
    "counts is verified, not revoked and in date on that day, unless it is marked as "
    "assumed or not verified. A percentage that is not proven lies between the two "
    "that are named."
)


def page_of(view: "View", holdings: "Iterable[Holding]", *, as_of: "date") -> str:
    """Write the page.

    Args:
        view: What there is to show.
        holdings: What the answers were worked out from.
        as_of: The day in question.

    Returns:
        A whole HTML document.

    """
    places = {
        answer.qualification.id: f"q{number}"
        for number, answer in enumerate(view.answers, 1)
    }
    spans = timeline(view.answers, holdings, as_of=as_of)
    body = (
        element(
            "header",
            element("h1", "Progress toward qualifications"),
            element("p", f"As of {as_of} (UTC).", class_="meta"),
        ),
        _overview(view, places) if len(view.answers) > 1 else joined(),
        element(
            "main",
            *(_qualification(answer, view, places) for answer in view.answers),
            _ladder(view, places),
            timeline_section(spans, view.known, view.renewals),
        ),
        element("footer", element("p", _LAW)),
    )
    return document(_head(as_of), element("body", *body), lang="en")


def _head(as_of: "date") -> Markup:
    sheet = _SHEET.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        # The policy is our own and holds quotes: escaped, they mean the same.
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"Progress toward qualifications, {as_of}"),
        style_of(sheet),
    )


def _overview(view: "View", places: dict[str, str]) -> Markup:
    items = [
        element(
            "li",
            mark(sign_state(answer)),
            element(
                "a",
                foreign(answer.qualification.title),
                href=f"#{places[answer.qualification.id]}",
            ),
            element("span", _short(answer), class_="word"),
            class_=f"s-{answer.state}",
        )
        for answer in view.answers
    ]
    return element(
        "nav", element("ul", *items, class_="overview"), aria_label="Qualifications"
    )


def _short(answer: "Progress") -> str:
    state = answer.state.replace("-", " ")
    return state if answer.state == "held" else f"{state}, {percent_words(answer)}"


def _qualification(answer: "Progress", view: "View", places: dict[str, str]) -> Markup:
    place = places[answer.qualification.id]
    lines: list[Content] = [
        element("h2", foreign(answer.qualification.title), id=f"{place}-title"),
        _about(answer),
        element(
            "p",
            mark(sign_state(answer)),
            " ",
            foreign(state_words(answer)),
            class_="state",
        ),
    ]
    if percent_words(answer) != f"{answer.percent}%":
        lines.append(element("p", percent_words(answer), class_="have"))
    doubt = rests_on(answer, view.known)
    if doubt:
        lines.append(element("p", f"Note: {doubt}.", class_="doubt"))
    lapse = lapse_words(answer, view.renewals, view.known)
    if lapse:
        lines.append(element("p", "Lapses: ", foreign(lapse), class_="lapse"))
    return element(
        "section",
        element("div", ring(answer), element("div", *lines), class_="summary"),
        element("h3", "What it asks for"),
        tree(answer, view.known),
        gates(answer),
        missing(answer),
        _remarks("Warnings", answer.warnings),
        _remarks("Questions", answer.suggestions),
        counts(answer, view.known),
        unused(answer, view.known),
        class_=f"card s-{answer.state}",
        id=place,
        aria_labelledby=f"{place}-title",
    )


def _about(answer: "Progress") -> Markup:
    qualification = answer.qualification
    said = [qualification.id]
    if qualification.version:
        said.append(f"version {qualification.version}")
    if qualification.awarded_by:
        said.append(f"awarded by {', '.join(qualification.awarded_by)}")
    if qualification.source:
        read = f", read on {qualification.read_on}" if qualification.read_on else ""
        said.append(f"rules from {qualification.source}{read}")
    parts: list[Content] = []
    for entry in said:
        parts += [" \u00b7 " if parts else "", foreign(entry)]
    text = qualification.text
    more = element("p", foreign(text), class_="why") if text else joined()
    return joined(element("p", *parts, class_="meta"), more)


def _remarks(heading: str, lines: tuple[str, ...]) -> Markup:
    if not lines:
        return joined()
    items = [element("li", foreign(line)) for line in lines]
    return joined(element("h3", heading), element("ul", *items, class_="plain"))


def ring(answer: "Progress") -> Markup:
    """Draw the percentage as a ring; what may come is paler, its words are the label.

    Args:
        answer: How far the qualification is.

    """
    low = high = answer.percent
    number = f"{low}%"
    if not answer.proven:
        low, high = bounds_of(answer)
        number = f"{low}\u2013{high}%"
    elif answer.under_way is not None:
        high = max(low, answer.under_way.percent)
    narrow = " narrow" if len(number) > len("100%") else ""
    arcs = [
        element(
            "circle",
            class_=class_,
            cx="60",
            cy="60",
            r="50",
            pathLength="100",
            stroke_dasharray=f"{percent} {100 - percent}",
            transform="rotate(-90 60 60)",
        )
        for class_, percent in (("may", high), ("full", low))
        if percent
    ]
    return element(
        "svg",
        element("circle", class_="track", cx="60", cy="60", r="50"),
        *arcs,
        element("text", number, x="60", y="60", class_=f"number{narrow}"),
        class_="ring",
        viewBox="0 0 120 120",
        role="img",
        aria_label=f"Progress: {percent_words(answer)}",
    )


def _ladder(view: "View", places: dict[str, str]) -> Markup:
    if not view.ladder.rungs:
        return joined()
    chains: dict[int, list[Markup]] = {}
    for rung in view.ladder.rungs:
        chains.setdefault(rung.chain, []).append(_rung(rung, view, places))
    return element(
        "section",
        element("h2", "What builds on what", id="ladder-title"),
        element("p", "From the lowest rung up.", class_="meta"),
        *(element("ol", *rungs, class_="ladder") for rungs in chains.values()),
        class_="card",
        aria_labelledby="ladder-title",
    )


def _rung(rung: "Rung", view: "View", places: dict[str, str]) -> Markup:
    answer = rung.answer
    name = answer.qualification.id
    steps = []
    for step in view.ladder.steps:
        if step.lower == name:
            words = step_words(step, view.known)
            lines = [element("p", foreign(said), class_="why") for said in words[1:]]
            head = element("p", foreign(words[0]))
            steps.append(element("li", head, *lines))
    head = element(
        "div",
        mark(sign_state(answer)),
        element("a", foreign(answer.qualification.title), href=f"#{places[name]}"),
        element("span", rung_words(answer), class_="word"),
        class_="line",
    )
    above = element("ul", *steps, class_="steps") if steps else joined()
    small = joined() if answer.state == "held" else bar(answer.percent)
    return element("li", head, small, above, class_=f"rung s-{answer.state}")
