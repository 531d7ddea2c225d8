"""Print the table and what it says; with the name of a system (and of a split): its measures as JSON."""

import json
import os
import subprocess
import sys
from dataclasses import asdict

from bench.retrieval.measures import Measures, measure, questions
from bench.retrieval.systems import SYSTEMS
from bench.retrieval.table import table, verdict

ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
}


def _in_process(name: str) -> Measures:
    print(f"{name} ...", file=sys.stderr)  # noqa: T201
    command = [sys.executable, "-m", "bench.retrieval", name]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True, env={**os.environ, **ENVIRONMENT})
    return Measures(**json.loads(run.stdout.splitlines()[-1]))


def main() -> None:
    """What the module's docstring says."""
    if sys.argv[1:]:
        name, split = [*sys.argv[1:], "test"][:2]
        print(json.dumps(asdict(measure(SYSTEMS[name][1], questions(split)))))  # noqa: T201
        return
    rows = {label: _in_process(name) for name, (label, _) in SYSTEMS.items()}
    print("\n".join([*table(rows), "", "Best:", "", *verdict(rows)]))  # noqa: T201


if __name__ == "__main__":
    main()
