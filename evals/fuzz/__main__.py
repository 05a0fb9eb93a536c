"""``python -m evals.fuzz --loader pdf --seconds 600``: exit 0 when nothing crashed, hung or ran out of memory."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evals.fuzz.campaign import fuzz
from evals.fuzz.samples import SAMPLES


def main() -> int:
    """Fuzz one loader or all of them, and print a line of counts for each."""
    parser = argparse.ArgumentParser(prog="python -m evals.fuzz", description=__doc__)
    parser.add_argument("--loader", choices=[*SAMPLES, "all"], default="all")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each loader")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder for the inputs that crashed or hung")
    parser.add_argument("--engine", choices=["hypothesis", "atheris"], default="hypothesis")
    chosen = parser.parse_args()
    if chosen.engine == "atheris":
        from evals.fuzz.byte_level import fuzz_bytes

        return fuzz_bytes(chosen.loader, chosen.seconds, chosen.seed, chosen.keep)
    failed = False
    for suffix in SAMPLES if chosen.loader == "all" else [chosen.loader]:
        tally = fuzz(suffix, chosen.seconds, chosen.seed, chosen.keep)
        print(tally.line(suffix), flush=True)
        for kind, count in tally.crashes.most_common():
            print(f"  crash: {kind} ({count})", file=sys.stderr)
        failed = failed or bool(tally.crashes or tally.hangs or tally.out_of_memory)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
