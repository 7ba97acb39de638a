import type { ServerHostKeyAlgorithm } from 'ssh2';
import { LabError } from '../contract/lab-error.ts';

/** A guest's host key that was known before the guest ever ran. */
export interface PinnedHostKey {
  /** Whether this is the key the guest showed, in SSH's wire form. */
  matches(shown: Buffer): boolean;
  /** The pinned key's own algorithms first, so that a guest with several keys shows that one. */
  readonly algorithms: ServerHostKeyAlgorithm[];
}

const supported: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

/**
 * Reads a host key as known_hosts has it after the host name: `ssh-ed25519 AAAA…`.
 * @throws LabError 'bad-input' when it is not of that form.
 */
export function pinnedHostKey(text: string): PinnedHostKey {
  const [type = '', base64 = ''] = text.trim().split(/\s+/);
  const blob = Buffer.from(base64, 'base64');
  const own = supported[type];
  // The wire form begins with the type's own name: a cheap proof that the two belong together.
  if (!own || blob.subarray(4, 4 + type.length).toString('latin1') !== type) {
    throw new LabError('bad-input', `'${text.slice(0, 40)}' is not a host key that LVS Lab can pin.`, {
      remedy: `Give it as in known_hosts: one of ${Object.keys(supported).join(', ')}, then the key in base64.`,
    });
  }
  return {
    matches: (shown) => shown.equals(blob),
    algorithms: [...new Set([...own, ...Object.values(supported).flat()])],
  };
}
