"""How do the requirements of a qualification look on a page?"""

from typing import TYPE_CHECKING, NamedTuple

from credwallet.cli.adding_up.page_markup import (
    Content,
    Markup,
    element,
    foreign,
    joined,
)
from credwallet.cli.adding_up.words import (
    SIGNS,
    Branch,
    Known,
    branches,
    counted,
    group_state,
    group_words,
    have_words,
    listing,
    missing_words,
    why_words,
)
from credwallet.stacking.amounts import plain as amount

if TYPE_CHECKING:
    from credwallet.model.qualification import (
        GateProgress,
        GroupProgress,
        Progress,
        RequirementProgress,
    )

# Of names in one place, and of credentials that a qualification does not ask for.
_MOST_CHIPS = 40
_MOST_UNUSED = 60


def mark(state: str) -> Markup:
    """Draw the mark of a state; its word must stand beside it."""
    return element("span", SIGNS[state][0], class_="mark", aria_hidden="true")


def word(state: str) -> Markup:
    """Write the word of a state."""
    return element("span", state.replace("-", " "), class_="word")


def chip(handle: str, known: Known) -> Markup:
    """Name a credential, and say beside it what is not proven about it.

    Args:
        handle: Of the credential.
        known: Names by handle, and why one is not proven.

    """
    name = known.names.get(handle, "")
    parts: list[Content] = [foreign(name or handle)]
    if name:
        parts += [" ", foreign(handle, class_="handle")]
    if handle in known.marks:
        parts += [" ", element("strong", known.marks[handle], class_="flag")]
    return element("span", *parts, class_="chip")


class _Sight(NamedTuple):
    answer: "Progress"
    known: Known
    inner: dict[str, Branch]
    texts: dict[str, str]


def tree(answer: "Progress", known: Known) -> Markup:
    """Draw everything that a qualification asks for.

    Args:
        answer: How far the qualification is.
        known: Names and marks of credentials.

    """
    qualification = answer.qualification
    texts = {entry.id: entry.text for entry in qualification.requirements}
    texts |= {entry.id: entry.text for entry in qualification.groups}
    return _branch(_Sight(answer, known, branches(answer), texts), "")


def _branch(sight: _Sight, name: str) -> Markup:
    branch = sight.inner[name]
    items = [_leaf(sight, entry) for entry in branch.requirements]
    items += [_group(sight, group) for group in branch.groups]
    if branch.spare:
        names = listing(branch.spare, _MOST_CHIPS)
        items.append(
            element(
                "li",
                mark("not-needed"),
                element("div", word("not-needed"), ": ", foreign(names), class_="what"),
                class_="leaf s-not-needed",
            )
        )
    return element("ul", *items, class_="tree")


def _leaf(sight: _Sight, entry: "RequirementProgress") -> Markup:
    title = foreign(entry.title or entry.id, class_="title")
    head = element("div", title, word(entry.state), class_="line")
    lines = [head, element("p", have_words(entry), class_="have")]
    if 0 < entry.fraction < 1:
        lines.append(bar(int(entry.fraction * 100)))
    if entry.credentials:
        chips = [chip(name, sight.known) for name in entry.credentials[:_MOST_CHIPS]]
        left = len(entry.credentials) - len(chips)
        more = f" and {left} more" if left else ""
        lines.append(element("p", *_spaced(chips), more, class_="chips"))
    why = why_words(sight.answer, entry.why)
    lines += [
        element("p", foreign(said), class_="why")
        for said in (sight.texts[entry.id], why)
        if said
    ]
    what = element("div", *lines, class_="what")
    return element("li", mark(entry.state), what, class_=f"leaf s-{entry.state}")


def _group(sight: _Sight, group: "GroupProgress") -> Markup:
    state = group_state(group)
    branch = sight.inner[group.id]
    said = element("span", group_words(group, branch), class_="word")
    lines = [
        element(
            "div", foreign(group.title or group.id, class_="title"), said, class_="line"
        )
    ]
    if sight.texts[group.id]:
        lines.append(element("p", foreign(sight.texts[group.id]), class_="why"))
    return element(
        "li",
        mark(state),
        element("div", *lines, _branch(sight, group.id), class_="what"),
        class_=f"group s-{state}",
    )


def _spaced(parts: list[Markup]) -> list[Content]:
    return [piece for part in parts for piece in (part, " ")]


def bar(percent: int) -> Markup:
    """Draw a bar; the number must stand beside it."""
    return element(
        "svg",
        element("rect", class_="track", width="100%", height="6", rx="3"),
        element("rect", class_="full", width=f"{percent}%", height="6", rx="3"),
        class_="bar",
        height="6",
        aria_hidden="true",
    )


def gates(answer: "Progress") -> Markup:
    """List the gates, nothing if there are none."""
    if not answer.gates:
        return joined()
    items = [_gate(gate) for gate in answer.gates]
    return joined(
        element("h3", "Beside that, of all that counts"),
        element("ul", *items, class_="tree"),
    )


def _gate(gate: "GateProgress") -> Markup:
    state = "done" if gate.met else "missing"
    unit = counted(gate.unit, one=gate.need == 1)
    have = f"{amount(gate.have)} of at least {amount(gate.need)} {unit}"
    met = element("span", "met" if gate.met else "not met", class_="word")
    title = foreign(gate.text or gate.id, class_="title")
    what = element(
        "div",
        element("div", title, met, class_="line"),
        element("p", have, class_="have"),
        class_="what",
    )
    return element("li", mark(state), what, class_=f"leaf s-{state}")


def missing(answer: "Progress") -> Markup:
    """Say what is still missing, nothing if nothing is."""
    said = missing_words(answer, titles=True)
    if not said:
        return joined()
    items = [element("li", foreign(entry)) for entry in said]
    return joined(element("h3", "Still missing"), element("ul", *items, class_="plain"))


def counts(answer: "Progress", known: Known) -> Markup:
    """Say what counts where and by what it was matched, in a part to be opened.

    Args:
        answer: How far a qualification is.
        known: Names by handle, and why one is not proven.

    """
    titles = {entry.id: entry.title or entry.id for entry in answer.requirements}
    items = [
        element(
            "li",
            chip(use.credential, known),
            " counts as ",
            foreign(titles[use.requirement]),
            f", by {use.matched_by}",
        )
        for use in answer.allocation
    ]
    return _details(f"What counts where ({len(items)})", items)


def unused(answer: "Progress", known: Known) -> Markup:
    """Say what does not count and why, in a part to be opened.

    Args:
        answer: How far a qualification is; of what does not count, what came near is
            first.
        known: Names by handle, and why one is not proven.

    """
    near = [entry for entry in answer.unused if entry.near]
    far = [entry for entry in answer.unused if not entry.near]
    shown = [*near, *far[: max(0, _MOST_UNUSED - len(near))]]
    items = [
        element(
            "li",
            chip(entry.credential, known),
            ": ",
            foreign(why_words(answer, entry.why)),
        )
        for entry in shown
    ]
    left = len(answer.unused) - len(shown)
    if left:
        items.append(element("li", f"{left} more that it does not ask for"))
    return _details(f"What does not count, and why ({len(answer.unused)})", items)


def _details(summary: str, items: list[Markup]) -> Markup:
    if not items:
        return joined()
    listed = element("ul", *items, class_="plain")
    return element("details", element("summary", summary), listed)
