import { LabError } from '../contract/lab-error.ts';
import { guestTraitsSchema, type GuestSystem, type GuestTraits } from './guest-traits.ts';

/** ip_vs_ftp is a module with a name like a scheduler's. */
const noScheduler = 'ftp';

const managers: Readonly<Record<string, Pick<GuestSystem, 'family' | 'packages'>>> = {
  'apt-get': { family: 'debian', packages: 'apt' },
  dnf: { family: 'rhel', packages: 'dnf' },
  yum: { family: 'rhel', packages: 'yum' },
};

/**
 * What `probeScript` tells of a guest that may lack the packages of a lab yet. Pure.
 * @throws LabError `guest-command-failed` where the guest cannot be one of a lab's.
 */
export function readSystem(output: string): GuestSystem {
  return systemOf(output);
}

/** The same of a guest that has its packages. Pure. @throws LabError `guest-command-failed` */
export function readTraits(output: string): GuestTraits {
  const tell = told(output);
  const system = systemOf(output);
  const schedulers = tell('scheduler').filter((name) => name !== noScheduler);
  if (schedulers.length === 0) {
    throw refused(
      `There is no module of an ip_vs scheduler for the kernel ${system.kernel}.`,
      "Install the package of the kernel's modules (kernel-modules-core, linux-image-amd64), or choose another image.",
    );
  }
  const [apache] = tell('apache');
  const [nginx] = tell('nginx');
  if (apache === undefined && nginx === undefined) {
    throw refused(
      'Neither httpd, apache2 nor nginx is installed.',
      "Look at what its package manager said in the bake's log.",
    );
  }
  const usual = usualWebServers[system.family];
  const traits = guestTraitsSchema.safeParse({
    ...system,
    schedulers,
    // One that a guest lacks is named as its family would, so that a recipe with it says plainly what is missing.
    apache: {
      service: apache ?? usual.apache.service,
      folder: tell('apacheFolder')[0] ?? usual.apache.folder,
    },
    nginx: { service: nginx ?? 'nginx', folder: tell('nginxFolder')[0] ?? '/etc/nginx/conf.d' },
    webRoot: tell('webRoot')[0] ?? '/var/www/html',
  });
  if (traits.success) return traits.data;
  throw refused(
    traits.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    'Set up its web server as its distribution does, with a plain path for its pages.',
  );
}

const usualWebServers = {
  debian: { apache: { service: 'apache2', folder: '/etc/apache2/conf-enabled' } },
  rhel: { apache: { service: 'httpd', folder: '/etc/httpd/conf.d' } },
} as const;

function systemOf(output: string): GuestSystem {
  const tell = told(output);
  const [title, kernel, manager = ''] = ['title', 'kernel', 'packages'].map((key) => tell(key)[0]);
  const known = managers[manager];
  if (!known) {
    throw refused(
      'It has none of apt-get, dnf and yum.',
      'Choose an image of Debian, CentOS, Rocky or AlmaLinux, or of a kin of theirs.',
    );
  }
  const network = networkOf(tell('network')[0], known.family);
  const selinux = { Enforcing: 'enforcing', Permissive: 'permissive' } as const;
  const mode = tell('selinux')[0];
  return {
    ...known,
    title: title ?? 'Linux',
    kernel: kernel ?? '',
    network,
    firewall: tell('firewall')[0] === 'firewalld' ? 'firewalld' : 'none',
    selinux: mode === 'Enforcing' || mode === 'Permissive' ? selinux[mode] : 'off',
  };
}

/** systemd-networkd is on every Debian with systemd, so what ifupdown kept is given to it (network.ts). */
function networkOf(told: string | undefined, family: GuestSystem['family']): GuestSystem['network'] {
  if (told === 'networkd' || told === 'network-manager' || told === 'network-scripts') return told;
  if (family === 'debian') return 'networkd';
  throw refused(
    'None of NetworkManager, systemd-networkd and network.service keeps its NICs.',
    'Choose an image in which one of them runs.',
  );
}

function told(output: string): (key: string) => string[] {
  const pairs = output.split('\n').map((line) => {
    const at = line.indexOf('=');
    return [line.slice(0, Math.max(at, 0)), line.slice(at + 1).trim()] as const;
  });
  return (key) => pairs.flatMap(([name, value]) => (name === key && value !== '' ? [value] : []));
}

function refused(why: string, remedy: string): LabError {
  return new LabError('guest-command-failed', 'This guest cannot be one of a lab.', { why, remedy });
}
