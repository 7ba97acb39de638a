import { readFileSync } from 'node:fs';

/** What a real ipvsadm printed, or, where none could be run, what its source has it print. */
export function listing(name: string): string {
  return readFileSync(new URL(`listings/${name}.txt`, import.meta.url), 'utf8');
}
