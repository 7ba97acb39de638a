import { LabError } from '../contract/lab-error.ts';
import { CommandError } from '../process/command-error.ts';
import type { BuildStep } from './build-step.ts';

/** Says what it means to a user that a step of the build failed. */
export function buildFailure(error: unknown, step: BuildStep, signal: AbortSignal | undefined): LabError {
  if (signal?.aborted)
    return new LabError('cancelled', 'Building the guest image was cancelled.', { cause: error });
  if (error instanceof LabError) return error.at({ step: step.step });
  const details = { step: step.step, why: reason(error), cause: error };
  if (/No space left on device|ENOSPC/.test(words(error))) {
    return new LabError('no-space', 'There is no room left to build the guest image.', {
      ...details,
      remedy:
        'Make room, or set LVSLAB_HOME (for the images) or TMPDIR (for the build) to a folder on another disk.',
    });
  }
  const missing = missingProgram(error);
  if (missing) {
    return new LabError('host-not-ready', `The guest image cannot be built: '${missing}' is not installed.`, {
      ...details,
      remedy:
        'Install the packages mmdebstrap, qemu-utils (Fedora: qemu-img), e2fsprogs, and uidmap (shadow-utils).',
    });
  }
  return new LabError('image-build-failed', `The guest image was not built: "${step.title}" failed.`, {
    ...details,
    remedy: remedyFor(words(error)),
  });
}

function words(error: unknown): string {
  if (error instanceof CommandError) return `${error.stderr}\n${error.stdout}`;
  return error instanceof Error ? error.message : String(error);
}

/** mmdebstrap goes on talking after its error, which it marks; a hook's own words stand before that. */
function reason(error: unknown): string {
  const lines = words(error).split('\n');
  const marked = lines.findIndex((line) => line.startsWith('E: '));
  if (marked >= 0) {
    const before = lines[marked - 1] ?? '';
    return [before.startsWith('I: ') ? '' : before, (lines[marked] ?? '').slice(3)]
      .filter(Boolean)
      .join('; ');
  }
  return error instanceof CommandError ? error.lastWords : words(error);
}

function missingProgram(error: unknown): string | undefined {
  if (!(error instanceof CommandError)) return undefined;
  if (error.notFound) return error.command;
  return /failed to execute (\w+)|(mke2fs|setsid): not found/.exec(error.stderr)?.slice(1).find(Boolean);
}

function remedyFor(text: string): string {
  if (/newuidmap|subuid|unshare/.test(text)) {
    return 'Let your user have a user namespace: install uidmap and add a line for it to /etc/subuid and /etc/subgid.';
  }
  return "See that Debian's mirror can be reached (apt-get update works on a Debian host), then try again.";
}
