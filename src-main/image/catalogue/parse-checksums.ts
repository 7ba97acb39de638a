import type { Algorithm, Checksum, NamedChecksum } from './checksum.ts';

/** What a file of checksums says. */
export interface ChecksumFile {
  readonly named: readonly NamedChecksum[];
  /** Checksums without a name: of the file that the list lies beside, where there is no other line. */
  readonly lone: readonly Checksum[];
}

/** The text of a checksum file: UTF-8, or UTF-16 as PowerShell writes it, without its byte-order mark. */
export function checksumText(bytes: Buffer): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(utf16 ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
}

/**
 * Reads a file of checksums as the tools that write and check them do, and as people copy them:
 * - `hex  name`, `hex *name` (sha256sum(1)), with one blank (`md5 -r`), tabs or more blanks; a `\` before the line says that
 *   `\\`, `\n` and `\r` in the name stand for others (digest.c of coreutils);
 * - `SHA256 (name) = hex` (cksum(1), BSD), `SHA2-256(name)= hex` (openssl-dgst(1));
 * - `hex` alone; `SHA256 hash of name:` before it (Windows' certutil); `SHA256  hex  name` (PowerShell's Get-FileHash).
 *
 * Of a clear-signed text (RFC 9580, 7) only what was signed is read. All other lines are passed over.
 * @param longest Which hash of 128 digits it is where no tag tells: b2sum(1) writes as many as sha512sum(1).
 */
export function parseChecksumFile(text: string, longest: 'sha512' | 'blake2b512' = 'sha512'): ChecksumFile {
  const named: NamedChecksum[] = [];
  const lone: Checksum[] = [];
  let announced: string | undefined;
  for (const line of linesOf(text.replace(/^\ufeff/, ''))) {
    const read = readTagged(line) ?? readLine(line, longest);
    if (read?.file !== undefined) named.push({ ...read, file: read.file });
    else if (read && announced !== undefined) named.push({ ...read, file: announced });
    else if (read) lone.push(read);
    announced = /^(?:MD5|SHA\d+) hash of (?:file )?(.+):$/.exec(line)?.[1];
  }
  return { named, lone };
}

/** The signed lines where a text is signed, all of them otherwise; no line of the signature itself. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  const begin = lines.findIndex((line) => line.startsWith('-----BEGIN PGP SIGNED MESSAGE-----'));
  const signature = lines.findIndex(
    (line, index) => index > begin && line.startsWith('-----BEGIN PGP SIGNATURE-----'),
  );
  const before = lines.slice(begin + 1, signature === -1 ? undefined : signature);
  // A line that begins with a dash is signed with `- ` before it.
  return begin === -1 ? before : before.map((line) => line.replace(/^- /, ''));
}

interface ReadLine extends Checksum {
  readonly file?: string | undefined;
}

/** Hexadecimal digits of a hash tell which one it is: BLAKE2b, as long as SHA-512, is named. */
const byDigits: Readonly<Record<number, Algorithm>> = {
  ...{ 32: 'md5', 40: 'sha1', 56: 'sha224', 64: 'sha256', 96: 'sha384', 128: 'sha512' },
};

const hex = String.raw`(?<hex>[0-9a-fA-F]{32,128})`;
const plain = new RegExp(
  String.raw`^\s*(?<escaped>\\?)${hex}(?:(?:[ \t][ *]?)[ \t]*(?<name>.*\S)[ \t]*)?\s*$`,
);

function readLine(line: string, longest: Algorithm): ReadLine | undefined {
  const groups = plain.exec(line)?.groups;
  const digits = byDigits[groups?.['hex']?.length ?? 0];
  const algorithm = digits === 'sha512' ? longest : digits;
  if (!groups || algorithm === undefined) return undefined;
  const { escaped, name, hex: digest = '' } = groups;
  return { algorithm, digest: digest.toLowerCase(), file: nameIn(name, escaped === '\\') };
}

const tags = String.raw`(?<tag>MD5|SHA-?1|SHA(?:2-)?-?(?:224|256|384|512)|BLAKE2b(?:-512)?)`;
const tagged = [
  new RegExp(String.raw`^\s*(?<escaped>\\?)${tags} ?\((?<name>.+)\)\s*=\s*${hex}\s*$`, 'i'),
  new RegExp(String.raw`^\s*(?<escaped>)${tags}[ \t]+${hex}[ \t]+(?<name>.*\S)\s*$`, 'i'),
  new RegExp(String.raw`^\s*(?<escaped>)${tags}\s*[:=]\s*${hex}(?<name>)\s*$`, 'i'),
];

function readTagged(line: string): ReadLine | undefined {
  for (const pattern of tagged) {
    const groups = pattern.exec(line)?.groups;
    if (!groups) continue;
    const { tag = '', name, escaped, hex: digest = '' } = groups;
    const algorithm = algorithmOf(tag);
    // A tag that does not fit its digits is a line that was cut.
    const digits = algorithm === 'blake2b512' ? 'sha512' : algorithm;
    if (byDigits[digest.length] !== digits) return undefined;
    return { algorithm, digest: digest.toLowerCase(), file: nameIn(name, escaped === '\\') };
  }
  return undefined;
}

function algorithmOf(tag: string): Algorithm {
  const bits = tag.toLowerCase().replace(/^sha(2-|-)?/, '');
  if (bits.startsWith('blake')) return 'blake2b512';
  switch (bits) {
    case 'md5':
      return 'md5';
    case '1':
      return 'sha1';
    case '224':
      return 'sha224';
    case '256':
      return 'sha256';
    case '384':
      return 'sha384';
    default:
      return 'sha512';
  }
}

/** A name as the file system has it; `./` before it means nothing. Undefined for none, or for standard input's `-`. */
function nameIn(name: string | undefined, escaped: boolean): string | undefined {
  if (!name || name === '-') return undefined;
  const real = escaped
    ? name.replaceAll(/\\([\\nr])/g, (_, letter: string) => ({ n: '\n', r: '\r' })[letter] ?? '\\')
    : name;
  return real.replace(/^(?:\.\/)+/, '');
}
