import type { ErrorCode } from '../../contract/lab-error.ts';

/** Exit codes of `lvslab`, as its help and the README tell them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  badInput: 2,
  hostNotReady: 3,
  notAsPromised: 4,
  /** 128 + SIGINT, as a shell has it. */
  cancelled: 130,
} as const;

const hostCodes: readonly ErrorCode[] = [
  'libvirt-away',
  'host-not-ready',
  'no-space',
  'port-in-use',
  'image-build-failed',
];
const inputCodes: readonly ErrorCode[] = ['bad-input', 'not-found', 'already-exists', 'modules-held'];

/** The exit code that tells a script what kind of failure it was. */
export function exitCodeOf(code: ErrorCode): number {
  if (code === 'cancelled') return exitCodes.cancelled;
  if (inputCodes.includes(code)) return exitCodes.badInput;
  return hostCodes.includes(code) ? exitCodes.hostNotReady : exitCodes.failed;
}
