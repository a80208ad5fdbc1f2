"""The house stands as it was drawn: imports go one way, exports are documented, importing is light."""

import ast
import subprocess
import sys
from pathlib import Path

import asnpolicy

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "asnpolicy"
ORDER = ("version", "visible", "problems", "people", "language", "policy", "backends", "decisions", "engine", "exchange", "report", "cli")
ALLOWED_AT_ROOT = {
    ".ci", ".git", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "asnpolicy",
    "bench", "docs", "examples", "policies", "pyproject.toml", "tests",
}  # fmt: skip


def room(module):
    """Give the room of a module: the first name below the library."""
    return module.split(".")[1] if "." in module else ""


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("asnpolicy."):
            yield node.lineno, node.module
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.startswith("asnpolicy."))


def test_imports_go_one_way():
    """A room imports only from rooms below it."""
    wrong = []
    for path in LIBRARY.rglob("*.py"):
        own = path.relative_to(LIBRARY).parts[0].removesuffix(".py")
        if own == "__init__":
            continue
        for line, module in imports(path):
            other = room(module)
            if ORDER.index(other) > ORDER.index(own) and not _for_types_only(path, line):
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {module}")
    assert wrong == []


def _for_types_only(path, line):
    """Tell whether an import is read by the type checker alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guards = [n for n in ast.walk(tree) if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"]
    return any(guard.lineno <= line <= (guard.end_lineno or 0) for guard in guards)


def test_nothing_else_lies_at_the_root():
    """What is tracked at the root is what the house names."""
    listed = subprocess.run(
        ["git", "ls-tree", "--name-only", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert set(listed.stdout.split()) <= ALLOWED_AT_ROOT


def test_importing_is_light():
    """`import asnpolicy` loads neither the engine nor any extra; using the engine loads no extra and no command line."""
    heavy = "{'typer', 'rich', 'polars', 'narwhals', 'z3', 'hypothesis', 'durable_rules_engine', 'pandas', 'numpy', 'xlsxwriter'}"
    for statement in ("import asnpolicy", "from asnpolicy import Engine, Employee; Engine.load('nasional')"):
        code = f"import sys; {statement}; print(sorted({heavy} & set(sys.modules)))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
        assert done.stdout.strip() == "[]", statement
    done = subprocess.run(
        [sys.executable, "-c", "import sys, asnpolicy; print('pydantic' in sys.modules)"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.strip() == "False"


def test_every_export_is_there_and_documented():
    """Each exported name can be imported, and stands on the reference page."""
    page = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    for name in asnpolicy.__all__:
        assert getattr(asnpolicy, name) is not None
        assert f"`{name}`" in page, name


def test_every_module_says_what_it_is():
    """The first line of each module is a sentence about it."""
    for path in LIBRARY.rglob("*.py"):
        doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert doc, path
        assert doc.splitlines()[0].endswith((".", "?")), path


def test_the_definition_is_short_enough_to_be_read_in_one_sitting():
    """The meaning of the language stays under 250 lines."""
    lines = (LIBRARY / "language" / "meaning.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 250


def test_modules_stay_small():
    """No module grows beyond 500 lines, but for two that each know one thing: slips in YAML, and how nodes are written."""
    large = {p.name for p in LIBRARY.rglob("*.py") if len(p.read_text(encoding="utf-8").splitlines()) > 500}
    assert large <= {"source.py", "codegen.py"}
