import { z } from 'zod';

/** What keeps a guest's addresses over a restart. */
export const networkKeepers = ['networkd', 'network-manager', 'network-scripts', 'none'] as const;

const serviceSchema = z.string().regex(/^[\w@.-]+$/);
const folderSchema = z.string().regex(/^(\/[\w.@-]+)+$/);

/**
 * What recipes and checks need to know of the guests of an image, whatever distribution it is: as a probe in the guest
 * found it, never told from the image's name.
 */
export const guestTraitsSchema = z.object({
  family: z.enum(['debian', 'rhel']),
  /** `PRETTY_NAME` of os-release(5). */
  title: z.string(),
  /** As `uname -r` tells it. */
  kernel: z.string(),
  packages: z.enum(['apt', 'dnf', 'yum']),
  network: z.enum(networkKeepers),
  firewall: z.enum(['firewalld', 'none']),
  selinux: z.enum(['enforcing', 'permissive', 'off']),
  /** The ip_vs schedulers that the kernel has a module for: rr, wrr, ... */
  schedulers: z.array(z.string()),
  /** The web servers' units, and the folders from which they read files ending in `.conf`. */
  apache: z.object({ service: serviceSchema, folder: folderSchema }),
  nginx: z.object({ service: serviceSchema, folder: folderSchema }),
  /** Where the pages lie that both serve. */
  webRoot: folderSchema,
});
export type GuestTraits = z.infer<typeof guestTraitsSchema>;

/** The guest that is built on this host from Debian's packages (resources/guest). */
export const embeddedTraits: GuestTraits = {
  family: 'debian',
  title: 'Debian GNU/Linux 12 (bookworm)',
  kernel: '',
  packages: 'apt',
  network: 'none',
  firewall: 'none',
  selinux: 'off',
  schedulers: [],
  apache: { service: 'apache2', folder: '/etc/apache2/conf-enabled' },
  nginx: { service: 'nginx', folder: '/etc/nginx/conf.d' },
  webRoot: '/var/www/html',
};

/** What is known of a guest before its packages are installed. */
export type GuestSystem = Omit<GuestTraits, 'schedulers' | 'apache' | 'nginx' | 'webRoot'>;
