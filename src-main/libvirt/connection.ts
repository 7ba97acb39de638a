import { accessSync, constants, statSync } from 'node:fs';

/** Where libvirt is spoken to. */
export interface Connection {
  /** A libvirt URI: `qemu:///session`, `qemu:///system` or what the user set. */
  readonly uri: string;
  /** What virsh needs in its environment to get there. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface User {
  readonly uid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The connection a user's labs live in: LVSLAB_LIBVIRT_URI where it is set, the system daemon for root (to whom
 * `qemu:///session` means that daemon's socket as well), the user's own session daemon otherwise.
 */
export function libvirtConnection(user: User = currentUser()): Connection {
  const own = user.env['LVSLAB_LIBVIRT_URI'];
  const uri = own || (user.uid === 0 ? 'qemu:///system' : 'qemu:///session');
  return { uri, env: usableRuntimeFolder(user) ? {} : { XDG_RUNTIME_DIR: undefined } };
}

function currentUser(): User {
  return { uid: process.getuid?.() ?? 0, env: process.env };
}

/**
 * After `su` the variable often names the former user's folder, and the session daemon then cannot make its socket.
 * Without the variable libvirt uses the user's cache folder instead.
 */
function usableRuntimeFolder({ uid, env }: User): boolean {
  const folder = env['XDG_RUNTIME_DIR'];
  if (!folder) return true;
  try {
    accessSync(folder, constants.W_OK);
    return statSync(folder).uid === uid;
  } catch {
    return false;
  }
}
