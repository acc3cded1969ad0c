"""Models: SQL files with a contract in their header, read, checked, ordered and run."""

from regulars.models.catalog import Catalog, load_catalog
from regulars.models.dictionary import Dictionary, dictionary_errors, load_dictionary
from regulars.models.lint import Finding, lint_model
from regulars.models.model import Model, ModelKind, read_model
from regulars.models.runner import AuditResult, ModelFailed, contract_errors, run_models

__all__ = [
    "AuditResult",
    "Catalog",
    "Dictionary",
    "Finding",
    "Model",
    "ModelFailed",
    "ModelKind",
    "contract_errors",
    "dictionary_errors",
    "lint_model",
    "load_catalog",
    "load_dictionary",
    "read_model",
    "run_models",
]
