import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { guestVersionsScript, parseGuestVersions } from '../../../../src-main/lab/facts/guest-versions.ts';
import { run } from '../../../../src-main/process/run.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const told = `system Debian GNU/Linux 12 (bookworm)
kernel 6.1.0-56-cloud-amd64
ipvs IP Virtual Server version 1.2.1 (size=4096)
ipvsadm ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)
nginx nginx version: nginx/1.22.1
curl curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.17
`;

describe('parseGuestVersions', () => {
  it("reads each program's own version, and IPVS's of the director alone", () => {
    const guest = {
      ...{ system: 'Debian GNU/Linux 12 (bookworm)', kernel: '6.1.0-56-cloud-amd64' },
      programs: { ipvsadm: '1.31', nginx: '1.22.1', curl: '7.88.1' },
    };
    expect(parseGuestVersions(told, true)).toEqual({ ...guest, ipvs: '1.2.1' });
    expect(parseGuestVersions(told, false)).toEqual({ ...guest, ipvs: null });
  });

  it('knows nothing of what was not told', () => {
    const nothing = { system: null, kernel: null, programs: {}, ipvs: null };
    expect(parseGuestVersions('', true)).toEqual(nothing);
    expect(parseGuestVersions('system \nkernel \nnginx not found\n', true)).toEqual(nothing);
  });
});

it('is read from a shell, from programs that write to either output', async () => {
  const folder = temporaryFolder();
  const programs = {
    ipvsadm: `echo loaded >${folder}/ip_vs; echo ipvsadm v1.31`,
    nginx: 'echo nginx version: nginx/1.9 >&2',
    keepalived: 'exit 1',
  };
  mkdirSync(path.join(folder, 'bin'));
  for (const [name, line] of Object.entries(programs)) {
    writeFileSync(path.join(folder, 'bin', name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
  const env = { PATH: `${folder}/bin:/usr/bin:/bin` };
  const { stdout } = await run('/bin/sh', ['-c', guestVersionsScript], { env });
  const { programs: found, kernel } = parseGuestVersions(stdout, true);
  expect(found).toMatchObject({ nginx: '1.9' });
  const isLoaded = existsSync('/proc/net/ip_vs');
  expect(existsSync(path.join(folder, 'ip_vs')), 'ipvsadm, which would load ip_vs, is left alone').toBe(
    isLoaded,
  );
  expect(found).not.toHaveProperty('keepalived');
  expect(kernel).toMatch(/^\d+\./);
});
