"""All models of a folder, in the order in which they can run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from regulars.domain.errors import BadInput
from regulars.models.model import EXTERNAL, Model, ModelKind, read_model


@dataclass(frozen=True)
class Catalog:
    """Models by name, inputs before those that read them; equals stand in alphabetical order."""

    models: tuple[Model, ...]

    def __getitem__(self, name: str) -> Model:
        """The model of this name. Raises BadInput when there is none."""
        for model in self.models:
            if model.name == name:
                return model
        raise BadInput(f"there is no model {name}", next_move="look into include/sql")

    def select(
        self,
        names: Iterable[str] | None = None,
        *,
        upstream: bool = False,
        kinds: Iterable[ModelKind] = tuple(ModelKind),
    ) -> tuple[Model, ...]:
        """Some models in running order: by name, with what they read if `upstream`, by kind."""
        if names is None:
            wanted = {model.name for model in self.models}
        else:
            wanted = {self[name].name for name in names}
        if upstream:
            for model in reversed(self.models):
                wanted |= set(model.upstream) if model.name in wanted else set()
        allowed = frozenset(kinds)
        return tuple(m for m in self.models if m.name in wanted and m.kind in allowed)

    def in_room(self, folder: str) -> tuple[Model, ...]:
        """The models whose files lie in a folder of this name, in running order."""
        return tuple(model for model in self.models if model.path.parent.name == folder)

    @property
    def published(self) -> tuple[Model, ...]:
        """The models other people depend on."""
        return tuple(model for model in self.models if model.publish)

    @property
    def external_inputs(self) -> tuple[str, ...]:
        """The tables that the models read and no model makes."""
        named = {name for model in self.models for name in model.inputs}
        return tuple(sorted(named - {model.name for model in self.models}))


def load_catalog(folder: Path) -> Catalog:
    """Every model under a folder. Raises BadInput naming file and reason.

    Refused are two models of one name, an input that nobody makes (tables whose names start
    with `raw_`, `ref_`, `restricted_` or `ops_` come from elsewhere), reading an audit, and cycles.
    """
    models: dict[str, Model] = {}
    for path in sorted(folder.rglob("*.sql")):
        model = read_model(path)
        if twin := models.get(model.name):
            raise model.wrong(
                f"{twin.path.relative_to(folder)} and {path.relative_to(folder)} have one name",
                "rename one of them",
            )
        models[model.name] = model
    if not models:
        raise BadInput("no models", where=str(folder), next_move="add *.sql files")
    _refuse_unknown_inputs(models)
    return Catalog(tuple(_in_order(models)))


def _refuse_unknown_inputs(models: Mapping[str, Model]) -> None:
    for model in models.values():
        for name in model.upstream:
            if name not in models and not name.startswith(EXTERNAL):
                raise model.wrong(
                    f"input {name} is neither a model nor a table from outside",
                    f"correct it; tables from outside start with {', '.join(EXTERNAL)}",
                )
            if name in models and models[name].kind is ModelKind.AUDIT:
                raise model.wrong(f"input {name} is an audit, which keeps no rows", "remove it")


def _in_order(models: Mapping[str, Model]) -> list[Model]:
    # A loop reads what its own rounds have made: the step that drives it knows the order.
    graph = {
        name: sorted(
            one
            for one in models[name].upstream
            if one in models and models[name].kind is not ModelKind.LOOP
        )
        for name in sorted(models)
    }
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError as error:
        path = list(reversed(error.args[1]))
        raise models[path[0]].wrong(
            f"the models read each other in a circle: {' <- '.join(path)}",
            "take one of these inputs out",
        ) from error
    order: list[Model] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        order += [models[name] for name in ready]
        sorter.done(*ready)
    return order
