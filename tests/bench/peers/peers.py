"""Ebb's small models beside numpy and numba on the tasks of tasks.py: ratios from one run, taken in turn, medians.

usage: peers.py OURS [PEOPLE …]

A ratio says how many times as long as ours on as many threads another takes for the weeks; building the network is told
apart. All keep opinions as doubles; ours looks neighbours' up as floats and adds them as doubles, which noise of 0.01 hides
by far. On one thread its processor time is taken, on several the time that passes: read those on an idle machine. Answers of all
must agree: means over seven repeats differ by eight standard errors in 4 of a million cases when they are the same."""

import math
import os
import statistics
import subprocess
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # numpy's own threads; numba's are set below
    os.environ[name] = "1"
THREADS = int(os.environ.get("THREADS", "4"))
os.environ["NUMBA_NUM_THREADS"] = str(max(THREADS, os.cpu_count() or 1))

import numba  # noqa: E402

import tasks  # noqa: E402

WEEKS, REPEATS = 100, int(os.environ.get("REPEATS", "7"))
PEOPLE = [1000, 10000, 100000, 1000000]


class Ours:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, task, n, threads, seed):
        self.process.stdin.write(f"{task} {n} {WEEKS} {threads} {seed}\n")
        self.process.stdin.flush()
        return tuple(float(word) for word in self.process.stdout.readline().split())


def contestants(ours, task):
    def with_threads(function, threads):
        def call(n, seed):
            numba.set_num_threads(threads)
            tasks.clock = time.perf_counter if threads > 1 else time.thread_time
            return function(n, WEEKS, seed)

        return call

    yield "ours, 1 thread", lambda n, seed: ours(task, n, 1, seed)
    yield f"ours, {THREADS} threads", lambda n, seed: ours(task, n, THREADS, seed)
    if task == "bass":
        yield "numpy", with_threads(tasks.numpy_bass, 1)
        yield "numpy, changes only", with_threads(tasks.numpy_bass_changes, 1)
        yield "numba, 1 thread", with_threads(tasks.numba_bass, 1)
        yield f"numba, {THREADS} threads", with_threads(tasks.numba_bass, THREADS)
    else:
        yield "numpy", with_threads(tasks.numpy_influence, 1)
        yield "numba, 1 thread", with_threads(tasks.numba_influence, 1)
        yield f"numba, {THREADS} threads", with_threads(tasks.numba_influence, THREADS)


def disagreement(a, b):
    """Difference of means in standard errors; the same numbers from the same seed need none."""
    error = math.hypot(statistics.stdev(a), statistics.stdev(b)) / math.sqrt(len(a))
    return abs(statistics.mean(a) - statistics.mean(b)) / error if error > 0 else 0.0


def compare(ours, task, n):
    racers = list(contestants(ours, task))
    if THREADS == 1:
        racers = [racer for racer in racers if not racer[0].endswith("threads")]
    found = {name: [] for name, _ in racers}
    for name, race in racers:
        race(min(n, 1000), 0)  # compiled, warm
    for repeat in range(REPEATS):
        for name, race in racers:
            found[name].append(race(n, 1 + repeat))
    wrong = 0
    print(f"{task}, {n} people, {WEEKS} weeks: {REPEATS} repeats in turn")
    print("                        ns a person-week   times ours   build, s   answer")
    for name, _ in racers:
        build, weeks, answer = zip(*found[name])
        each = [1e9 * seconds / n / WEEKS for seconds in weeks]
        base = racers[1 if name.endswith("threads") else 0][0]  # of as many threads
        ratio = statistics.median(seconds / of[1] for seconds, of in zip(weeks, found[base]))
        differs = disagreement(answer, [a for _, _, a in found[racers[0][0]]]) > 8
        wrong += differs
        print(f"  {name:20s} {statistics.median(each):17.2f} {ratio:12.2f} {statistics.median(build):10.3f}"
              f"   {statistics.mean(answer):.5f}{'  DIFFERS' if differs else ''}")
    return wrong


def main():
    ours = Ours(sys.argv[1])
    people = [int(word) for word in sys.argv[2:]] or PEOPLE
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; numpy {tasks.np.__version__}, scipy "
          f"{tasks.scipy.__version__}, numba {numba.__version__}")
    wrong = sum(compare(ours, task, n) for task in ("bass", "influence") for n in people)
    print(f"load {os.getloadavg()[0]:.1f}; answers {'DIFFER' if wrong else 'agree'}")
    return 1 if wrong else 0


sys.exit(main())
