import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { askToEnd, isAlive, ownIdentity } from '../../../src-main/lab/process-identity.ts';

describe('process identity', () => {
  it('knows this process as alive', () => {
    expect(isAlive(ownIdentity())).toBe(true);
  });

  it('does not take a process that was given the same number for the one it knew', () => {
    expect(isAlive({ ...ownIdentity(), startTime: '1' })).toBe(false);
  });

  it('asks no other process to end in its place', async () => {
    const other = spawn('sleep', ['60']);
    const ended = once(other, 'exit');
    askToEnd({ pid: other.pid!, startTime: '1' });
    expect(isAlive({ ...ownIdentity(), startTime: '1' })).toBe(false);
    other.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
  });
});
