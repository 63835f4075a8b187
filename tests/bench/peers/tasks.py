"""Two common tasks as one would write them well in numpy and scipy, and in numba.

Both run on a random graph of mean degree 8, every pair alike, and look at the whole each week.

bass       p = 0.03 and q = 0.38 a year of 40 weeks; in a week, who has not adopted does so with chance 1 - exp(-h),
           h = (p + q s) / 40, s the share of adopters among neighbours at the week's beginning. Seen: their share.
influence  x += 0.1 (mean of neighbours' x - x) + 0.01 N(0, 1), from x ~ N(0, 1). Seen: mean and spread of x.

Each function returns seconds to build, seconds for the weeks, and what was seen last."""

import math
import time

import numba
import numpy as np
import scipy.sparse

# On one thread the processor time counts, not that of others on the machine; peers.py sets the clock.
clock = time.thread_time

P, Q, WEEKS_A_YEAR, DEGREE = 0.03, 0.38, 40, 8


def ties(n, rng):
    """Both ends of each tie: pairs are numbered, and as many numbers drawn as a random graph has ties."""
    pairs = n * (n - 1) // 2
    m = rng.binomial(pairs, DEGREE / (n - 1))
    code = np.unique(rng.integers(0, pairs, int(m * (1 + m / (2 * pairs)))))  # so many more as are drawn twice
    high = ((1 + np.sqrt(1 + 8.0 * code)) / 2).astype(np.int64)
    high -= high * (high - 1) // 2 > code
    low = code - high * (high - 1) // 2
    return high.astype(np.int32), low.astype(np.int32)


def adjacency(n, rng):
    a, b = ties(n, rng)
    ones = np.ones(2 * len(a))
    matrix = scipy.sparse.csr_matrix((ones, (np.concatenate((a, b)), np.concatenate((b, a)))), shape=(n, n))
    return matrix, np.diff(matrix.indptr)


# ---- numpy and scipy ----


def bass_chance(seen, degree):
    return -np.expm1(-(P + Q * seen / np.maximum(degree, 1)) / WEEKS_A_YEAR)


def numpy_bass(n, weeks, seed):
    """A matrix-vector product a week tells what all see: short, and what most would write."""
    start = clock()
    rng = np.random.default_rng(seed)
    matrix, degree = adjacency(n, rng)
    built = clock()
    adopted = np.zeros(n)
    for _ in range(weeks):
        new = (rng.random(n) < bass_chance(matrix @ adopted, degree)) & (adopted == 0)
        adopted[new] = 1
        share = adopted.mean()
    return built - start, clock() - built, share


def numpy_bass_changes(n, weeks, seed):
    """Chances are worked out again only for those who see somebody new: longer, and faster."""
    start = clock()
    rng = np.random.default_rng(seed)
    matrix, degree = adjacency(n, rng)
    built = clock()
    seen = np.zeros(n)
    chance = bass_chance(seen, degree)
    adopted = np.zeros(n, dtype=bool)
    for _ in range(weeks):
        new = np.flatnonzero(rng.random(n) < chance)
        adopted[new] = True
        told = matrix[new].indices
        np.add.at(seen, told, 1)
        chance[told] = bass_chance(seen[told], degree[told])
        chance[told[adopted[told]]] = 0
        chance[new] = 0
        share = np.count_nonzero(adopted) / n
    return built - start, clock() - built, share


def numpy_influence(n, weeks, seed):
    start = clock()
    rng = np.random.default_rng(seed)
    matrix, degree = adjacency(n, rng)
    matrix.data = np.repeat(1 / np.maximum(degree, 1), degree)  # rows of means
    alone = degree == 0
    built = clock()
    x = rng.standard_normal(n)
    for _ in range(weeks):
        mean = matrix @ x
        mean[alone] = x[alone]
        x += 0.1 * (mean - x) + 0.01 * rng.standard_normal(n)
        mean, spread = x.mean(), x.std()
    return built - start, clock() - built, spread


# ---- numba ----


@numba.njit(cache=True)
def rows_of(n, a, b):
    first = np.zeros(n + 1, dtype=np.int32)
    alters = np.empty(2 * len(a), dtype=np.int32)
    for i in range(len(a)):
        first[a[i] + 1] += 1
        first[b[i] + 1] += 1
    for v in range(n):
        first[v + 1] += first[v]
    place = first.copy()
    for i in range(len(a)):
        alters[place[a[i]]] = b[i]
        place[a[i]] += 1
        alters[place[b[i]]] = a[i]
        place[b[i]] += 1
    return first, alters


@numba.njit(parallel=True)
def bass_week(first, alters, adopted, after):
    count = 0
    for v in numba.prange(len(adopted)):
        after[v] = adopted[v]
        if not adopted[v]:
            seen = 0
            for i in range(first[v], first[v + 1]):
                seen += adopted[alters[i]]
            share = seen / (first[v + 1] - first[v]) if seen else 0.0
            if np.random.random() < 1 - math.exp(-(P + Q * share) / WEEKS_A_YEAR):
                after[v] = 1
        count += after[v]
    return count


@numba.njit(parallel=True)
def influence_week(first, alters, x, after):
    total = 0.0
    squares = 0.0
    for v in numba.prange(len(x)):
        mean = 0.0
        for i in range(first[v], first[v + 1]):
            mean += x[alters[i]]
        degree = first[v + 1] - first[v]
        mean = mean / degree if degree else x[v]
        after[v] = x[v] + 0.1 * (mean - x[v]) + 0.01 * np.random.standard_normal()
        total += after[v]
        squares += after[v] * after[v]
    return total, squares


@numba.njit(parallel=True)
def seed_threads(seed):
    for i in numba.prange(numba.get_num_threads()):
        np.random.seed(seed + i)


def numba_bass(n, weeks, seed):
    start = clock()
    seed_threads(seed)
    first, alters = rows_of(n, *ties(n, np.random.default_rng(seed)))
    built = clock()
    adopted, after = np.zeros(n, dtype=np.uint8), np.zeros(n, dtype=np.uint8)
    for _ in range(weeks):
        count = bass_week(first, alters, adopted, after)
        adopted, after = after, adopted
    return built - start, clock() - built, count / n


def numba_influence(n, weeks, seed):
    start = clock()
    rng = np.random.default_rng(seed)
    seed_threads(seed)
    first, alters = rows_of(n, *ties(n, rng))
    built = clock()
    x, after = rng.standard_normal(n), np.zeros(n)
    for _ in range(weeks):
        total, squares = influence_week(first, alters, x, after)
        x, after = after, x
    return built - start, clock() - built, math.sqrt(squares / n - (total / n) ** 2)
