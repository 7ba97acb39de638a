import { CommandError } from '../../process/command-error.ts';
import { run } from '../../process/run.ts';
import type { Checker } from '../checker.ts';

export const xorrisoChecker: Checker = {
  id: 'xorriso',
  title: 'Cloud images',
  why: 'A cloud image is baked with a CD that xorriso writes.',
  check: async (_context, signal) => {
    try {
      await run('xorriso', ['-version'], { signal, timeout: 10_000 });
      return { status: 'ok', what: 'xorriso is there.' };
    } catch (error) {
      if (!(error instanceof CommandError) || !error.notFound) throw error;
      return {
        status: 'warning',
        what: 'xorriso is not installed: cloud images cannot be baked.',
        remedy: 'Install it: apt-get install xorriso (Debian, Ubuntu), dnf install xorriso (Fedora, CentOS).',
      };
    }
  },
};
