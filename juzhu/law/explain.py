"""A policy, to be read by a legal officer: its tree, parameters, sources and readings."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Column, Table
from rich.tree import Tree

from juzhu.law.acts import ACTS, Term
from juzhu.law.conditions import Branch, Leaf, Node
from juzhu.law.eligibility import KINDS, MINOR, tree
from juzhu.law.facts import ROUTES, Route
from juzhu.law.policy import Interpretation, Lang, Policy, cite_label
from juzhu.law.wording import Text

ROUTE_NAMES: dict[Route, Text] = {
    "employment": Text("合法稳定就业", "employment"),
    "dwelling": Text("合法稳定住所", "dwelling"),
    "study": Text("连续就读", "study"),
    "talent": Text("引进人才", "talent"),
}
STATUS_NAMES = {
    "draft": Text("征求意见稿", "draft"),
    "in_force": Text("有效", "in force"),
    "repealed": Text("已废止", "repealed"),
    "illustrative": Text("示例，待核对", "illustrative"),
}
_JOINS = {"all_of": Text("全部满足", "all of"), "any_of": Text("满足一条", "any of")}
_ONLY_IF = {
    KINDS["owned"]: Text("自购房屋的", "if owned"),
    KINDS["rented"]: Text("租赁房屋的", "if rented"),
    KINDS["relative"]: Text("住近亲属房屋的", "if a close relative's"),
    KINDS["public_rental"]: Text("租住公有住房的", "if public housing"),
    KINDS["dormitory"]: Text("住单位宿舍的", "if an employer's dormitory"),
    KINDS["lodging"]: Text("借住、寄住的", "if a host's"),
}
_READINGS = Text("文本没有写明之处，我们这样理解", "Where the text is open, this is how it is read")
_UNCONFIRMED = Text("（待核对）", "(to be confirmed)")
_ONLY_MINORS = Text("未成年人还需", "for minors also")


def explanation(policy: Policy) -> dict[str, Any]:
    """The whole pack as plain values, with each cite's label, in both languages."""
    return {
        "id": policy.id,
        "title": policy.title.text.as_json(),
        "status": policy.status,
        "effective_from": policy.effective_from,
        "effective_to": policy.effective_to,
        "tree": {route: _node(tree(policy, route), policy) for route in ROUTES},
        "parameters": {
            name: {"value": value, "provisions": _cites(policy.provisions[name])}
            for name, value in policy.parameters.given.items()
        },
        "acts": {name: _cites(cites) for name, cites in policy.acts.items()},
        "remedies": {
            name: {"length": term.length, "provisions": _cites(term.cites)}
            for name, term in _terms(policy).items()
        },
        "hearing": {
            name: {key: value for key, value in row.items() if key != "cites"}
            | {"provisions": _cites(tuple(row["cites"]))}
            for name, row in policy.hearing.model_dump().items()
        },
        "sources": {
            source.id: {"title": source.title.text.as_json(), "short": source.short.text.as_json()}
            for source in policy.sources
        },
        "interpretations": [
            {
                "id": each.id,
                "reading": each.reading.text.as_json(),
                "why": each.why.text.as_json(),
                "cites": _cites(each.cites),
                "parameters": {name: getattr(policy.parameters, name) for name in each.parameters},
            }
            for each in policy.interpretations
        ],
    }


def _terms(policy: Policy) -> dict[str, Term]:
    terms = policy.remedies
    return {"reconsideration_days": terms.reconsideration_days, "litigation_months": terms.litigation_months}


def _cites(cites: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"cite": cite, "zh": cite_label(cite, "zh"), "en": cite_label(cite, "en")} for cite in cites]


def _node(node: Node, policy: Policy) -> dict[str, Any]:
    if isinstance(node, Leaf):
        return {
            "code": node.code,
            "name": node.name.as_json(),
            "material": node.material.as_json(),
            "cites": _cites(policy.cites[node.code]),
        }
    label = {"label": _label(node).as_json()} if node.label else {}
    return label | {node.join: [_node(part, policy) for part in node.parts if _says_something(part)]}


def _says_something(node: Node) -> bool:
    return isinstance(node, Leaf) or bool(node.parts)


def _label(branch: Branch) -> Text:
    if branch.label is None:
        return _JOINS[branch.join]
    return _ONLY_MINORS if branch.label == MINOR else _ONLY_IF.get(branch.label, branch.label)


def print_policy(policy: Policy, lang: Lang, console: Console | None = None) -> None:
    """To the terminal, in one language."""
    console = console or Console()
    head = Text(STATUS_NAMES[policy.status].zh, STATUS_NAMES[policy.status].en).in_(lang)
    console.print(f"[bold]{policy.title.text.in_(lang)}[/bold]\n{policy.id} · {head}\n")
    for route in ROUTES:
        console.print(_rich_tree(policy, route, lang))
        console.print()
    console.print(_parameters(policy, lang))
    console.print(_acts(policy, lang))
    console.print(_sources(policy, lang))
    console.print(f"\n[bold]{_READINGS.in_(lang)}[/bold]")
    for each in policy.interpretations:
        console.print(_reading(each, policy, lang), highlight=False, markup=False)


def _rich_tree(policy: Policy, route: Route, lang: Lang) -> Tree:
    drawn = Tree(f"[bold]{ROUTE_NAMES[route].in_(lang)}[/bold] ({route}): {_JOINS['all_of'].in_(lang)}")

    def grow(onto: Tree, node: Node) -> None:
        if isinstance(node, Leaf):
            labels = " · ".join(cite_label(cite, lang) for cite in policy.cites[node.code])
            onto.add(f"{node.name.in_(lang)} [dim]{node.code} · {labels}[/dim]")
        elif node.parts:
            branch = onto.add(f"{_label(node).in_(lang)}")
            for part in node.parts:
                grow(branch, part)

    for part in tree(policy, route).parts:
        grow(drawn, part)
    return drawn


def _parameters(policy: Policy, lang: Lang) -> Table:
    title, value, provisions = Text("参数", "Parameter"), Text("值", "Value"), Text("依据", "Provisions")
    drawn = Table(Column(title.in_(lang), no_wrap=True), value.in_(lang), provisions.in_(lang))
    for name, held in policy.parameters.given.items():
        shown = " ".join(held) if isinstance(held, tuple) else str(held).lower()
        drawn.add_row(name, shown, " · ".join(cite_label(cite, lang) for cite in policy.provisions[name]))
    return drawn


def _acts(policy: Policy, lang: Lang) -> Table:
    drawn = Table(Text("行为", "Act").in_(lang), Text("依据", "Provisions").in_(lang))
    for name, words in ACTS.items():
        drawn.add_row(words.in_(lang), " · ".join(cite_label(cite, lang) for cite in policy.acts[name]))
    for name, term in _terms(policy).items():
        labels = " · ".join(cite_label(cite, lang) for cite in term.cites)
        drawn.add_row(f"{name} = {term.length}", labels)
    for name, row in policy.hearing.model_dump().items():
        held = str(row.get("yuan", row.get("offered"))).lower()
        unsure = "" if row["confirmed"] else f" {_UNCONFIRMED.in_(lang)}"
        labels = " · ".join(cite_label(cite, lang) for cite in row["cites"])
        drawn.add_row(f"hearing {name} = {held}{unsure}", labels)
    return drawn


def _sources(policy: Policy, lang: Lang) -> Table:
    drawn = Table("id", Text("简称", "Short").in_(lang), Text("文件", "Document").in_(lang))
    for source in policy.sources:
        drawn.add_row(source.id, source.short.text.in_(lang), source.title.text.in_(lang))
    return drawn


def _reading(each: Interpretation, policy: Policy, lang: Lang) -> str:
    switches = ", ".join(
        f"{name} = {str(getattr(policy.parameters, name)).lower()}" for name in each.parameters
    )
    labels = " · ".join(cite_label(cite, lang) for cite in each.cites)
    why = each.why.text.in_(lang)
    lines = [f"\n{each.id}", f"  {each.reading.text.in_(lang)}", f"  {why}", f"  {labels}"]
    return "\n".join([*lines, f"  {switches}"] if switches else lines)
