import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AppInfo } from '../contract/app-info.ts';
import { createAskLab } from '../desk/ask.ts';
import { createImagesCore } from '../desk/images.ts';
import { createIpvsCore } from '../desk/ipvs.ts';
import { createKeptComparisons } from '../desk/kept-comparisons.ts';
import { createLabsCore } from '../desk/labs.ts';
import { leaveLabs } from '../desk/leave-labs.ts';
import { createNodesCore } from '../desk/nodes.ts';
import { createOwnedLabs } from '../desk/owned-labs.ts';
import { createRecovery } from '../desk/recovery.ts';
import { createReportShelf } from '../desk/report-shelf.ts';
import { createReportsCore } from '../desk/reports.ts';
import { createStartTimes } from '../desk/starts.ts';
import { createTasks } from '../desk/tasks.ts';
import { listTemplateCards } from '../desk/templates.ts';
import { createWireCore } from '../desk/wire.ts';
import { fixAll } from '../diagnostics/fix-all.ts';
import { runDoctor } from '../diagnostics/run-doctor.ts';
import { createByHandNotes } from '../lab/by-hand.ts';
import { createLabContext } from '../lab/create-lab-context.ts';
import type { HoldCommand } from '../lab/hold-lab.ts';
import { findImageHost } from '../lab/image-host.ts';
import { makeImage } from '../lab/make-image.ts';
import { beApplication } from '../lab/process-identity.ts';
import { changeSettings, readSettings } from '../lab/settings.ts';
import type { PrintPage } from '../report/write-report.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { AppCore } from './core.ts';
import { doctorContext } from './doctor-context.ts';

/** How long tasks that were cancelled may take to clear up after themselves. */
const patienceMs = 30_000;

/**
 * The application of this user on this host, behind a shell that shows pages.
 * @param hold How a lab is given a process of its own.
 * @param print How a report becomes a PDF.
 */
export function createAppCore(shell: AppInfo['shell'], hold: HoldCommand, print: PrintPage): AppCore {
  beApplication();
  const context = createLabContext();
  const { dataFolder, templatesFolder } = context;
  const ofDoctor = doctorContext(context);
  const owned = createOwnedLabs(hold);
  const ask = createAskLab({ context, owned, hold });
  const tasks = createTasks();
  const imageTasks = createTasks();
  const recovery = createRecovery(context, tasks, hold);
  const starts = createStartTimes(dataFolder);
  const notes = createByHandNotes(dataFolder);
  const nodes = createNodesCore(context, notes);
  const comparisons = createKeptComparisons(context);
  return {
    info: () => appInfo(shell, dataFolder),
    readSettings: () => readSettings(dataFolder),
    saveSettings: (settings) => changeSettings(dataFolder, settings),
    checkDoctor: (onResult, signal) => runDoctor({ context: ofDoctor, onResult, signal }),
    fixDoctor: (onProgress, signal) => fixAll({ context: ofDoctor, onProgress, signal }),
    listTemplates: () => listTemplateCards(templatesFolder, starts),
    images: createImagesCore({
      ...{ context, tasks: imageTasks, make: makeImage },
      findHost: (signal) => findImageHost(dataFolder, signal),
    }),
    labs: createLabsCore({ context, ask, owned, recovery, starts, tasks, comparisons }),
    wire: createWireCore(ask, dataFolder),
    ipvs: createIpvsCore(context, notes),
    nodes,
    reports: createReportsCore(createReportShelf(context, comparisons), print),
    ownedLabs: () => owned.names(),
    close: async (onLeft = () => undefined, way) => {
      const ending = Promise.allSettled([
        tasks.cancelAll().then(() => comparisons.close()),
        imageTasks.cancelAll(),
        nodes.close(),
      ]);
      await Promise.race([ending, sleep(patienceMs, undefined, { ref: false })]);
      const { leave = 'keep' } = await readSettings(dataFolder);
      await leaveLabs(owned, way ?? leave, { command: hold, onLeft });
    },
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
