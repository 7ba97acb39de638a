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
  return (await ourDomains(dataFolder)).map(({ uuid }) => `domain ${uuid}`);
}

/** The domains of a data folder, of labs and of whatever else. */
export async function ourDomains(dataFolder: string): Promise<{ uuid: string; xml: string }[]> {
  const { uri, env } = libvirtConnection();
  const virsh = (...args: string[]) => run('virsh', ['--quiet', '--connect', uri, ...args], { env });
  const uuids = (await virsh('list', '--all', '--uuid')).stdout.split(/\s+/).filter(Boolean);
  const domains = await Promise.all(
    uuids.map(async (uuid) => {
      // One of others may have ended since it was listed.
      const dump = await virsh('dumpxml', uuid).catch(() => undefined);
      return { uuid, xml: dump?.stdout ?? '' };
    }),
  );
  return domains.filter(({ xml }) => xml.includes(`data-folder="${dataFolder}"`));
}

function labFolders(dataFolder: string): string[] {
  try {
    return readdirSync(path.join(dataFolder, 'labs')).map((name) => `folder ${name}`);
  } catch {
    return [];
  }
}
