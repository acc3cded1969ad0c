"""From dropped files to landed ones: all are read, each kind of record is checked once."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from regulars.domain.business_day import parse_cutoff
from regulars.identity.keys import customer_keys, identifier_hashes
from regulars.policy import SourcePolicy, StorePolicy
from regulars.sources.check_notes import FileChecks, write_checks
from regulars.sources.files import DroppedFile, FileContents, FileRefused, RefusedFile
from regulars.sources.landing import FileReceipt, RowCounts, forget_other_names, write_receipt
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read
from regulars.steps.entity_landing import LandedEntity, land_entity
from regulars.steps.row_counts import count_file
from regulars.steps.runtime import Run, fingerprint, tell

if TYPE_CHECKING:
    from regulars.checks.context import CheckContext, StoreRules

# A date typed wrongly may lie centuries ahead; a business date never does.
_END_OF_TIME = date(2099, 12, 31)


def land_files(run: Run, source: SourcePolicy, files: list[DroppedFile]) -> list[FileReceipt]:
    """Read, check and land these files of a source; one receipt each, refused ones too."""
    if not files:
        return []
    contents, receipts = _read_all(run, source, files)
    context = check_context(run, source)
    entities = dict.fromkeys(batch.entity for one in contents for batch in one.batches)
    landed = {entity: land_entity(run, source, entity, contents, context) for entity in entities}
    for one in contents:
        parts = [landed[batch.entity][one.dropped.sha256] for batch in one.batches]
        write_checks(run.settings.landing_folder, _checks(source, one, parts))
        receipts.append(_accepted(run, source, one, parts))
    for receipt in receipts:
        write_receipt(run.settings.landing_folder, receipt)
        forget_other_names(run.settings.landing_folder, receipt)
        _tell(receipt)
    return receipts


def reading_rules(run: Run, source: SourcePolicy) -> str:
    """The fingerprint of all that decides how a file of the source is read and judged."""
    return fingerprint(run.policy.version, load_layout(source.layout).model_dump_json())


def refuse(run: Run, source: str, refused: Iterable[RefusedFile]) -> None:
    """Keep a note of every file that was seen and not taken."""
    from regulars.checks.quarantine import Refusal, refuse_file

    for one in refused:
        note = Refusal(
            source,
            one.file,
            fingerprint(source, one.file),
            one.reason_code.value,
            one.message,
            one.next_move,
        )
        refuse_file(run.settings.quarantine_folder, note)


def _read_all(
    run: Run, source: SourcePolicy, found: Sequence[DroppedFile]
) -> tuple[list[FileContents], list[FileReceipt]]:
    contents: list[FileContents] = []
    refusals: list[FileReceipt] = []
    layout = load_layout(source.layout)
    for number, file in enumerate(found, start=1):
        tell(f"{source.name}: reading {number} of {len(found)}: {file.name}")
        try:
            contents.append(read(file, layout, source))
        except FileRefused as error:
            told = RefusedFile(error.file, error.reason_code, error.message, error.next_move)
            refuse(run, source.name, [told])
            refusals.append(_refusal(run, source, file, error))
    return contents, refusals


def _receipt(run: Run, source: SourcePolicy, file: DroppedFile, **outcome: Any) -> FileReceipt:
    """The receipt of a file: what it is, under which rules it was read, and what came of it."""
    return FileReceipt(
        source_system=source.name,
        file_name=file.name,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        layout=source.layout,
        policy_version=run.policy.version,
        rules=reading_rules(run, source),
        **outcome,
    )


def _refusal(run: Run, source: SourcePolicy, file: DroppedFile, error: FileRefused) -> FileReceipt:
    return _receipt(
        run,
        source,
        file,
        status="refused",
        rows=RowCounts(read=0),
        reason_code=error.reason_code.value,
        message=error.message,
        next_move=error.next_move,
    )


def _accepted(
    run: Run, source: SourcePolicy, contents: FileContents, parts: Sequence[LandedEntity]
) -> FileReceipt:
    entities = tuple(receipt for part in parts for receipt in part.receipts)
    return _receipt(
        run,
        source,
        contents.dropped,
        status="accepted",
        rows=count_file(contents, [part.places for part in parts]),
        entities=entities,
        findings=contents.findings,
        decisions=tuple(note for part in parts for note in part.decisions),
    )


def _checks(
    source: SourcePolicy, contents: FileContents, parts: Sequence[LandedEntity]
) -> FileChecks:
    return FileChecks(
        source_system=source.name,
        file_name=contents.dropped.name,
        sha256=contents.dropped.sha256,
        entities=tuple(part.note for part in parts),
    )


def _tell(receipt: FileReceipt) -> None:
    rows = receipt.rows
    outcome = (
        f"refused, {receipt.reason_code}" if receipt.status == "refused"
        else f"{rows.read:,} rows read, {rows.loaded:,} loaded, {rows.quarantined:,} in quarantine"
    )  # fmt: skip
    tell(f"{receipt.source_system}: {receipt.file_name}: {outcome}")


def check_context(run: Run, source: SourcePolicy) -> "CheckContext":
    """What a check has to know of a source: its stores, its keys, its rules."""
    from regulars.checks.context import CheckContext

    settings = run.settings
    return CheckContext(
        source_name=source.name,
        defaults=_rules_of(source),
        stores={store.store_id: _rules_of(store) for store in run.policy.stores_of(source)},
        pseudonymise=partial(
            customer_keys,
            secret=settings.identity_secret,
            key_id=settings.identity_key_id,
            scope=run.policy.name,
        ),
        hash_identifiers=lambda types, values, _countries: identifier_hashes(
            types, values, settings.identity_secret, settings.identity_key_id, run.policy.name
        ),
        last_day=_END_OF_TIME,
    )


def _rules_of(place: SourcePolicy | StorePolicy) -> "StoreRules":
    from regulars.checks.context import StoreRules

    cutoff = parse_cutoff(place.cutoff)
    return StoreRules(place.time_zone, cutoff, place.currency_code, place.country)
