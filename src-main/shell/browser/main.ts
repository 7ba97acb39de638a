import path from 'node:path';
import { parseArgs } from 'node:util';
import { LabError, toErrorInfo } from '../../contract/lab-error.ts';
import { createAppCore } from '../app-core.ts';
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
  const shell = await startBrowserShell({
    core: createAppCore('browser'),
    pageFolder: path.join(root, 'out', 'renderer'),
    port: options.port,
  });
  process.stdout.write(`LVS Lab is at ${shell.address}\nThe address lets one browser in. Ctrl-C ends it.\n`);
  endOnSignal(shell);
}

/** Ends the server, and with it the work that is under way; told a second time, leaves at once. */
function endOnSignal(shell: BrowserShell): void {
  let told = false;
  const end = () => {
    if (told) process.exit(1);
    told = true;
    void shell.close();
  };
  // Not `once`: execa ends the process by the signal when nobody else listens to it any more.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
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

main().catch((error: unknown) => {
  const { message, why, remedy } = toErrorInfo(error);
  process.stderr.write(`${[message, why, remedy].filter(Boolean).join('\n')}\n`);
  process.exitCode = 1;
});
