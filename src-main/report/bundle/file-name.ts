import type { ZipWay } from './packing-difference.ts';

/** A name of a zip's file, as it is read. */
export interface ReadName {
  /** With slashes, and without `.` and empty parts. */
  readonly file: string;
  readonly isFolder: boolean;
  /** How it was written otherwise. */
  readonly ways: readonly ZipWay[];
}

/**
 * Reads a name of a file in a zip. Windows' programs write `\` for `/`, tar-like ones `./` before it; neither names
 * another file. The zip format (APPNOTE 4.4.17) wants slashes, no drive and no slash at the beginning.
 * @throws Error naming it, where it leads out of the folder that it is unpacked into, or no system has such a name.
 */
export function readName(name: string): ReadName {
  const slashed = name.replaceAll('\\', '/');
  const parts = slashed.split('/');
  if (/^\/|^[A-Za-z]:(\/|$)/.test(slashed)) throw new Error(`absolute path: ${name}`);
  if (parts.includes('..')) throw new Error(`invalid relative path: ${name}`);
  if (name.includes('\0')) throw new Error(`invalid characters in the name: ${name}`);
  const isFolder = /(^|\/)\.?$/.test(slashed);
  const kept = parts.filter((part) => part !== '' && part !== '.');
  const plain = kept.join('/');
  const ways: ZipWay[] = [];
  if (slashed !== name) ways.push('backslashes');
  if (plain !== slashed.replace(/\/$/, '')) ways.push('dots');
  return { file: plain, isFolder, ways };
}

/** Names that macOS, Windows, desktops, network drives and version control give to what they leave in folders. */
const leftoverNames = new Set([
  ...['__macosx', '.ds_store', '.localized', '.apdisk', '.appledouble', 'icon\r', '.trashes', '.fseventsd'],
  ...['.spotlight-v100', '.temporaryitems', '.documentrevisions-v100', '.volumeicon.icns'],
  ...['thumbs.db', 'thumbs.db:encryptable', 'ehthumbs.db', 'desktop.ini', '$recycle.bin'],
  ...[
    'system volume information',
    '.directory',
    '@eadir',
    '.dropbox',
    '.dropbox.attr',
    '.dropbox.cache',
    '.stfolder',
    '.git',
    '.svn',
    '.hg',
    '.idea',
    '.vscode',
  ],
]);

/**
 * Whether a file was left by another program, and not put there by a person: nobody reads it, and no report has one.
 * `._NAME` is AppleDouble's, `NAME:Zone.Identifier` comes from Windows' downloads, `.~lock.NAME#` and `~$NAME` from
 * office programs, `.NAME.swp` from vim, `.nfsN` and `.fuse_hiddenN` from files that were deleted while they were open.
 */
export function isLeftover(file: string): boolean {
  return file
    .split('/')
    .some(
      (part) =>
        leftoverNames.has(part.toLowerCase()) ||
        /^\._|^\.~lock\..*#$|^~\$|:zone\.identifier$|^\.nfs[0-9a-f]{8,}$|^\.fuse_hidden|^\.trash-\d+$|^\..*\.sw[a-p]$/i.test(
          part,
        ),
    );
}
