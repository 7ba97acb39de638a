import { guestScript } from './write-file.ts';

/**
 * The shell script that takes out of a guest what must not be alike in two, and what a machine's first start left: run
 * as the last thing before it is shut down. Of the host keys the image's own ed25519 key stays, which a lab pins until
 * it has given a node one of its own, but not its public half beside it, which no node would renew; so stays the key for
 * logging in. `cloud-init clean` knows --machine-id from 22.3
 * on and --seed long before (its own --help tells); the later ones write `uninitialized` into machine-id, which systemd
 * takes for a first start (machine-id(5)), so the file is emptied after it. Pure.
 */
export function sealScript(): string {
  return guestScript(
    cleanCloudInit,
    'mkdir -p /etc/cloud',
    ': >/etc/cloud/cloud-init.disabled',
    "find /etc/ssh -name 'ssh_host_*' ! -name ssh_host_ed25519_key -delete",
    ': >/etc/machine-id',
    // A file of its own where it is no link to the other.
    'if test -f /var/lib/dbus/machine-id && ! test -L /var/lib/dbus/machine-id; then ln -sf /etc/machine-id /var/lib/dbus/machine-id; fi',
    'rm -f /var/lib/systemd/random-seed /var/lib/NetworkManager/*.lease /var/lib/NetworkManager/secret_key',
    'rm -rf /var/lib/dhclient/* /var/lib/dhcp/* /var/log/journal/* /run/log/journal/*',
    'find /var/log -type f -exec truncate -s 0 {} +',
    'rm -f /root/.bash_history',
    'if command -v apt-get >/dev/null 2>&1; then apt-get clean; rm -rf /var/lib/apt/lists/*; fi',
    'if command -v dnf >/dev/null 2>&1; then dnf -q clean all; elif command -v yum >/dev/null 2>&1; then yum -q clean all; fi',
    // What was written by a login over SSH may have that login's SELinux type.
    'if command -v restorecon >/dev/null 2>&1; then restorecon -R /etc /root/.ssh; fi',
    'sync',
  );
}

const cleanCloudInit = [
  'if command -v cloud-init >/dev/null 2>&1; then',
  '  known=$(cloud-init clean --help)',
  '  set -- --logs',
  '  for option in --seed --machine-id; do',
  '    case $known in *"$option"*) set -- "$@" "$option" ;; esac',
  '  done',
  '  cloud-init clean "$@"',
  'fi',
].join('\n');
