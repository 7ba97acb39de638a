import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { dataFolder } from '../../../src-main/process/user-folders.ts';

describe('dataFolder', () => {
  it.each([
    [{ LVSLAB_HOME: '/labs', XDG_DATA_HOME: '/data' }, '/labs'],
    [{ XDG_DATA_HOME: '/data' }, '/data/lvslab'],
    [{ XDG_DATA_HOME: 'relative' }, `${homedir()}/.local/share/lvslab`],
    [{}, `${homedir()}/.local/share/lvslab`],
  ])('%j -> %s', (env, folder) => {
    expect(dataFolder(env)).toBe(folder);
  });
});
