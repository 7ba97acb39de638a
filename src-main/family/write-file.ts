/** A file that a script leaves in a guest. */
export interface GuestFile {
  readonly path: string;
  /** Whole lines. */
  readonly content: string;
  /** Permission bits, in octal digits. */
  readonly mode?: '600';
}

/** Shell text that writes a file, and the folders it lies in. */
export function writeFile({ path, content, mode }: GuestFile): string {
  const folder = path.slice(0, path.lastIndexOf('/'));
  return [
    `mkdir -p ${folder}`,
    `cat >${path} <<'END_OF_FILE'\n${content}END_OF_FILE`,
    ...(mode ? [`chmod ${mode} ${path}`] : []),
  ].join('\n');
}

/** The commands of a capability as one script: it ends at the first that fails. */
export function guestScript(...commands: readonly string[]): string {
  return `${['set -eu', ...commands].join('\n')}\n`;
}
