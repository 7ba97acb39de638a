import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder for a whole test file. */
export function scratchFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'lvslab-test-'));
  return {
    path: folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
