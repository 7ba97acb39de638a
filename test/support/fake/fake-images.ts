import type { ImagesSnapshot, ImageView } from '../../../src-main/contract/images.ts';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import type { ImagesCore } from '../../../src-main/shell/core.ts';
import { createFakeTasks, stepThrough } from './fake-tasks.ts';

const GiB = 2 ** 30;

function image(name: string, title: string, own: Partial<ImageView> = {}): ImageView {
  return {
    ...{ name, title, state: 'absent', needs: { cpu: 'x86-64-v2', memoryMiB: 1024, diskMiB: 6144 } },
    ...{ memoryMiB: 1024, obstacles: [], fetchable: true, bytes: 0, verified: null, guest: null },
    ...{ outdated: false, endOfLife: null, notes: [], lab: null, task: null, ...own },
  };
}

const guest = (system: string, kernel: string) => ({
  ...{ system, kernel, builtAt: '2026-01-05T09:30:00.000Z' },
  firewall: system.startsWith('Debian') ? ('none' as const) : ('firewalld' as const),
});

/** One of each kind. */
function fakeImages(): ImageView[] {
  return [
    image('embedded', 'Debian GNU/Linux 12 (bookworm)', {
      ...{ state: 'baked', needs: null, memoryMiB: 0, bytes: 0.3 * GiB },
      guest: guest('Debian GNU/Linux 12 (bookworm)', ''),
    }),
    image('almalinux-9', 'AlmaLinux 9', { state: 'partly-fetched', bytes: 0.2 * GiB }),
    image('centos-7', 'CentOS 7 (2211)', {
      ...{ state: 'fetched', verified: 'pinned', bytes: 0.8 * GiB, memoryMiB: 512, endOfLife: '2024-06-30' },
      needs: { cpu: 'x86-64', memoryMiB: 512, diskMiB: 6144 },
      notes: [
        'Its packages are on vault.centos.org alone; the repositories it comes with no longer answer.',
        'ipvsadm.service fails without /etc/sysconfig/ipvsadm, and overwrites that file when it is stopped.',
      ],
    }),
    image('centos-stream-10', 'CentOS Stream 10', {
      needs: { cpu: 'x86-64-v3', memoryMiB: 1024, diskMiB: 6144 },
      obstacles: [
        {
          about: 'cpu',
          what: 'CentOS Stream 10 needs a processor of level x86-64-v3; guests here have x86-64-v2.',
          why: 'Under KVM guests have the level of the processor (/proc/cpuinfo).',
          remedy: 'Choose an image that needs less, or another host.',
        },
      ],
    }),
    image('centos-stream-9', 'CentOS Stream 9', {
      notes: ['rp_filter is 1 by default, which TUN does not work with.'],
    }),
    image('mine', 'mine, like Debian 12', { fetchable: false }),
    image('rocky-9', 'Rocky Linux 9', {
      ...{ state: 'baked', verified: 'checksum-file', bytes: 1.6 * GiB },
      guest: guest('Rocky Linux 9.5 (Blue Onyx)', '5.14.0-503.el9.x86_64'),
    }),
  ];
}

/** Images as the core tells of them; baking one takes as long as it takes to look at it. */
export function fakeImagesCore(): ImagesCore {
  const images = new Map(fakeImages().map((each) => [each.name, each]));
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const tasks = createFakeTasks(changed);
  const snapshot = (): ImagesSnapshot => ({
    images: [...images.values()].map((each) => {
      const task = tasks.tasks.findLast(({ lab }) => lab === each.name) ?? null;
      return structuredClone({ ...each, task, state: task?.state === 'running' ? 'working' : each.state });
    }),
    ...{ problems: [], hostUnknown: null },
  });
  return {
    watch: async (onItem, signal) => {
      const tell = () => {
        onItem(snapshot());
      };
      listeners.add(tell);
      tell();
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      listeners.delete(tell);
    },
    bake: async (name) => {
      const known = images.get(name);
      if (!known) throw new LabError('not-found', `The catalogue has no image '${name}'.`);
      const { task } = tasks.begin(name, 'bake', async (work) => {
        await stepThrough(
          work,
          [undefined],
          [
            ['image.fetch', 'Fetching the image', 1500],
            ['bake.packages', 'Installing what labs need', 1500],
          ],
        );
        images.set(name, { ...known, state: 'baked', bytes: GiB, guest: guest(known.title, '5.14.0') });
      });
      return { task };
    },
    cancel: (task) => tasks.cancel(task),
    remove: async (name) => {
      const known = images.get(name);
      if (known) images.set(name, { ...known, state: 'absent', bytes: 0, guest: null, verified: null });
      changed();
    },
  };
}
