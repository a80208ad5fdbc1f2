"""The wheel is whole: installed into an empty environment, it loads every region from itself."""

import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
TRIAL = """
import asnpolicy, pathlib
from asnpolicy import Engine
from asnpolicy.policy.library import regions, shipped
assert "site-packages" in asnpolicy.__file__, asnpolicy.__file__
assert "site-packages" in str(shipped()), shipped()
assert (pathlib.Path(asnpolicy.__file__).parent / "py.typed").exists()
print(*[f"{region} {len(Engine.load(region).rules)}" for region in regions()], sep="\\n")
"""


def test_the_page_of_the_package_reads_on_an_index():
    """An index has no folder beside the page: nothing on it leads into one; each extra is named, and none that is not there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / project["readme"]).read_text(encoding="utf-8")
    leads_to = [*re.findall(r"\]\(([^)]*)\)", page), *re.findall(r"""(?:src|href)=["']([^"']*)""", page)]
    assert [one for one in leads_to if not one.startswith("https://")] == []
    told = re.search(r"^Extras: .*?\n\n", page, re.DOTALL | re.MULTILINE)
    named = set(re.findall(r"`([a-z]+)`", told[0]))
    assert named == {name for name in project["optional-dependencies"] if name != "dev"}  # which is for this project alone


def test_the_built_wheel_loads_every_region_in_an_empty_environment(tmp_path):
    """What users install has the policies and the types in it, and needs only the core dependencies."""

    def run(*command):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=clean)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run(sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path / "dist"), str(ROOT))
    wheel = next((tmp_path / "dist").glob("*.whl"))
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel))
    printed = run(str(python), "-c", TRIAL)
    assert {line.split()[0] for line in printed.splitlines()} >= {"nasional", "jakarta"}
    assert "no problems" in run(str(python), "-m", "asnpolicy.cli", "check", "jakarta")
