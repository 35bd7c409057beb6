"""The ranking by NumPy, Polars and DuckDB, inner products by faiss and implicit, and the limits.

Run by Scripts/bench, one process for each form: reads a task as JSON from its only argument (form,
threads, runs, folder of arrays) and prints seconds and what the check of the lists found. A form
builds what it needs and returns the work that is timed, which gives segment, firm and site.
"""
import json
import multiprocessing
import os
import pathlib
import sys
import time


class Job:
    """The arrays that `bulian-bench kernel --dump` left."""

    def __init__(self, folder, threads):
        import numpy as np
        self.folder, self.threads = pathlib.Path(folder), threads
        self.kernel = json.loads((self.folder / "kernel.json").read_text())
        self.segments, self.sites, self.zones, self.limit = (
            self.kernel[name] for name in ("segments", "sites", "zones", "limit"))

        def read(name, kind):
            return np.fromfile(self.folder / name, kind)
        self.offset, self.firm = read("offset.i32", "<i4"), read("firm.i32", "<i4")
        self.zone = read("zone.u16", "<u2").astype("i4")
        self.utility, self.stake = read("utility.f32", "<f4"), read("stake.f32", "<f4")
        self.table = read("tables.f64", "<f8").reshape(self.segments, self.zones, self.sites)
        self.cost64 = read("cost.f64", "<f8").reshape(self.zones, self.sites)
        self.factor, self.cost = np.exp(-self.table).astype("f4"), self.cost64.astype("f4")
        self.segment = np.repeat(np.arange(self.segments, dtype="i4"), np.diff(self.offset))
        self.key = self.segment * np.int32(self.zones) + self.zone
        self.ours = (np.repeat(np.arange(self.segments), read("lists-count.i32", "<i4")),
                     read("lists-firm.i32", "<i4"), read("lists-site.i32", "<i4"))

    def check(self, segment, firm, site):
        """Pairings at the same place as ours, at another but of equal value, and wrong ones.

        Equal are two values that differ by less than 1e-5 of value plus cost of the visit.
        """
        import numpy as np
        if len(segment) != len(self.ours[0]) or (segment != self.ours[0]).any():
            return 0, 0, max(len(segment), len(self.ours[0]))

        def values(firms, sites):
            rows = np.searchsorted(self.segment * 2.0**32 + self.firm, segment * 2.0**32 + firms)
            rows = np.minimum(rows, len(self.firm) - 1)
            cost = self.cost64[self.zone[rows], sites]
            own = self.utility[rows] + self.table[segment, self.zone[rows], sites]
            value = self.stake[rows] / (1 + np.exp(-own)) - cost
            return np.where(self.firm[rows] == firms, value, np.nan), cost
        (mine, cost), (theirs, _) = values(*self.ours[1:]), values(firm, site)
        same = (firm == self.ours[1]) & (site == self.ours[2])
        close = ~same & (np.abs(mine - theirs) < 1e-5 * (np.abs(mine) + cost))
        wrong = int((~same & ~close).sum())
        wrong += len(firm) - len(np.unique(segment.astype("i8") << 32 | firm))
        return int(same.sum()), int(close.sum()), wrong

    def wide(self):
        """A row for every segment and zone: factors f0… and costs c0… of the sites."""
        import numpy as np
        factor, cost = self.factor.reshape(-1, self.sites), np.tile(self.cost, (self.segments, 1))
        keys = {"key": np.arange(len(factor), dtype="i4")}
        return (keys | {f"f{j}": np.ascontiguousarray(factor[:, j]) for j in range(self.sites)}
                | {f"c{j}": np.ascontiguousarray(cost[:, j]) for j in range(self.sites)})

    def long(self):
        import numpy as np
        rows = self.segments * self.zones
        return {"key": np.repeat(np.arange(rows, dtype="i4"), self.sites),
                "site": np.tile(np.arange(self.sites, dtype="i4"), rows),
                "factor": self.factor.ravel(), "cost": np.tile(self.cost.ravel(), self.segments)}

    def postings(self):
        return {name: getattr(self, name)
                for name in ("segment", "firm", "key", "zone", "utility", "stake")}


def numpy_form(job, form):
    """Blocks that fit the second cache; sites along rows, or along columns."""
    import numpy as np
    sites, one = job.sites, np.float32(1)
    zone = job.zone.astype(np.intp)
    axis = 1 if form == "columns" else 0
    width = 2048
    tables = [np.ascontiguousarray(t.T) if axis else t for t in job.factor]
    cost = np.ascontiguousarray(job.cost.T) if axis else job.cost
    room = np.empty((2, width * sites), "f4")

    def score(segment, rows, own, stake):
        shape = (sites, len(rows)) if axis else (len(rows), sites)
        x, y = (r[:len(rows) * sites].reshape(shape) for r in room)
        own, stake = (own, stake) if axis else (own[:, None], stake[:, None])
        np.take(tables[segment], rows, axis=axis, out=x, mode="clip")
        np.multiply(x, own, out=x)
        np.add(x, one, out=x)
        np.divide(stake, x, out=x)
        np.take(cost, rows, axis=axis, out=y, mode="clip")
        return np.subtract(x, y, out=x)

    def rank(segment):
        low, high = job.offset[segment], job.offset[segment + 1]
        own, stake, zones = np.exp(-job.utility[low:high]), job.stake[low:high], zone[low:high]
        best = np.empty(high - low, "f4")
        for a in range(0, high - low, width):
            part = slice(a, min(a + width, high - low))
            values = score(segment, zones[part], own[part], stake[part])
            np.maximum.reduce(values, axis=1 - axis, out=best[part])
        count = min(job.limit, len(best))
        if count < len(best):
            first = np.flatnonzero(best >= -np.partition(-best, count - 1)[count - 1])
        else:
            first = np.arange(len(best))
        first = first[np.argsort(-best[first], kind="stable")][:count]
        values = score(segment, zones[first], own[first], stake[first])
        return job.firm[low:high][first], values.argmax(axis=1 - axis).astype("i4")

    def joined(lists):
        return (np.repeat(np.arange(job.segments), [len(f) for f, _ in lists]),
                np.concatenate([f for f, _ in lists]), np.concatenate([s for _, s in lists]))
    if job.threads == 1:
        return lambda: joined([rank(s) for s in range(job.segments)])
    global rank_in_pool
    rank_in_pool = rank  # processes are forked: they share the arrays and need no copy of them
    pool = multiprocessing.get_context("fork").Pool(job.threads)
    order = np.argsort(-np.diff(job.offset), kind="stable").tolist()
    shares = [order[i::8 * job.threads] for i in range(8 * job.threads)]

    def work():
        found = {}
        for lists in pool.imap_unordered(call_in_pool, shares):
            found.update(lists)
        return joined([found[s] for s in range(job.segments)])
    return work


def call_in_pool(segments):
    return [(segment, rank_in_pool(segment)) for segment in segments]


def polars_form(job, form):
    import numpy as np
    import polars as pl
    engine = "streaming" if form == "streaming" else "in-memory"
    postings, one = pl.DataFrame(job.postings()), pl.lit(1, pl.Float32)
    wide = pl.DataFrame(job.wide())
    costs = [pl.Series(np.ascontiguousarray(job.cost[:, j])) for j in range(job.sites)]
    long = pl.DataFrame(job.long()) if form == "long" else None
    own = postings.lazy().with_columns((-pl.col("utility")).exp().alias("own"))

    def value(factor, cost):
        return pl.col("stake") / (one + pl.col("own") * factor) - cost
    values = [value(pl.col(f"f{j}"), pl.col(f"c{j}")) for j in range(job.sites)]

    def first(query):
        last = pl.col("value").top_k(job.limit).min().over("segment")
        query = query.filter(pl.col("value") >= last)
        query = query.sort(["segment", "value", "firm"], descending=[False, True, False])
        return query.group_by("segment", maintain_order=True).head(job.limit)

    def work():
        if form == "long":
            rows = own.with_row_index("row").join(long.lazy(), on="key")
            best = rows.with_columns(value(pl.col("factor"), pl.col("cost")).alias("value"))
            best = best.group_by("row").agg(
                pl.col("segment").first(), pl.col("firm").first(), pl.col("value").max(),
                pl.col("site").get(pl.col("value").arg_max()))
            found = first(best).collect(engine=engine)
        else:
            rows = own if form == "gather" else own.join(wide.lazy(), on="key")
            at = values if form != "gather" else [
                value(pl.lit(wide[f"f{j}"]).gather(pl.col("key")),
                      pl.lit(costs[j]).gather(pl.col("zone"))) for j in range(job.sites)]
            rows = rows.select("segment", "firm", "key", "own", "stake",
                               pl.max_horizontal(at).alias("value"))
            there = [pl.when(v == pl.col("value")).then(pl.lit(j, dtype=pl.Int32))
                     for j, v in enumerate(values)]
            found = first(rows).join(wide.lazy(), on="key", how="left", maintain_order="left")
            found = found.select("segment", "firm", pl.coalesce(there).alias("site"))
            found = found.collect(engine=engine)
        return tuple(found[name].to_numpy() for name in ("segment", "firm", "site"))
    return work


def duckdb_form(job, form):
    import duckdb
    import pyarrow
    base = duckdb.connect()
    base.execute(f"SET threads = {job.threads}")
    tables = {"postings": job.postings(), "wide": job.wide()}
    if form == "long":
        tables["long"] = job.long()
    for name, columns in tables.items():
        base.register("given", pyarrow.table(columns))
        base.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        base.unregister("given")
    sites = range(job.sites)
    if form == "list":
        base.execute(f"CREATE TABLE lists AS SELECT key, [{', '.join(f'f{j}' for j in sites)}] f, "
                     f"[{', '.join(f'c{j}' for j in sites)}] c FROM wide")
    own = "(SELECT *, exp(-utility)::FLOAT own FROM postings)"
    at = "[" + ", ".join(f"stake / (1 + own * f{j}) - c{j}" for j in sites) + "]"
    best = {
        "wide": f"SELECT *, list_max({at}) AS value FROM {own} JOIN wide USING (key)",
        "list": "SELECT *, list_max(list_transform(list_zip(f, c), "
                "lambda x: stake / (1 + own * x[1]) - x[2])) AS value "
                f"FROM {own} JOIN lists USING (key)",
        "long": "SELECT segment, firm, any_value(key) AS key, any_value(own) AS own, "
                "any_value(stake) AS stake, max(value) AS value FROM (SELECT *, "
                f"stake / (1 + own * factor) - cost AS value FROM {own} JOIN long USING (key)) "
                "GROUP BY segment, firm"}[form]
    query = f"""
        WITH first AS (
          SELECT segment, unnest(max_by(
            {{'firm': firm, 'value': value, 'key': key, 'own': own, 'stake': stake}},
            value, {job.limit}), recursive := true)
          FROM ({best}) GROUP BY segment)
        SELECT segment, firm, list_position(every, list_max(every)) - 1 AS site
        FROM (SELECT segment, firm, value, {at} AS every FROM first JOIN wide USING (key))
        ORDER BY segment, value DESC, firm"""

    def work():
        found = base.execute(query).fetchnumpy()
        return tuple(found[name] for name in ("segment", "firm", "site"))
    return work


def inner_products(job, peer):
    """Another and easier job: the first hundred of all firms by a linear score, 16 features."""
    import numpy as np
    count = max(1, job.kernel["pairings"] // job.kernel["firms"])
    draw = np.random.default_rng(1)
    items = draw.standard_normal((job.kernel["firms"], 16), dtype="f4")
    asked = draw.standard_normal((count, 16), dtype="f4")
    job.scores = count * len(items)
    if peer == "faiss":
        import faiss
        faiss.omp_set_num_threads(job.threads)
        faiss.cvar.distance_compute_blas_threshold = 20  # 1.15 asks for many more queries
        index = faiss.IndexFlatIP(16)
        index.add(items)
        return lambda: index.search(asked, job.limit)
    from implicit.cpu.topk import topk
    return lambda: topk(items, asked, job.limit, num_threads=job.threads)


def parallel(threads, runs, prepare):
    """Runs the same work in as many processes at once; the sum of their median rates."""
    context = multiprocessing.get_context("fork")
    barrier, rates = context.Barrier(threads), context.Queue()

    def body():
        work, amount = prepare()
        work()
        barrier.wait()
        rates.put(amount / median_seconds(work, runs))
    workers = [context.Process(target=body) for _ in range(threads)]
    for worker in workers:
        worker.start()
    total = sum(rates.get(timeout=600) for _ in workers)
    for worker in workers:
        worker.join()
    return total


def limits(threads, runs):
    import numpy as np

    def reader():
        block = np.ones(1 << 28, "f4")
        return block.max, block.nbytes * 1e-9

    def copier():
        block, other = np.ones(1 << 27, "f4"), np.ones(1 << 27, "f4")
        return lambda: np.copyto(other, block), 2 * block.nbytes * 1e-9
    answer = {"read": parallel(threads, runs, reader), "copy": parallel(threads, runs, copier)}
    a, b = np.ones((3072, 3072), "f4"), np.ones((3072, 3072), "f4")
    np.matmul(a, b)
    answer["gflops"] = 2 * 3072**3 * 1e-9 / median_seconds(lambda: np.matmul(a, b), runs)
    return answer


def median_seconds(work, runs):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2]


def answer(task):
    if task["form"] == "limits":
        return limits(task["threads"], task["runs"])
    job = Job(task["folder"], task["threads"])
    peer, form = task["form"].split()
    if peer in ("faiss", "implicit"):
        work = inner_products(job, peer)
        work()
        return {"seconds": median_seconds(work, task["runs"]), "pairings": job.scores}
    make = {"numpy": numpy_form, "polars": polars_form, "duckdb": duckdb_form}[peer]
    work = make(job, form)
    same, close, wrong = job.check(*work())
    return {"seconds": median_seconds(work, task["runs"]), "pairings": job.kernel["pairings"],
            "same": same, "close": close, "wrong": wrong}


if __name__ == "__main__":
    try:
        print(json.dumps(answer(json.loads(sys.argv[1]))), flush=True)
    except ModuleNotFoundError as error:
        print(f"not installed: {error.name}", file=sys.stderr, flush=True)
        os._exit(1)
    except Exception as error:
        said = (str(error).strip().splitlines() or [""])[0]
        print(f"{type(error).__name__}: {said}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)  # without waiting for the pool
