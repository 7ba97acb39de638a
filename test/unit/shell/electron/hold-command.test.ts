import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import { electronHoldCommand } from '../../../../src-main/shell/electron/hold-command.ts';

const run = promisify(execFile);

it("runs the terminal's front with Electron's binary as a plain Node", () => {
  // As of an AppImage that another program was started from, and we by that.
  vi.stubEnv('APPIMAGE', '/home/user/terminal.AppImage');
  vi.stubEnv('APPDIR', '/tmp/.mount_terminal');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const [program, setting, binary, script, verb] = electronHoldCommand();
  expect([program, setting, binary, verb]).toEqual([
    '/usr/bin/env',
    'ELECTRON_RUN_AS_NODE=1',
    process.execPath,
    'hold',
  ]);
  expect(path.basename(script ?? '')).toBe('lvslab.js');
});

it('gives the same front the same arguments from an AppImage, whose place changes and whose AppRun has options of its own', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-hold-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const main = path.join(folder, 'resources/app.asar/out/main');
  await mkdir(main, { recursive: true });
  await writeFile(path.join(main, 'lvslab.js'), 'console.log(JSON.stringify(process.argv.slice(1)))');
  await copyFile(process.execPath, path.join(folder, 'node'), constants.COPYFILE_FICLONE);
  // As electron-builder's AppRun does where the kernel has no user namespaces.
  const appImage = path.join(folder, 'AppRun');
  const script = `#!/bin/bash
for arg in "$@"; do if [ "$arg" = --no-sandbox ]; then exec "${folder}/node" "$@"; fi; done
exec "${folder}/node" --no-sandbox "$@"
`;
  await writeFile(appImage, script, { mode: 0o755 });
  const [program, ...args] = electronHoldCommand(appImage);
  const { stdout } = await run(program, [...args, 'demo']);
  expect(JSON.parse(stdout)).toEqual([path.join(main, 'lvslab.js'), 'hold', 'demo']);
});
