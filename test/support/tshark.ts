import { run } from '../../src-main/process/run.ts';

/**
 * The fields of every frame of a capture that fits a display filter.
 * @param preferences of tshark, such as `ip.check_checksum:TRUE`.
 * @throws When tshark has anything to complain of.
 */
export async function tsharkFields(
  file: string,
  filter: string,
  fields: readonly string[],
  preferences: readonly string[] = [],
): Promise<string[][]> {
  const { stdout, stderr } = await run('tshark', [
    ...['-r', file, '-Y', filter, '-T', 'fields', '-E', 'separator=|'],
    ...preferences.flatMap((preference) => ['-o', preference]),
    ...fields.flatMap((field) => ['-e', field]),
  ]);
  const complaints = stderr.split('\n').filter((line) => line && !line.startsWith('Running as user "root"'));
  if (complaints.length) throw new Error(`tshark: ${complaints.join('\n')}`);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('|'));
}
