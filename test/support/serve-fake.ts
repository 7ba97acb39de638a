import path from 'node:path';
import { parseArgs } from 'node:util';
import { startBrowserShell } from '../../src-main/shell/browser/server.ts';
import { fakeLabCore } from './fake-lab-core.ts';

// Serves the built page over the fake core, to look at it: node test/support/serve-fake.ts [--pages FOLDER] [--servers N]
const { values } = parseArgs({ options: { pages: { type: 'string' }, servers: { type: 'string' } } });
const pageFolder = path.resolve(values.pages ?? path.join(import.meta.dirname, '../../out/renderer'));
const core = await fakeLabCore({}, values.servers ? { realServers: Number(values.servers) } : {});
const shell = await startBrowserShell({ core, pageFolder, port: 0 });
process.stdout.write(`${shell.address}\n`);
process.on('SIGINT', () => void shell.close());
process.on('SIGTERM', () => void shell.close());
