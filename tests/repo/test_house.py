"""The house stands as it was drawn: imports go one way, exports are documented, importing is light."""

import ast
import io
import subprocess
import sys
import tokenize
from pathlib import Path

import asnpolicy

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "asnpolicy"
ORDER = (
    "version", "text", "synonyms", "visible", "arguments", "problems", "people", "language", "policy", "workforce", "backends", "decisions", "engine", "fairness", "trials", "exchange", "report",
    "cli",
)  # fmt: skip
ALLOWED_AT_ROOT = {
    ".ci", ".git", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "asnpolicy",
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
    heavy = "{'typer', 'rich', 'polars', 'narwhals', 'z3', 'hypothesis', 'durable_rules_engine', 'pandas', 'numpy', 'xlsxwriter', 'docx'}"
    for statement in ("import asnpolicy", "from asnpolicy import Engine, Employee; Engine.load('nasional')"):
        code = f"import sys; {statement}; print(sorted({heavy} & set(sys.modules)))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
        assert done.stdout.strip() == "[]", statement
    for code, light in (
        ("import sys, asnpolicy; print('pydantic' in sys.modules)", "nothing that is exported"),
        ("import sys; from asnpolicy import Engine, Employee; print('yaml' in sys.modules)", "nothing that reads a policy"),
    ):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
        assert done.stdout.strip() == "False", light


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


def code_of(path):
    """Give the numbers of the lines that hold code: no blank ones, no comments, no docstrings, no imports."""
    text = path.read_text(encoding="utf-8")
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    skipped = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    lines = {n for token in tokens if token.type not in skipped for n in range(token.start[0], token.end[0] + 1)}
    for node in ast.walk(ast.parse(text)):
        docstring = (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        )
        if docstring or isinstance(node, (ast.Import, ast.ImportFrom)):
            lines -= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def test_the_definition_is_short_enough_to_be_read_in_one_sitting():
    """The meaning of the language stays under 400 lines of code."""
    assert 100 < len(code_of(LIBRARY / "language" / "meaning.py")) < 400


def test_modules_stay_small():
    """No module grows beyond 500 lines."""
    large = {p.name for p in LIBRARY.rglob("*.py") if len(p.read_text(encoding="utf-8").splitlines()) > 500}
    assert large <= set()


PASSES = ("source", "surface", "elaborate")
"""What becomes of a policy's files, in this order."""


def test_a_policy_is_read_in_passes():
    """The surface knows the source, elaboration knows the surface, and none looks ahead."""
    wrong = []
    for path in (LIBRARY / "policy").rglob("*.py"):
        own = path.parent.name
        for line, module in imports(path):
            ahead = [p for p in PASSES if own in PASSES and PASSES.index(p) > PASSES.index(own)]
            if any(module.startswith(f"asnpolicy.policy.{p}") for p in ahead) and not _for_types_only(path, line):
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {module}")
    assert wrong == []


def test_raw_yaml_is_touched_while_it_is_read_and_never_again():
    """Outside source/ and surface/ nothing imports the source, and nothing looks into a node or at its entries."""
    wrong = []
    for path in LIBRARY.rglob("*.py"):
        if path.parent.name in ("source", "surface"):
            continue
        for line, module in imports(path):
            if module.startswith("asnpolicy.policy.source"):
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {module}")
        if path.relative_to(LIBRARY).parts[0] in ("policy", "report"):
            wrong += [f"{path.relative_to(ROOT)}:{line} looks at a node" for line in _looks_into_nodes(path)]
    assert wrong == []


def _looks_into_nodes(path):
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node.lineno for node in nodes if isinstance(node, ast.Attribute) and node.attr in ("node", "entries")]
