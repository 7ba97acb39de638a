import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import type { Connection } from '../libvirt/connection.ts';

/** Where systemd keeps what is looked at; another root in tests. */
interface Host {
  readonly root?: string;
  readonly uid?: number;
  readonly user?: string;
}

/**
 * What becomes of a kept lab when its user logs out, where that is not what was meant: without lingering systemd-logind
 * ends the user's services with the last session and empties XDG_RUNTIME_DIR (logind.conf(5), loginctl(1)), and with it
 * goes the socket of the session libvirt. Undefined where there is nothing to say: as root, under the system daemon,
 * without systemd-logind, or where the user lingers.
 */
export function lingerRemark(
  { uri }: Pick<Connection, 'uri'>,
  { root = '/', uid = process.getuid?.() ?? 0, user = userInfo().username }: Host = {},
): string | undefined {
  const at = (name: string) => path.join(root, name);
  // sd_booted(3), and the runtime folders that logind makes.
  const byLogind = existsSync(at('run/systemd/system')) && existsSync(at('run/systemd/users'));
  if (uid === 0 || !uri.includes('/session') || !byLogind) return undefined;
  if (existsSync(at(`var/lib/systemd/linger/${user}`))) return undefined;
  return (
    `Lingering is off for ${user}: when you log out, systemd ends your services and empties your runtime folder. ` +
    'The lab may end then, or run on without libvirt knowing it. To keep it for good: loginctl enable-linger'
  );
}
