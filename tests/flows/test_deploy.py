"""What deploy/ names exists: entry points, modules, paths, variables; no address of a registry."""

import importlib.util
import inspect
import re
from pathlib import Path

import pytest
import yaml
from jinja2.sandbox import ImmutableSandboxedEnvironment

from flows.settings import Settings
from warehouse.fields import VERDICTS

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
YAML = sorted(p for p in DEPLOY.rglob("*.yaml") if "demo" not in p.parts)
UNITS = sorted(DEPLOY.rglob("*.service"))
TEXTS = [DEPLOY / "Dockerfile", *YAML, *UNITS]
OURS = {f"CARAVAN_{name.upper()}" for name in Settings.model_fields}
FOR_DEPLOYING = {"CARAVAN_ROOT", "CARAVAN_VERSION"}  # explained in deploy/README.md


def read_yaml(path):
    return [doc for doc in yaml.safe_load_all(path.read_text(encoding="utf-8")) if doc]


@pytest.fixture(scope="module")
def deployments():
    return {d["name"]: d for d in read_yaml(DEPLOY / "prefect.yaml")[0]["deployments"]}


@pytest.mark.parametrize("path", YAML, ids=lambda path: path.name)
def test_every_file_is_yaml_and_says_what_it_is_for(path):
    assert read_yaml(path)
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_every_entry_point_is_a_flow_whose_parameters_are_explained(deployments):
    for name, deployment in deployments.items():
        file, _, function = deployment["entrypoint"].partition(":")
        text = (ROOT / file).read_text(encoding="utf-8")
        found = re.search(rf"def {function}\((.*?)\) ->(.*?)\"\"\"(.*?)\"\"\"", text, re.DOTALL)
        assert found, name
        for parameter in re.findall(r"(\w+): ", found[1]):
            assert f"{parameter}: " in found[3], f"{name}: {parameter} has no description"
        assert deployment["description"] and deployment["tags"]
        for parameter in deployment.get("parameters", {}):
            assert f"{parameter}:" in found[1]


def test_every_flow_ends_in_time(deployments):
    for deployment in deployments.values():
        file, _, function = deployment["entrypoint"].partition(":")
        before = (ROOT / file).read_text(encoding="utf-8").split(f"def {function}(")[0]
        assert "timeout_seconds=" in before[before.rindex("@flow(") :], deployment["name"]


def test_what_is_scheduled_never_overlaps_itself(deployments):
    scheduled = {name: d for name, d in deployments.items() if d.get("schedules")}
    assert set(scheduled) == {"nightly", "recheck", "maintenance"}
    for deployment in scheduled.values():
        limit = deployment["concurrency_limit"]
        assert limit == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
        assert all(s["timezone"] == "Asia/Tashkent" for s in deployment["schedules"])


def test_automations_start_what_there_is_with_parameters_that_it_takes(deployments):
    from flows import tell  # noqa: F401 - imports Prefect as the flows do

    for automation in read_yaml(DEPLOY / "automations.yaml")[0]:
        for action in automation["actions"]:
            if "deployment" not in action:
                continue
            flow, _, name = action["deployment"].partition("/")
            file, _, function = deployments[name]["entrypoint"].partition(":")
            module = importlib.import_module(file.removesuffix(".py").replace("/", "."))
            flow_function = getattr(module, function)
            assert flow_function.name == flow
            wanted = set(inspect.signature(flow_function.fn).parameters)
            assert set(action.get("parameters", {})) == wanted


def test_templates_of_automations_need_no_filter_of_prefect():
    environment = ImmutableSandboxedEnvironment()
    for automation in read_yaml(DEPLOY / "automations.yaml")[0]:
        for action in automation["actions"]:
            for template in action.get("parameters", {}).values():
                environment.from_string(template)  # raises for a filter it does not know


def test_events_that_automations_wait_for_are_emitted():
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "flows").glob("*.py"))
    for automation in read_yaml(DEPLOY / "automations.yaml")[0]:
        for event in automation["trigger"]["expect"]:
            if event.startswith("caravan."):
                stem, _, last = event.rpartition(".")
                assert f"{stem}.{last}" in code or (f'"{stem}.{{' in code and f'"{last}"' in code)
        for label in automation["trigger"]["match"]:
            assert label.startswith("prefect.") or f'"{label}"' in code


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_modules_paths_and_variables_exist(path):
    text = path.read_text(encoding="utf-8")
    modules = re.findall(r"-m[\", ]+((?:flows|prefect)[.\w]*)", text)
    for module in modules:
        assert module == "prefect" or importlib.util.find_spec(module), module
    for variable in set(re.findall(r"CARAVAN_\w+", text)) - FOR_DEPLOYING:
        assert variable in OURS, f"{path.name}: {variable} is no setting"
    for named in re.findall(r"(?<![\w/.])deploy/[\w./-]+\w", text):
        assert (ROOT / named).exists(), f"{path.name}: {named}"
    for copied in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE):
        assert all((ROOT / name).exists() for name in copied.split())


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_nothing_names_a_registry_or_holds_a_secret(path):
    text = path.read_text(encoding="utf-8")
    for host in re.findall(r"https?://([\w.-]+)", text):
        assert host in ("127.0.0.1", "server", "prefect-server.prefect.svc"), host
    assert not re.search(r"(?i)password: *[\"']?\w", text)


def test_the_runtime_lock_is_the_lock_without_what_only_tests_need():
    def pins(path):
        return dict(re.findall(r"^([\w.-]+)==([\w.]+)", path.read_text(encoding="utf-8"), re.M))

    everything, runtime = pins(ROOT / "requirements.lock"), pins(DEPLOY / "requirements.lock")
    assert runtime.items() <= everything.items()
    assert {"prefect", "polars", "obstore"} <= set(runtime)
    assert not {"pytest", "mypy", "ruff", "hypothesis", "moto"} & set(runtime)
    assert (
        "http" not in (DEPLOY / "requirements.lock").read_text(encoding="utf-8").split("\n", 3)[1]
    )


def test_the_operations_page_explains_every_automation_and_verdict():
    page = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for automation in read_yaml(DEPLOY / "automations.yaml")[0]:
        assert f"`{automation['name']}`" in page
    for word in set(VERDICTS) - {"ok"}:
        assert f"`{word}`" in page, word
    for variable in FOR_DEPLOYING:
        assert f"`{variable}`" in page
