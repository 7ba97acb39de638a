import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../process/run.ts';
import type { BuildContext, TellStep } from './build-step.ts';
import { recipeFile, recipeList } from './recipe.ts';

/** What mmdebstrap says at the start of each part of its work, and how much of the time has then gone by. */
const milestones: readonly (readonly [words: string, fraction: number])[] = [
  ['running apt-get update', 0.02],
  ['downloading packages', 0.1],
  ['extracting archives', 0.2],
  ['installing essential packages', 0.25],
  ['installing remaining packages', 0.35],
  ['running --customize-hook', 0.8],
  ['cleaning', 0.97],
];

/**
 * Runs a program in a process group of its own, and kills all of it at SIGTERM, which comes when the build is cancelled
 * or (setpriv) when the builder itself is killed. Told to end, mmdebstrap goes on until all packages are installed.
 * Its mounts are its namespace's own and go with it; its files lie in the work folder, which the builder removes.
 */
const killable = 'setsid "$@" & group=$!; trap \'kill -s KILL -- "-$group"\' TERM; wait "$group"';

/** Folders below /usr/share that no package brings into the guest. */
const leftOut = ['doc', 'man', 'locale', 'info', 'vim/vim*/lang', 'vim/vim*/spell'];

/**
 * Where Debian keeps a manual page in English, such as `ip.8`. The section is a pattern, since dpkg makes only those
 * folders of what is left out that lie below an inclusion's last folder before its first pattern.
 */
function manPage(page: string): string {
  return `/usr/share/man/man[${page.slice(page.lastIndexOf('.') + 1)}]/${page}.gz`;
}

/**
 * Installs the guest's packages and makes them an ext4 file system, `root.img` in the work folder, with the parts of
 * the initrd beside it. No privilege is needed: mmdebstrap works as root of a user namespace (its `unshare` mode).
 */
export async function makeRootFileSystem(
  context: BuildContext,
  publicKey: string,
  tell: TellStep,
): Promise<void> {
  const { recipe, work, folder, signal } = context;
  await stageFiles(context, publicKey);
  const hooks = [
    `upload "${path.join(folder, 'ssh_host_ed25519_key')}" /etc/ssh/ssh_host_ed25519_key`,
    'sh "$LVSLAB_WORK/customize.sh" "$1"',
  ];
  const args = [
    '--mode=unshare',
    '--variant=essential',
    '--format=null',
    `--include=${recipeList(recipe, 'packages.txt').join(',')}`,
    '--aptopt=APT::Install-Recommends "false"',
    ...leftOut.map((files) => `--dpkgopt=path-exclude=/usr/share/${files}/*`),
    ...recipeList(recipe, 'man-pages.txt').map((page) => `--dpkgopt=path-include=${manPage(page)}`),
    ...hooks.map((hook) => `--customize-hook=${hook}`),
    'bookworm',
    '/dev/null',
  ];
  await run('setpriv', ['--pdeathsig', 'TERM', 'sh', '-c', killable, 'sh', 'mmdebstrap', ...args], {
    signal,
    env: {
      TMPDIR: work,
      LVSLAB_WORK: work,
      // mke2fs and chroot are not on every user's path.
      PATH: `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`,
      // The kernel package need not make an initrd that nobody starts from.
      INITRD: 'No',
    },
    onLine: (line) => {
      const milestone = milestones.find(([words]) => line.startsWith(`I: ${words}`));
      if (milestone) tell({ fraction: milestone[1], detail: milestone[0] });
    },
  });
}

/** Lays out what the hook needs, readable for all: an ordinary user's own folders are closed to the namespace's root. */
async function stageFiles({ recipe, work }: BuildContext, publicKey: string): Promise<void> {
  const staged = new Map([['files/root/.ssh/authorized_keys', `${publicKey} lvslab\n`]]);
  staged.set('customize.sh', recipeFile(recipe, 'customize.sh'));
  for (const name of ['masked-units', 'initrd-modules', 'centos-commands']) {
    staged.set(name, recipeList(recipe, `${name}.txt`).join('\n') + '\n');
  }
  for (const [name, content] of recipe.files) if (name.startsWith('files/')) staged.set(name, content);
  for (const [name, content] of staged) await writeReadable(work, name, content);
}

async function writeReadable(work: string, name: string, content: string): Promise<void> {
  // The work folder itself stays open to the namespace's users.
  const parts = path.dirname(path.join('/', name)).split('/').filter(Boolean);
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const folder = path.join(work, ...parts.slice(0, depth));
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o755);
  }
  await writeFile(path.join(work, name), content);
  await chmod(path.join(work, name), 0o644);
}
