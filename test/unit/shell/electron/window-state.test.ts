import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  placeWindow,
  readWindowState,
  writeWindowState,
} from '../../../../src-main/shell/electron/window-state.ts';

const left = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };
const state = { x: 100, y: 80, width: 1200, height: 800, maximized: false };

describe('placeWindow', () => {
  it('uses the place where the window was left', () => {
    expect(placeWindow(state, [left])).toEqual({ x: 100, y: 80, width: 1200, height: 800 });
    expect(placeWindow({ ...state, x: 2000 }, [left, right])).toMatchObject({ x: 2000, y: 80 });
  });

  it.each([
    ['a screen that is gone', { x: 2000 }],
    ['above all screens', { y: -40 }],
    ['below all screens', { y: 1070 }],
    ['all but out at the left', { x: -1150 }],
  ])('keeps the size alone of a window on %s', (_, place) => {
    expect(placeWindow({ ...state, ...place }, [left])).toEqual({ width: 1200, height: 800 });
  });

  it('makes it no larger than its screen', () => {
    expect(placeWindow({ ...state, x: 1930, width: 1900, height: 1070 }, [left, right])).toEqual({
      ...{ x: 1930, y: 80, width: 1280, height: 1024 },
    });
  });

  it('has a size for the first time', () => {
    expect(placeWindow(undefined, [left])).toEqual({ width: 1280, height: 860 });
  });
});

describe('the state on disk', () => {
  async function folder(): Promise<string> {
    const made = await mkdtemp(path.join(tmpdir(), 'lvslab-window-'));
    onTestFinished(() => rm(made, { recursive: true }));
    return path.join(made, 'data');
  }

  it('is read as it was written, and nothing else is left', async () => {
    const data = await folder();
    await Promise.all([writeWindowState(data, { ...state, x: 5 }), writeWindowState(data, state)]);
    expect(await readWindowState(data)).toEqual(state);
    expect(await readdir(data)).toEqual(['window.json']);
  });

  it.each(['', '{"x":1}', '{"x":0,"y":0,"width":-5,"height":1,"maximized":false}'])(
    'is as none when the file holds %j',
    async (content) => {
      const data = await folder();
      expect(await readWindowState(data)).toBeUndefined();
      await writeWindowState(data, state);
      await writeFile(path.join(data, 'window.json'), content);
      expect(await readWindowState(data)).toBeUndefined();
    },
  );
});
