import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detectAcceleration, runTrial } from '../../../src-main/libvirt/acceleration.ts';
import { requireQemu } from '../../../src-main/libvirt/qemu-program.ts';
import { CommandError } from '../../../src-main/process/command-error.ts';

const { signal } = new AbortController();
const tcg = ['-accel', 'tcg'];

describe('runTrial', () => {
  it('comes to its own end in QEMU, on both kinds of machine', async () => {
    await runTrial(requireQemu(), tcg, signal);
    await runTrial(requireQemu(), [...tcg, '-machine', 'q35'], signal);
  });

  it('does not pass when the guest never runs', async () => {
    const stopped = runTrial(requireQemu(), [...tcg, '-S'], AbortSignal.timeout(500));
    await expect(stopped).rejects.toMatchObject({ cancelled: true });
  });

  it('fails with the words of a QEMU that does not start', async () => {
    const failure = await runTrial(requireQemu(), ['-accel', 'no-such'], signal).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(CommandError);
    expect((failure as CommandError).lastWords).toMatch(/no-such/);
  });
});

describe('detectAcceleration', () => {
  let dataFolder: string;
  beforeEach(() => {
    dataFolder = mkdtempSync(path.join(tmpdir(), 'lvslab-acceleration-'));
  });
  afterEach(() => {
    rmSync(dataFolder, { recursive: true });
  });

  it('says which and why, and the same again', async () => {
    const found = await detectAcceleration({ dataFolder, signal });
    expect(['kvm', 'tcg']).toContain(found.type);
    expect(found.why).not.toBe('');
    expect(await detectAcceleration({ dataFolder, signal })).toEqual(found);
  });

  it('believes what it found on this host, and nothing that was found on another', async () => {
    const found = await detectAcceleration({ dataFolder, signal });
    const file = path.join(dataFolder, 'host/acceleration.json');
    const remembered = readIfThere(file);
    if (!remembered) {
      expect(found.type).toBe('tcg'); // No trial: this user has no /dev/kvm to try.
      return;
    }
    writeFileSync(file, JSON.stringify({ ...remembered, found: { type: 'kvm', why: 'remembered' } }));
    expect(await detectAcceleration({ dataFolder, signal })).toEqual({ type: 'kvm', why: 'remembered' });
    writeFileSync(file, JSON.stringify({ host: 'another', found: { type: 'kvm', why: 'remembered' } }));
    expect(await detectAcceleration({ dataFolder, signal })).toEqual(found);
  });
});

function readIfThere(file: string): object | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as object;
  } catch {
    return undefined;
  }
}
