"""docker-compose.yaml as Compose reads it: variables filled in, services in order of start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Self

import yaml

PROJECT = Path(__file__).resolve().parents[2]
FILE = PROJECT / "docker-compose.yaml"
_VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?:(:?[-?])([^}]*))?\}|(\w+))")


class VariableMissing(ValueError):
    """A variable without which Compose does not start."""


@dataclass(frozen=True)
class Service:
    """One service: what it runs, in which environment, when it may start, how it is asked."""

    name: str
    entrypoint: list[str]
    command: list[str]
    environment: dict[str, str]
    secrets: list[str]
    volumes: dict[str, str]
    """Where each volume or folder of the host is mounted, by its name or path."""
    conditions: dict[str, str]
    health_test: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, name: str, told: Mapping[str, Any]) -> Self:
        mounts = [volume.removesuffix(":ro").rsplit(":", 1) for volume in told.get("volumes", [])]
        return cls(
            name=name,
            entrypoint=told.get("entrypoint", []),
            command=told.get("command", []),
            environment=told.get("environment", {}),
            secrets=told.get("secrets", []),
            volumes={target: source for source, target in mounts},
            conditions={one: how["condition"] for one, how in told.get("depends_on", {}).items()},
            health_test=told.get("healthcheck", {}).get("test", []),
        )

    @property
    def health_command(self) -> list[str]:
        """The health check as words: `CMD` runs them, `CMD-SHELL` gives them to a shell."""
        kind, *words = self.health_test
        return words if kind == "CMD" else ["sh", "-c", *words]


@dataclass(frozen=True)
class Composition:
    """The whole file."""

    services: dict[str, Service]
    secrets: dict[str, str]
    """The variable that holds each secret."""
    copied: list[str]
    """The folders of the project that the image holds."""

    @classmethod
    def read(cls, variables: Mapping[str, str], file: Path = FILE) -> Self:
        """Raises VariableMissing for a variable that is asked for and not there."""
        told = yaml.safe_load(file.read_text())
        filled = _filled_in(told["services"], variables)
        image = told["x-airflow"]["build"]["dockerfile_inline"]
        return cls(
            services={name: Service.read(name, one) for name, one in filled.items()},
            secrets={name: one["environment"] for name, one in told["secrets"].items()},
            copied=re.findall(r"^COPY (\w+) \1$", image, re.MULTILINE),
        )

    def in_order(self) -> list[Service]:
        """Every service after those it depends on."""
        after = {name: set(service.conditions) for name, service in self.services.items()}
        return [self.services[name] for name in TopologicalSorter(after).static_order()]


def _filled_in(told: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(told, dict):
        return {name: _filled_in(value, variables) for name, value in told.items()}
    if isinstance(told, list):
        return [_filled_in(value, variables) for value in told]
    if not isinstance(told, str):
        return told
    return _VARIABLE.sub(lambda found: _value(found, variables), told)


def _value(found: re.Match[str], variables: Mapping[str, str]) -> str:
    dollar, name, how, text, bare = found.groups()
    if dollar:
        return "$"
    value = variables.get(name or bare)
    if value or (value is not None and not (how or "").startswith(":")):
        return value
    if (how or "").endswith("?"):
        raise VariableMissing(f"{name}: {text}")
    return text or ""
