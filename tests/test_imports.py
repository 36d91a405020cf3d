"""Imports run one way: flows -> expectations, scrapers -> warehouse."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "warehouse": {"warehouse"},
    "scrapers": {"scrapers", "warehouse"},
    "expectations": {"expectations", "warehouse"},
    "flows": {"flows", "expectations", "scrapers", "warehouse"},
}
KEPT_OUT = {
    "scrapers": {"polars", "prefect", "great_expectations", "pandas", "pyarrow"},
    "warehouse": {"prefect", "great_expectations", "pandas", "httpx", "bs4"},
    "expectations": {"prefect", "httpx", "bs4"},
    "flows": {"pandas", "great_expectations", "bs4"},
}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("package", ALLOWED)
def test_imports_run_one_way(package):
    for path in sorted((ROOT / package).rglob("*.py")):
        tops = {name.split(".")[0] for name in imported(path)}
        assert not (tops & set(ALLOWED)) - ALLOWED[package], path
        assert not tops & KEPT_OUT[package], path


def test_scrapers_know_of_the_warehouse_only_its_rows():
    for path in sorted((ROOT / "scrapers").rglob("*.py")):
        ours = {n for n in imported(path) if n.split(".")[0] == "warehouse"}
        assert ours <= {"warehouse.fields"}, path
