"""How do the dates of credentials look on a page: bars over years, with the day's line?

Places are percentages of the width with two digits, worked out in whole numbers: text
keeps its size on every screen, and only the bars stretch.
"""

from datetime import date
from typing import TYPE_CHECKING

from credwallet.cli.adding_up.page_markup import (
    Content,
    Markup,
    element,
    foreign,
    joined,
)
from credwallet.cli.adding_up.page_tree import chip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from credwallet.cli.adding_up.words import Known
    from credwallet.stacking.timeline import Renewal, Span, Timeline

_MOST_USED = 120
_MOST_OTHERS = 60
_MOST_YEARS = 7
_WORDS = {
    "revoked": "revoked",
    "suspended": "suspended",
    "invalid": "invalid",
    "lapsed": "lapsed",
    "not-yet": "issued later",
    "under-way": "under way",
    "unverified": "not verified",
    "unused": "counts nowhere here",
}


def timeline_section(
    timeline: "Timeline",
    known: "Known",
    renewals: "Sequence[Renewal]",
) -> Markup:
    """Draw the dates of all credentials, nothing if there are none.

    Args:
        timeline: The dates.
        known: Names and marks of credentials.
        renewals: What one renewal keeps alive.

    """
    used = [span for span in timeline.spans if span.state == "counts"]
    others = [span for span in timeline.spans if span.state != "counts"]
    if not timeline.spans:
        return joined()
    parts: list[Content] = [element("h2", "Issue and expiry", id="time-title")]
    parts.append(_renewals(renewals, known))
    rows = [_row(span, timeline, known) for span in used[:_MOST_USED]]
    if rows:
        parts.append(element("ol", _axis(timeline), *rows, class_="time"))
    else:
        parts.append(element("p", "Nothing that is held counts here.", class_="why"))
    hidden = len(used) - len(rows)
    if hidden:
        parts.append(element("p", f"{hidden} more count.", class_="why"))
    if others:
        rows = [_row(span, timeline, known) for span in others[:_MOST_OTHERS]]
        hidden = len(others) - len(rows)
        more = element("p", f"{hidden} more.", class_="why") if hidden else ""
        parts.append(
            element(
                "details",
                element("summary", f"What counts nowhere here ({len(others)})"),
                element("ol", _axis(timeline), *rows, class_="time"),
                more,
            )
        )
    return element("section", *parts, class_="card", aria_labelledby="time-title")


def _renewals(renewals: "Sequence[Renewal]", known: "Known") -> Markup:
    items = []
    for renewal in renewals:
        until = (
            f" until {renewal.until}"
            if renewal.until
            else ", with no other end in sight"
        )
        parts: list[Content] = [element("strong", str(renewal.on)), ": "]
        for name in renewal.credentials:
            parts += [chip(name, known), " "]
        many = len(renewal.credentials) > 1
        verb = (
            "end; renewing all of them keeps " if many else "ends; renewing it keeps "
        )
        parts.append(verb)
        for number, name in enumerate(renewal.qualifications):
            parts += [", " if number else "", foreign(known.titles[name])]
        parts.append(f" alive{until}.")
        items.append(element("li", *parts))
    return element("ul", *items, class_="plain") if items else joined()


def _row(span: "Span", timeline: "Timeline", known: "Known") -> Markup:
    holding = span.holding
    where = [foreign(known.titles[name]) for name in span.counts_in]
    said: list[Content] = ["counts in "] if where else [_WORDS.get(span.state, "")]
    for number, title in enumerate(where):
        said += [", " if number else "", title]
    dates = (
        f"issued {holding.issued}" if holding.issued else "no issue date",
        f"expires {holding.expires}" if holding.expires else "no expiry",
    )
    who = element(
        "div",
        chip(holding.handle, known),
        element("p", ", ".join(dates), class_="have"),
        element("p", *said, class_="why"),
    )
    return element("li", who, _bar(span, timeline), class_=f"row t-{span.state}")


def _bar(span: "Span", timeline: "Timeline") -> Markup:
    """Draw a credential's time; without a date on one side it runs off that side."""
    holding = span.holding
    low = _place(holding.issued or timeline.start, timeline)
    high = _place(holding.expires or timeline.end, timeline)
    wide = max(high - low, 60)
    open_ = "" if holding.issued and holding.expires else " open"
    return element(
        "svg",
        element(
            "rect",
            class_=f"life{open_}",
            x=_percent(min(low, 9940)),
            y="9",
            width=_percent(wide),
            height="10",
            rx="3",
        ),
        _today(timeline, "0", "28"),
        class_="span",
        height="28",
        aria_hidden="true",
    )


def _today(timeline: "Timeline", top: str, bottom: str) -> Markup:
    here = _percent(_place(timeline.as_of, timeline))
    return element("line", class_="today", x1=here, x2=here, y1=top, y2=bottom)


def _axis(timeline: "Timeline") -> Markup:
    years = range(timeline.start.year, timeline.end.year + 1)
    every = -(-len(years) // _MOST_YEARS)
    marks: list[Content] = []
    for year in years[::every]:
        place = _place(date(year, 1, 1), timeline)
        here = _percent(place)
        anchor = "end" if place > 9500 else "start" if place < 500 else "middle"
        marks.append(element("line", class_="tick", x1=here, x2=here, y1="16", y2="22"))
        marks.append(element("text", str(year), x=here, y="12", text_anchor=anchor))
    years_ = element(
        "svg",
        *marks,
        _today(timeline, "15", "22"),
        class_="span",
        height="22",
        aria_hidden="true",
    )
    line = element("span", "\u2502", class_="today-mark", aria_hidden="true")
    day = element("p", line, f" {timeline.as_of}, the day in question", class_="have")
    return element("li", day, years_, class_="row axis")


def _place(day: date, timeline: "Timeline") -> int:
    """Place a day within the window, in hundredths of a percent; outside: the edge."""
    whole = (timeline.end - timeline.start).days
    return min(10_000, max(0, (day - timeline.start).days * 10_000 // whole))


def _percent(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
