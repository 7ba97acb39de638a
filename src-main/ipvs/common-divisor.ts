/** The greatest common divisor of all weights; 1 without any. */
export function commonDivisor(servers: readonly { readonly weight: number }[]): number {
  return servers.map(({ weight }) => weight).reduce(greatestCommonDivisor, 0) || 1;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
