import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { leftovers } from '../support/leftovers.ts';
import { lvslab, startLvslab } from '../support/lvslab.ts';
import { testHome } from '../support/test-home.ts';

const booting = (event: Record<string, unknown>) => event['step'] === 'boot' && event['state'] === 'running';

/** As `npm run lab` does: runs the command in the place of another process. */
const forward = path.resolve(import.meta.dirname, '../../resources/setup/forward.mjs');
const launch = `import { runInOurPlace } from '${forward}';
const [command, ...args] = process.argv.slice(1);
process.exitCode = await runInOurPlace(command, args, { cwd: process.cwd() });`;
const launcher = [process.execPath, '--input-type=module', '-e', launch, '--'];

describe('a lab that is ended', () => {
  it('by Ctrl-C in the middle of the boot leaves nothing', async () => {
    const call = startLvslab(['up', 'three-modes', '--json']);
    await call.until(booting);
    call.child.kill('SIGINT');
    const { code, stderr } = await call.ended;
    expect(code, stderr).toBe(130);
    expect(stderr).toContain('Cancelled');
    expect(await leftovers(testHome)).toEqual([]);
  });

  it('by Ctrl-C while its machines are being started leaves nothing, however often it is pressed', async () => {
    const call = startLvslab(['up', 'three-modes', '--json']);
    await call.until((event) => event['step'] === 'start' && event['state'] === 'running');
    for (let press = 0; press < 3; press++) {
      call.child.kill('SIGINT');
      await sleep(50);
    }
    const { code, stderr } = await call.ended;
    expect(code, stderr).toBe(130);
    expect(await leftovers(testHome)).toEqual([]);
  });

  it('by the death of its process is listed as it is, and removed on request', async () => {
    const call = startLvslab(['up', 'three-modes', '--name', 'crashed', '--json']);
    await call.until(booting);
    call.child.kill('SIGKILL');
    await call.ended;
    const { stdout } = await lvslab(['ls', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ labs: [{ name: 'crashed', state: 'interrupted' }] });
    const { code, stderr } = await lvslab(['rm', 'crashed']);
    expect(code, stderr).toBe(0);
    expect(await leftovers(testHome)).toEqual([]);
  });

  it('by the death of what started its process leaves nothing', async () => {
    const call = startLvslab(['up', 'three-modes', '--json'], { wrap: launcher });
    await call.until(booting);
    call.child.kill('SIGKILL');
    // Its outputs are those of the process that runs the lab, and end with that.
    const { stderr } = await call.ended;
    expect(stderr).toContain('Cancelled');
    expect(await leftovers(testHome)).toEqual([]);
  });

  it('by another’s rm is taken down by the process that runs it', async () => {
    // Booted, which takes so long that it is still at it when the other comes.
    const call = startLvslab(['up', 'three-modes', '--cold', '--json']);
    await call.until(booting);
    const { code, stderr } = await lvslab(['rm', '--all']);
    expect(code, stderr).toBe(0);
    expect((await call.ended).code).toBe(130);
    expect(await leftovers(testHome)).toEqual([]);
  });
});
