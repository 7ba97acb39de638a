import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as tasks from '../../../../src-main/image/bake/guest-scripts.ts';
import { run } from '../../../../src-main/process/run.ts';
import { families } from '../../family/families.ts';

const packages = { manager: 'apt', names: { apache: 'apache2' } } as const;
const proxy = { proxy: "http://me:it's@10.0.2.2:3128", noProxy: '.example' };

describe.each(families)('what a guest of %s is told', (_name, traits) => {
  const all = [
    ...[tasks.untilCloudInit, tasks.probe, tasks.install(traits, { packages }, proxy)],
    ...[...tasks.prepare(traits), tasks.seal, tasks.powerOff],
  ];

  it.each(all)('is a shell script without a fault: $what', async ({ script }) => {
    const options = { input: script, acceptExitCodes: [0, 1] };
    expect((await run('shellcheck', ['--norc', '--shell=sh', '-'], options)).stdout).toBe('');
  });
});

describe('install', () => {
  const [, traits] = families[0] ?? [];
  it('tells the proxy to whatever fetches, to the letter', async () => {
    if (!traits) throw new Error('no family');
    const { script } = tasks.install(traits, { packages }, proxy);
    const exports = script.split('\n').filter((line) => line.includes('_proxy='));
    const told = 'printf "%s\\n" "$http_proxy" "$https_proxy" "$no_proxy"';
    const { stdout } = await run('sh', ['-c', [...exports, told].join('\n')]);
    expect(stdout.split('\n')).toEqual([proxy.proxy, proxy.proxy, proxy.noProxy]);
    expect(tasks.install(traits, { packages }, undefined).script).not.toContain('_proxy=');
  });
});

describe('the set-up of SSH', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lvslab-sshd-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('comes before what the file had, and leaves one host key', async () => {
    const file = path.join(folder, 'sshd_config');
    await writeFile(file, 'Include /etc/x\nHostKey /etc/ssh/ssh_host_rsa_key\nPermitRootLogin no\n');
    await writeFile(path.join(folder, 'sshd'), '#!/bin/sh\n');
    await chmod(path.join(folder, 'sshd'), 0o755);
    const [, traits] = families[0] ?? [];
    if (!traits) throw new Error('no family');
    const ssh = tasks.prepare(traits).find(({ what }) => what.includes('SSH'));
    const script = ssh?.script.replace('/etc/ssh/sshd_config', file) ?? '';
    await run('sh', ['-c', script], { env: { PATH: `${folder}:/usr/bin:/bin` } });
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    expect(lines.indexOf('PidFile /run/sshd.pid')).toBeLessThan(lines.indexOf('Include /etc/x'));
    expect(lines.indexOf('PermitRootLogin prohibit-password')).toBeLessThan(
      lines.indexOf('PermitRootLogin no'),
    );
    expect(lines.filter((line) => line.startsWith('HostKey'))).toEqual([
      'HostKey /etc/ssh/ssh_host_ed25519_key',
    ]);
  });
});
