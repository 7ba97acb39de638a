import type { ChiSquareTest } from '../contract/ipvs.ts';

/** How rarely a right run is called wrong: once in a hundred. */
export const defaultSignificance = 0.01;
/** Below this expected count in any cell the chi-square distribution fits badly (Cochran's rule). */
const leastExpected = 5;

/** So many observations bring every expected count to 5. `shares` sum to 1. */
export function observationsNeeded(shares: Iterable<number>): number {
  // Rounded first, so that 5 / 0.1 needs 50 and not 51.
  return Math.ceil(Number((leastExpected / Math.min(...shares)).toFixed(6)));
}

/** Pearson's goodness-of-fit test of counts against shares that sum to 1; what has no count was seen 0 times. */
export function goodnessOfFit(
  observed: ReadonlyMap<string, number>,
  shares: ReadonlyMap<string, number>,
  significance = defaultSignificance,
): ChiSquareTest {
  const total = [...shares.keys()].reduce((sum, name) => sum + (observed.get(name) ?? 0), 0);
  const counts = [...shares].map(([name, share]) => ({
    name,
    observed: observed.get(name) ?? 0,
    expected: total * share,
  }));
  const statistic = counts.reduce(
    (sum, cell) => sum + (cell.observed - cell.expected) ** 2 / cell.expected,
    0,
  );
  const degreesOfFreedom = counts.length - 1;
  return {
    statistic,
    degreesOfFreedom,
    pValue: chiSquareTail(statistic, degreesOfFreedom),
    significance,
    counts,
  };
}

/**
 * The part of the chi-square distribution above x: Q(d/2, x/2), the regularized upper incomplete gamma function. For
 * whole d it climbs from Q(0, y) = 0, or Q(1/2, y) = erfc(√y), by Q(a+1, y) = Q(a, y) + y^a exp(-y) / Γ(a+1)
 * (Abramowitz and Stegun 26.4.4, 26.4.5). All terms are positive: nothing is lost to cancellation.
 */
export function chiSquareTail(x: number, degreesOfFreedom: number): number {
  if (x <= 0) return 1;
  const y = x / 2;
  const odd = degreesOfFreedom % 2 === 1;
  let tail = odd ? complementaryError(Math.sqrt(y)) : 0;
  let term = Math.exp(-y) * (odd ? 2 * Math.sqrt(y / Math.PI) : 1);
  for (let a = odd ? 0.5 : 0; a < degreesOfFreedom / 2; a += 1) {
    tail += term;
    term *= y / (a + 1);
  }
  return Math.min(1, tail);
}

/** erfc for z ≥ 0: by the series of erf below 2, by the continued fraction above (Abramowitz and Stegun 7.1.6, 7.1.14). */
function complementaryError(z: number): number {
  const scale = Math.exp(-z * z) / Math.sqrt(Math.PI);
  if (z < 2) {
    let [term, sum] = [z, z];
    for (let n = 1; term > sum * 1e-17; n += 1) sum += term *= (2 * z * z) / (2 * n + 1);
    return 1 - 2 * scale * sum;
  }
  let fraction = z;
  for (let n = 60; n > 0; n -= 1) fraction = z + n / 2 / fraction;
  return scale / fraction;
}
