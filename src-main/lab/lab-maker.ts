import { accessSync, constants } from 'node:fs';
import { userInfo } from 'node:os';
import { z } from 'zod';
import { LabError } from '../contract/lab-error.ts';
import type { Connection } from '../libvirt/connection.ts';

/** Who made a lab, and the libvirt its machines are known to: another user, or another shell, may ask for it later. */
export const labMakerSchema = z.object({
  uid: z.int().nonnegative(),
  user: z.string(),
  /** The libvirt URI its machines were started by. */
  uri: z.string(),
  /** XDG_RUNTIME_DIR as it was, where a user's session daemon has its socket; null where it was not used. */
  runtimeFolder: z.string().nullable(),
});
export type LabMaker = z.infer<typeof labMakerSchema>;

/** This user, with the libvirt that is spoken to. */
export function ownMaker({ uri, env }: Connection): LabMaker {
  const used = !('XDG_RUNTIME_DIR' in env);
  return {
    uid: ownUid(),
    user: ownName(),
    uri,
    runtimeFolder: (used ? process.env['XDG_RUNTIME_DIR'] : env['XDG_RUNTIME_DIR']) || null,
  };
}

/**
 * The libvirt that a lab's machines are known to, whatever this shell would use: that of its record. Where the daemon's
 * folder is gone, as after a logout, or another user made the lab, it is this user's own.
 * @param own What this user would use.
 */
export function connectionOf(maker: LabMaker | undefined, own: Connection): Connection {
  if (maker?.uid !== ownUid()) return own;
  const { uri, runtimeFolder } = maker;
  // An ordinary user's session daemon alone is found by the folder.
  if (runtimeFolder === null) return { uri, env: { XDG_RUNTIME_DIR: undefined } };
  return isUsable(runtimeFolder) ? { uri, env: { XDG_RUNTIME_DIR: runtimeFolder } } : { uri, env: own.env };
}

/** Names the daemon a connection leads to. */
export function connectionKey({ uri, env }: Connection): string {
  const folder = 'XDG_RUNTIME_DIR' in env ? env['XDG_RUNTIME_DIR'] : process.env['XDG_RUNTIME_DIR'];
  return `${uri} ${folder ?? ''}`;
}

/** `alice under qemu:///session` */
export function makerWords({ user, uri }: LabMaker): string {
  return `${user} under ${uri}`;
}

/** Whether another user made it. */
export function isOthers(maker: LabMaker | undefined): boolean {
  return maker !== undefined && maker.uid !== ownUid();
}

/** @throws LabError `bad-input` for a lab that another user made: what this one would write, that one could not read. */
export function demandOwn(lab: string, maker: LabMaker | undefined): void {
  if (!maker || !isOthers(maker)) return;
  throw new LabError('bad-input', `The lab '${lab}' was made by ${makerWords(maker)}.`, {
    why: `You are ${ownName()}, and the libvirt of another user cannot be spoken to.`,
    remedy: `Do it as that user: sudo -u ${maker.user} lvslab …`,
  });
}

function isUsable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function ownUid(): number {
  return process.getuid?.() ?? 0;
}

function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(ownUid()); // A user that no list of this host names.
  }
}
