import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GuestTraits } from '../../../src-main/family/guest-traits.ts';
import { networkScript } from '../../../src-main/family/network.ts';
import { installScript, packagesFor } from '../../../src-main/family/packages.ts';
import { probeScript } from '../../../src-main/family/probe-script.ts';
import { sealScript } from '../../../src-main/family/seal.ts';
import { servicesScript } from '../../../src-main/family/services.ts';
import { webServersScript } from '../../../src-main/family/web-servers.ts';
import { run } from '../../../src-main/process/run.ts';
import { families } from './families.ts';

const searchPath = (process.env['PATH'] ?? '').split(':');
const installed = searchPath.some((folder) => existsSync(path.join(folder, 'shellcheck')));

const nic = { mac: '52:54:00:00:00:01', address: '10.0.2.15/24' };

/** Every script that a guest of a family is given while its image is made. */
function scriptsOf(traits: GuestTraits): Record<string, string> {
  const rhel = traits.family === 'rhel';
  const names = {
    apache: rhel ? 'httpd' : 'apache2',
    ...(traits.packages === 'yum' ? {} : { nginx: 'nginx' }),
    ...{ ipvsadm: 'ipvsadm', keepalived: 'keepalived', tcpdump: 'tcpdump', firewall: 'firewalld' },
  };
  return {
    install: installScript(traits, packagesFor(traits, names)),
    webServers: webServersScript(traits),
    services: servicesScript(traits),
    network: networkScript(traits, nic),
  };
}

async function findings(script: string): Promise<string> {
  const options = { input: script, acceptExitCodes: [0, 1] };
  return (await run('shellcheck', ['--norc', '--shell=sh', '-'], options)).stdout;
}

describe.each(families)('a guest of %s', (name, traits) => {
  // `npx vitest run test/unit/family -u` writes them anew; look at each change against what the family has.
  it('is given the commands and files that were looked at', async () => {
    const sections = Object.entries(scriptsOf(traits)).map(([title, text]) => `#### ${title}\n${text}`);
    const text = `${sections.join('\n')}\n`;
    await expect(text).toMatchFileSnapshot(`golden/${name}.golden`);
  });

  it.skipIf(!installed)(
    'is given scripts in which shellcheck finds nothing',
    { timeout: 60_000 },
    async () => {
      for (const [title, script] of Object.entries(scriptsOf(traits))) {
        expect(await findings(script), title).toBe('');
      }
    },
  );
});

describe.skipIf(!installed)('shellcheck', () => {
  it('finds nothing in what every family is given alike', async () => {
    expect(await findings(sealScript())).toBe('');
    expect(await findings(`#!/bin/sh\n${probeScript()}`)).toBe('');
  });
});
