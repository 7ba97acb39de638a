import { accessSync, constants } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { release, tmpdir } from 'node:os';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { LabError } from '../contract/lab-error.ts';
import { CommandError } from '../process/command-error.ts';
import { run } from '../process/run.ts';
import { qemuVersion, requireQemu } from './qemu-program.ts';
import { trialFirmware, trialPassed } from './trial-firmware.ts';

const accelerationSchema = z.object({
  /** KVM runs guests on the processor itself; TCG, QEMU's emulation, works everywhere and is much slower. */
  type: z.enum(['kvm', 'tcg']),
  why: z.string(),
  /** What would bring KVM, where a person can do something. */
  remedy: z.string().optional(),
});
export type Acceleration = z.infer<typeof accelerationSchema>;

interface DetectOptions {
  /** What was found is kept here until the host, its kernel or QEMU changes. */
  readonly dataFolder: string;
  readonly signal: AbortSignal;
}

/** KVM needs a tenth of it. */
const trialSeconds = 5;

/**
 * Finds out whether this user's guests can run under KVM, by a trial guest: neither the existence of /dev/kvm nor the
 * processor's flags tell, since a nested host may offer a KVM that hangs.
 * @throws LabError `host-not-ready` without QEMU, `cancelled`.
 */
export async function detectAcceleration({ dataFolder, signal }: DetectOptions): Promise<Acceleration> {
  const obstacle = kvmObstacle();
  if (obstacle) return obstacle;
  const qemu = requireQemu();
  const host = await describeHost(qemu, signal);
  const cacheFile = path.join(dataFolder, 'host', 'acceleration.json');
  const known = await readKnown(cacheFile, host);
  if (known) return known;
  const found = await tryKvm(qemu, cacheFile, signal);
  await mkdir(path.dirname(cacheFile), { recursive: true, mode: 0o700 });
  await writeFileAtomic(cacheFile, JSON.stringify({ host, found }, null, 2));
  return found;
}

/** What rules KVM out without a trial; looked at each time, since a group or a module can be added meanwhile. */
function kvmObstacle(device = '/dev/kvm'): Acceleration | undefined {
  if (process.arch !== 'x64')
    return { type: 'tcg', why: `Guests are x86-64 and this host is ${process.arch}.` };
  try {
    accessSync(device, constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? {
          type: 'tcg',
          why: `There is no ${device}.`,
          remedy:
            "Switch virtualisation on in the host's firmware (or allow nesting, if it is a virtual machine itself).",
        }
      : {
          type: 'tcg',
          why: `This user may not open ${device}.`,
          remedy: 'Join the group kvm and log in anew: sudo usermod -aG kvm "$USER"',
        };
  }
}

/** What a trial's result holds for. */
async function describeHost(qemu: string, signal: AbortSignal): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
  const version = await qemuVersion(qemu, signal);
  return [
    `boot ${boot.trim()}`,
    `kernel ${release()}`,
    `qemu ${version}`,
    `uid ${process.getuid?.() ?? 0}`,
  ].join(', ');
}

async function readKnown(cacheFile: string, host: string): Promise<Acceleration | undefined> {
  const schema = z.object({ host: z.literal(host), found: accelerationSchema });
  try {
    return schema.parse(JSON.parse(await readFile(cacheFile, 'utf8'))).found;
  } catch {
    return undefined; // Absent, of another host, or broken: a new trial settles it.
  }
}

async function tryKvm(qemu: string, cacheFile: string, signal: AbortSignal): Promise<Acceleration> {
  try {
    await runTrial(qemu, ['-accel', 'kvm', '-cpu', 'host'], signal);
    return { type: 'kvm', why: 'A trial guest ran under KVM.' };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (error.cancelled) throw new LabError('cancelled', 'Cancelled: try KVM.', { cause: error });
    const why = error.timedOut
      ? `A trial guest under KVM hung for ${trialSeconds} s.`
      : `A trial guest under KVM failed: ${error.lastWords}`;
    return { type: 'tcg', why, remedy: `Mend KVM on this host, then delete ${cacheFile} for a new trial.` };
  }
}

/**
 * Runs the trial guest to its end.
 * @param acceleration QEMU's arguments that choose accelerator and processor.
 * @throws CommandError when it ends otherwise than by its own last instruction, or takes too long.
 */
export async function runTrial(
  qemu: string,
  acceleration: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-trial-'));
  try {
    const firmware = path.join(folder, 'firmware.bin');
    await writeFile(firmware, trialFirmware());
    const machine = ['-nodefaults', '-no-user-config', '-display', 'none', '-m', '16'];
    const guest = ['-device', 'isa-debug-exit', '-bios', firmware];
    await run(qemu, [...machine, ...acceleration, ...guest], {
      signal,
      timeout: trialSeconds * 1000,
      acceptExitCodes: [trialPassed],
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
