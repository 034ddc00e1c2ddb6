"""All the figures of the README: ``make bench``. Every ratio is measured side by side in one run."""

from __future__ import annotations

from tests.bench import bench_documents, bench_google, bench_local, bench_portions, bench_recap, bench_rows

for bench in (bench_documents, bench_rows, bench_local, bench_portions, bench_recap, bench_google):
    print(f"\n{(bench.__doc__ or '').splitlines()[0]}")
    bench.main()
