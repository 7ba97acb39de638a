import path from 'node:path';
import { parseArgs } from 'node:util';
import { LabError, toErrorInfo } from '../../contract/lab-error.ts';
import { endWithStarters } from '../../process/end-with-starters.ts';
import { printPage } from '../../process/print-page.ts';
import { surviveClosedOutputs } from '../../process/survive-closed-outputs.ts';
import { createAppCore } from '../app-core.ts';
import type { AppCore, LeftLab } from '../core.ts';
import { holdCommand } from '../hold-command.ts';
import { startBrowserShell, type BrowserShell } from './server.ts';

const usage = `Usage: node src-main/shell/browser/main.ts [--port N]

Serves LVS Lab to a browser on this machine and prints its address.
  --port N  a TCP port on 127.0.0.1; any that is free by default
`;

async function main(): Promise<void> {
  const options = readArguments();
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  const root = path.resolve(import.meta.dirname, '../../..');
  const core = createAppCore('browser', holdCommand, printPage);
  const shell = await startBrowserShell({
    core,
    pageFolder: path.join(root, 'out', 'renderer'),
    port: options.port,
  });
  process.stdout.write(`LVS Lab is at ${shell.address}\nThe address lets one browser in. Ctrl-C ends it.\n`);
  endOnSignal(shell, core);
}

/** Ends the server and the work that is under way, and leaves the labs in order; told a second time, leaves at once. */
function endOnSignal(shell: BrowserShell, core: AppCore): void {
  let told = false;
  const end = () => {
    if (told) process.exit(1);
    told = true;
    process.stdout.write('Stopping, in order …\n');
    void leave(shell, core).finally(() => process.exit());
  };
  // Not `once`: execa ends the process by the signal when nobody else listens to it any more.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
}

async function leave(shell: BrowserShell, core: AppCore): Promise<void> {
  await shell.close();
  await core.close((left) => {
    process.stdout.write(`${describeLeft(left)}\n`);
  });
}

function describeLeft(left: LeftLab): string {
  const { lab } = left;
  switch (left.way) {
    case 'keep':
      return `The lab ${lab} stays up.`;
    case 'suspend':
      return `The lab ${lab} is suspended.`;
    case 'down':
      return `The lab ${lab} is down; nothing of it is left.`;
    case 'failed':
      return `The lab ${lab} could not be left in order: ${toErrorInfo(left.error).message}`;
  }
}

/** @throws LabError bad-input */
function readArguments(): { help: boolean; port: number } {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    const port = Number(values.port ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
      throw new Error(`'${String(values.port)}' is not a port: a whole number from 0 to 65535`);
    }
    return { help: values.help ?? false, port };
  } catch (cause) {
    const why = (cause as Error).message;
    throw new LabError('bad-input', 'The arguments were not understood.', {
      why,
      remedy: usage.trim(),
      cause,
    });
  }
}

surviveClosedOutputs();
endWithStarters();
main().catch((error: unknown) => {
  const { message, why, remedy } = toErrorInfo(error);
  process.stderr.write(`${[message, why, remedy].filter(Boolean).join('\n')}\n`);
  process.exitCode = 1;
});
