"""The kinds that the code gives to the log, read from the code itself: a new one cannot be forgotten in a list."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path

SAMSVAR = Path(__file__).resolve().parents[2] / "samsvar"

# Where a kind enters the log: by function, the parameter that holds it.
WRITERS = {
    ("samsvar.audit.services", "record"): "subject_kind",
    ("samsvar.audit.services", "record_refusal"): "subject_kind",
    ("samsvar.tasks.caretaking", "system_row"): "subject_kind",
}
# The key of a row that is written raw.
KEY = "subject_kind"

Function = tuple[str, str]


class Module:
    """One module of the program: its functions, and what its names mean."""

    def __init__(self, path: Path) -> None:
        self.name = ".".join(path.relative_to(SAMSVAR.parent).with_suffix("").parts).removesuffix(".__init__")
        self.tree = ast.parse(path.read_text())
        self.package = self.name if path.name == "__init__.py" else self.name.rpartition(".")[0]

    @cached_property
    def means(self) -> dict[str, str]:
        """Each imported name with the dotted name that it stands for."""
        found = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                found.update({one.asname or one.name: f"{node.module}.{one.name}" for one in node.names})
        return found

    def called(self, call: ast.Call) -> Function | None:
        """Which function of the program a call calls."""
        if isinstance(call.func, ast.Name):
            module, _dot, name = self.means.get(call.func.id, f"{self.name}.{call.func.id}").rpartition(".")
            return module, name
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            return self.means.get(call.func.value.id, ""), call.func.attr
        return None

    def nodes(self) -> Iterator[tuple[ast.AST, list[ast.FunctionDef]]]:
        """Every node with the functions it stands in, the innermost first."""
        waiting: list[tuple[ast.AST, list[ast.FunctionDef]]] = [(self.tree, [])]
        while waiting:
            node, around = waiting.pop()
            yield node, around
            # A decorator is called where the function stands, not inside it; no kind's words depend on that.
            inner = [node, *around] if isinstance(node, ast.FunctionDef) else around
            waiting += [(child, inner) for child in ast.iter_child_nodes(node)]


class Kinds:
    """Every kind that is written somewhere, with the places whose kind cannot be read from the code."""

    def __init__(self) -> None:
        paths = [path for path in sorted(SAMSVAR.rglob("*.py")) if "migrations" not in path.parts]
        self.modules = [Module(path) for path in paths]
        self.functions = {
            (module.name, node.name): node
            for module in self.modules
            for node, _around in module.nodes()
            if isinstance(node, ast.FunctionDef)
        }
        self.constants = {
            f"{module.name}.{target.id}": node.value.value
            for module in self.modules
            for node in module.tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        # A function that hands a parameter of its own on to the log is a writer too.
        self.writers = dict(WRITERS)
        self.found: dict[str, set[str]] = defaultdict(set)
        self.unread: set[str] = set()
        known = -1
        while known != len(self.writers):
            known = len(self.writers)
            for module in self.modules:
                self._read(module)

    def _read(self, module: Module) -> None:
        for node, around in module.nodes():
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if isinstance(key, ast.Constant) and key.value == KEY:
                        self._take(module, value, around)
            if isinstance(node, ast.Call) and (called := module.called(node)) in self.writers:
                given = self._given(node, called)
                if given is not None:
                    self._take(module, given, around)

    def _given(self, call: ast.Call, called: Function) -> ast.expr | None:
        name = self.writers[called]
        for keyword in call.keywords:
            if keyword.arg == name:
                return keyword.value
        arguments = self.functions[called].args
        names = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
        place = names.index(name) if name in names else len(call.args)
        return call.args[place] if place < len(call.args) else self._default(arguments, name)

    @staticmethod
    def _default(arguments: ast.arguments, name: str) -> ast.expr | None:
        """The text that a writer takes when its caller names no kind."""
        by_place = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
        defaults = dict(zip(reversed(by_place), reversed(arguments.defaults), strict=False))
        by_name = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        defaults.update({one.arg: default for one, default in by_name if default is not None})
        found = defaults.get(name)
        return found if isinstance(found, ast.Constant) and isinstance(found.value, str) else None

    def _take(self, module: Module, value: ast.expr, around: list[ast.FunctionDef]) -> None:
        if isinstance(value, ast.Constant):
            self.found[str(value.value)].add(module.name)
        elif isinstance(value, ast.IfExp):
            self._take(module, value.body, around)
            self._take(module, value.orelse, around)
        elif isinstance(value, ast.Attribute) and (chosen := self._choice(module, value)) is not None:
            self.found[chosen].add(module.name)
        elif isinstance(value, ast.Name):
            self._take_name(module, value.id, around)
        else:
            self.unread.add(f"{module.name}: {ast.unparse(value)}")

    @staticmethod
    def _choice(module: Module, value: ast.Attribute) -> str | None:
        """The value of one of several choices, as SubjectKind.LETTER."""
        home, _dot, name = module.means.get(ast.unparse(value.value), "").rpartition(".")
        choices = getattr(import_module(home), name, None) if home else None
        return str(getattr(choices, value.attr)) if isinstance(choices, type) and issubclass(choices, Enum) else None

    def _take_name(self, module: Module, name: str, around: list[ast.FunctionDef]) -> None:
        for function in around:
            if name in {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}:
                self.writers.setdefault((module.name, function.name), name)
                return
        constant = self.constants.get(module.means.get(name, f"{module.name}.{name}"))
        if constant is None:
            self.unread.add(f"{module.name}: {name}")
        else:
            self.found[str(constant)].add(module.name)


@cache
def kinds_written() -> Kinds:
    """The kinds of the program as it stands; read once in a run, since reading takes seconds."""
    return Kinds()
