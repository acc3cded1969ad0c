"""Start the daily chain on one machine, or a local Airflow that does it every morning."""

import argparse
import shlex
import subprocess
import sys
from collections.abc import Sequence
from datetime import date

from regulars.domain.errors import BadInput, RegularsError
from regulars.settings import PROJECT, Settings
from regulars_airflow.environment import enter_environment, print_exports
from regulars_airflow.quiet_output import quiet_output


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says; return its exit code."""
    asked = _read_command_line(words)
    try:
        return int(asked.act(asked))
    except RegularsError as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1


def _run(asked: argparse.Namespace) -> int:
    """Run the chain here and now; without a business date, over all days that were dropped."""
    enter_environment()
    log = Settings().root / "airflow" / "run.log"
    sample = _begin_sample(asked.sample)
    with quiet_output(log) as people:
        # Imported late: Airflow reads the environment at import, and talks while it starts.
        from regulars_airflow.foreground import run_chain

        if sample and sample.wait():
            return 1
        last, first = asked.business_date, asked.first_date
        if last is None:
            found = _find_window()
            first, last = first or found[0], found[1]
        days = {"business_date": str(last), "first_date": str(first) if first else None}
        went_well = run_chain(PROJECT / "dags", days, people)
    sys.stdout.write(f"{'Done' if went_well else 'Stopped: see above'}. Airflow's log: {log}\n")
    return 0 if went_well else 1


def _begin_sample(options: str | None) -> subprocess.Popen[bytes] | None:
    """Generate the sample group while Airflow starts, if it is asked for."""
    if options is None:
        return None
    return subprocess.Popen([sys.executable, "-m", "regulars", "sample", *shlex.split(options)])


def _find_window() -> tuple[date, date]:
    from regulars.steps.chain import find_window

    found = find_window()
    if found is None:
        raise BadInput(
            "no dated file in the drop folder",
            where=str(Settings().drop_folder),
            next_move="Drop files there, or give --business-date.",
        )
    return found


def _backfill(asked: argparse.Namespace) -> int:
    """Have the running Airflow work off the days that are missing or failed, one after the other.

    Airflow compares the bounds with 05:30 of each day: the last day is given to its end, or it
    would be left out.
    """
    enter_environment()
    bounds = ["--from-date", f"{asked.first_date or asked.business_date}T00:00:00"]
    bounds += ["--to-date", f"{asked.business_date}T23:59:59"]
    how = ["--max-active-runs", "1", "--reprocess-behavior", "failed"]
    command = ["airflow", "backfill", "create", "--dag-id", "ingest_sales", *bounds, *how]
    return subprocess.run(command, check=False).returncode


def _serve(_asked: argparse.Namespace) -> int:
    enter_environment()
    from regulars_airflow.local_airflow import serve

    return serve()


def _print_environment(_asked: argparse.Namespace) -> int:
    print_exports()
    return 0


def _create_pools(_asked: argparse.Namespace) -> int:
    """Create the pools in the Airflow that the environment at hand names, not in the local one."""
    from regulars_airflow.pools import create_pools

    create_pools()
    return 0


def _read_command_line(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m regulars_airflow.launcher", description=__doc__
    )
    verbs = parser.add_subparsers(dest="verb", required=True)

    run = verbs.add_parser("run", help="run the daily chain in this process, through the DAGs")
    run.add_argument("--business-date", type=date.fromisoformat, help="default: the newest dropped")
    run.add_argument("--first-date", type=date.fromisoformat, help="first day of a longer window")
    run.add_argument("--sample", help="generate the sample group first, with these options")
    run.set_defaults(act=_run)

    backfill = verbs.add_parser("backfill", help="have the Airflow of `up` work off past days")
    backfill.add_argument("--business-date", type=date.fromisoformat, required=True)
    backfill.add_argument("--first-date", type=date.fromisoformat, help="first of several days")
    backfill.set_defaults(act=_backfill)

    for verb, act, meaning in (
        ("up", _serve, "a local Airflow with its pages on http://127.0.0.1:8080"),
        ("env", _print_environment, "print the environment of the local Airflow as exports"),
        ("pools", _create_pools, "create the pools in the Airflow the environment names"),
    ):
        verbs.add_parser(verb, help=meaning).set_defaults(act=act)
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
