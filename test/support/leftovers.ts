import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../src-main/process/run.ts';
import { libvirtConnection } from '../../src-main/libvirt/connection.ts';

/** Everything a lab could leave behind in a data folder: processes, domains, files. Empty when nothing is left. */
export async function leftovers(dataFolder: string): Promise<string[]> {
  return [
    ...processesNaming(path.join(dataFolder, 'labs')),
    ...(await domainsOf(dataFolder)),
    ...labFolders(dataFolder),
  ];
}

function processesNaming(text: string): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return command.includes(text) ? [`process ${pid}: ${command.slice(0, 200)}`] : [];
      } catch {
        return []; // It ended meanwhile.
      }
    });
}

async function domainsOf(dataFolder: string): Promise<string[]> {
  const { uri, env } = libvirtConnection();
  const virsh = (...args: string[]) => run('virsh', ['--quiet', '--connect', uri, ...args], { env });
  const uuids = (await virsh('list', '--all', '--uuid')).stdout.split(/\s+/).filter(Boolean);
  // One of others may have ended since it was listed.
  const dump = (uuid: string) =>
    virsh('dumpxml', uuid).then(
      ({ stdout }) => stdout,
      () => '',
    );
  const xmls = await Promise.all(uuids.map(dump));
  return uuids
    .filter((_, index) => xmls[index]?.includes(`data-folder="${dataFolder}"`))
    .map((uuid) => `domain ${uuid}`);
}

function labFolders(dataFolder: string): string[] {
  try {
    return readdirSync(path.join(dataFolder, 'labs')).map((name) => `folder ${name}`);
  } catch {
    return [];
  }
}
