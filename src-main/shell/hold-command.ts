import { fileURLToPath } from 'node:url';
import type { HoldCommand } from '../lab/hold-lab.ts';

/** How a lab is given a process of its own. */
export const holdCommand: HoldCommand = [
  process.execPath,
  fileURLToPath(new URL('terminal/main.ts', import.meta.url)),
  'hold',
];
