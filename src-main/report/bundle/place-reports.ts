import type { Container, PackedFile } from './container.ts';
import { isLeftover } from './file-name.ts';
import { bundleFiles } from './layout.ts';
import type { PackingDifference } from './packing-difference.ts';

/** The files of one bundle within a container. */
export interface PlacedBundle {
  /** The folder that they are in, with a slash at its end; empty at the top. */
  readonly root: string;
  /** Named from there. Without leftovers. */
  readonly files: readonly PackedFile[];
  readonly packing: readonly PackingDifference[];
}

/** What is in a container, as far as it may be a report. */
export interface Placed {
  readonly bundles: readonly PlacedBundle[];
  /** Every other file, without leftovers; named as the container has them. */
  readonly others: readonly PackedFile[];
}

/** Finds the bundles in a container by the files that only a bundle has beside each other, whatever folders they are in. */
export function placeBundles(container: Container): Placed {
  const [leftovers, files] = parted(container.files, ({ file }) => isLeftover(file));
  const roots = rootsOf(files.map(({ file }) => file));
  const rootOf = (file: string) => roots.find((root) => file.startsWith(root));
  return {
    bundles: roots.map((root) => {
      const inside = ({ file }: PackedFile) => file.startsWith(root);
      return placed(
        container,
        root,
        files.filter(inside),
        roots.length === 1 ? leftovers : leftovers.filter(inside),
      );
    }),
    others: files.filter(({ file }) => rootOf(file) === undefined),
  };
}

/** All of a container taken for one bundle, though it has not the files of one: what it lacks can then be told. */
export function placeAll(container: Container): PlacedBundle {
  const [leftovers, files] = parted(container.files, ({ file }) => isLeftover(file));
  return placed(container, commonFolder(files.map(({ file }) => file)), files, leftovers);
}

function placed(
  { kind, packing }: Container,
  root: string,
  files: readonly PackedFile[],
  leftovers: readonly PackedFile[],
): PlacedBundle {
  const names = leftovers.map(({ file }) => (file.startsWith(root) ? file.slice(root.length) : file));
  return {
    root,
    files: files.map((each) => ({ ...each, file: each.file.slice(root.length) })),
    packing: [
      ...(kind === 'folder' ? [{ kind: 'unpacked' } as const] : []),
      ...(root === '' ? [] : [{ kind: 'in-folder', folder: root.slice(0, -1) } as const]),
      ...(names.length === 0 ? [] : [{ kind: 'leftovers', files: names } as const]),
      ...packing,
    ],
  };
}

/** The folders with a bundle's files, those within one of them left out. */
function rootsOf(files: readonly string[]): string[] {
  const folders = Map.groupBy(files, (file) => file.slice(0, file.lastIndexOf('/') + 1));
  const roots = [...folders]
    .filter(([folder, own]) => isBundle(own.map((file) => file.slice(folder.length))))
    .map(([folder]) => folder);
  return roots.filter((root) => !roots.some((other) => other !== root && root.startsWith(other)));
}

/**
 * Whether files lie beside each other as in a bundle, one that lacks some of them too. Pages and models that were written
 * by themselves may share a folder, so that these alone are none.
 */
function isBundle(names: readonly string[]): boolean {
  const has = (name: string) => names.includes(name);
  const { manifest, json, html, markdown, schema } = bundleFiles;
  return has(manifest) ? has(json) || has(html) || has(markdown) : has(json) && has(schema);
}

function commonFolder(files: readonly string[]): string {
  const [first = ''] = files;
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  while (!files.every((file) => file.startsWith(folder)))
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  return folder;
}

function parted<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
