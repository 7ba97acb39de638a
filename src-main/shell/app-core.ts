import os from 'node:os';
import type { AppInfo } from '../contract/app-info.ts';
import { fixAll } from '../diagnostics/fix-all.ts';
import { runDoctor } from '../diagnostics/run-doctor.ts';
import { createLabContext } from '../lab/create-lab-context.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { AppCore } from './core.ts';
import { doctorContext } from './doctor-context.ts';

/** The application of this user on this host, behind a shell that shows pages. */
export function createAppCore(shell: AppInfo['shell']): AppCore {
  const context = doctorContext(createLabContext());
  return {
    info: () => appInfo(shell, context.dataFolder),
    checkDoctor: (onResult, signal) => runDoctor({ context, onResult, signal }),
    fixDoctor: (onProgress, signal) => fixAll({ context, onProgress, signal }),
  };
}

function appInfo(shell: AppInfo['shell'], dataFolder: string): AppInfo {
  return {
    version: packageJson.version,
    shell,
    dataFolder,
    host: {
      system: `${os.type()} ${os.release()}`,
      processors: os.availableParallelism(),
      memoryMiB: Math.floor(os.totalmem() / 2 ** 20),
    },
  };
}
