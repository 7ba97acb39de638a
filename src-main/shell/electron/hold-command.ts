import path from 'node:path';
import type { HoldCommand } from '../../lab/hold-lab.ts';

// Built, this is of a file in out/main, beside the terminal's front.
const terminal = path.join(import.meta.dirname, 'lvslab.js');

/**
 * Finds the terminal's front from Electron's own binary, and gives it the arguments that a script has, in place of the
 * one that is for AppRun.
 */
const fromBinary = `
const path = require('node:path');
const file = path.join(path.dirname(process.execPath), 'resources/app.asar/out/main/lvslab.js');
process.argv.splice(1, 1, file);
import(file);`;

/**
 * How a lab is given a process of its own: Electron's binary as a plain Node runs the terminal's front. That is what the
 * fuse RunAsNode is left on for (electron-builder.config.ts).
 * @param appImage The AppImage that this process was started from, where it was. Its files are there only while it
 *   runs, so the lab's process is started from the AppImage anew. Its AppRun puts --no-sandbox, which Node does not
 *   know, before all arguments where the system needs that, unless it is among them already.
 */
export function electronHoldCommand(appImage: string | undefined = ownAppImage()): HoldCommand {
  const asNode = ['/usr/bin/env', 'ELECTRON_RUN_AS_NODE=1'] as const;
  return appImage
    ? [...asNode, appImage, '--eval', fromBinary, '--', '--no-sandbox', 'hold']
    : [...asNode, process.execPath, terminal, 'hold'];
}

/** Its environment is handed down, so another AppImage's may be here: ours is the one that we were started from. */
function ownAppImage(): string | undefined {
  const { APPIMAGE, APPDIR } = process.env as Record<string, string | undefined>;
  return APPDIR && process.execPath.startsWith(`${APPDIR}${path.sep}`) ? APPIMAGE : undefined;
}
