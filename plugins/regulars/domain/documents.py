"""YAML documents, read strictly: a key given twice is an error, not a silent last word."""

from collections.abc import Hashable
from typing import Any

import yaml

from regulars.domain.errors import BadInput

_NEXT = "correct the file and run again"


class _StrictLoader(yaml.CSafeLoader):
    """The safe loader, in C, except that it refuses a mapping with two equal keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping of a node. Raises MarkedYAMLError at the repeated key."""
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key.value} is given twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_document(text: str | bytes, where: str) -> dict[str, Any]:
    """The mapping that a YAML text holds. Raises BadInput naming the file and the line."""
    loader = _StrictLoader(text)
    try:
        document = loader.get_single_data()
    except yaml.YAMLError as error:
        raise BadInput(f"not valid YAML: {error}", where=where, next_move=_NEXT) from error
    finally:
        loader.dispose()
    if not isinstance(document, dict) or not all(isinstance(key, str) for key in document):
        raise BadInput("expected a mapping of sections", where=where, next_move=_NEXT)
    return document
