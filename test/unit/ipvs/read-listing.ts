import { readFileSync } from 'node:fs';

/** Listings of 1.31 were printed by a director (Debian 12, Linux 6.1); those of 1.27 are written after its source. */
export function listing(name: string): string {
  return readFileSync(new URL(`listings/${name}.txt`, import.meta.url), 'utf8');
}
