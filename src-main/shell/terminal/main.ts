import { Command } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import { endWithStarters } from '../../process/end-with-starters.ts';
import { surviveClosedOutputs } from '../../process/survive-closed-outputs.ts';
import { addCompare } from './commands/compare.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDrift } from './commands/drift.ts';
import { addDu } from './commands/du.ts';
import { addExport } from './commands/export.ts';
import { addHealth } from './commands/health.ts';
import { addHold } from './commands/hold.ts';
import { addImage } from './commands/image.ts';
import { addCable, addImpair } from './commands/cables.ts';
import { addLife } from './commands/life.ts';
import { addIpvs } from './commands/ipvs.ts';
import { addLoad } from './commands/load.ts';
import { addLs } from './commands/ls.ts';
import { addForgetArp, addMend } from './commands/mend.ts';
import { addMode } from './commands/mode.ts';
import { addPlan } from './commands/plan.ts';
import { addReport } from './commands/report.ts';
import { addRm } from './commands/rm.ts';
import { addRun } from './commands/run.ts';
import { addSchedulers } from './commands/schedulers.ts';
import { addService } from './commands/service.ts';
import { addTemplates } from './commands/templates.ts';
import { addUp } from './commands/up.ts';
import { addVerify } from './commands/verify.ts';
import { exitCodes } from './exit-codes.ts';

const helpEnd = `
Exit codes:
  0    done
  1    it failed
  2    bad input: an unknown command, option, template or mode
  3    this host is not ready: see 'lvslab doctor'
  4    the run was measured, and is not what the scheduler promises, or requests failed; a report does not hold
  130  ended by Ctrl-C; what was started has been taken down

Environment:
  LVSLAB_HOME         where labs, images and keys are kept (default: lvslab in the XDG data folder)
  LVSLAB_LIBVIRT_URI  another libvirt than the user's own
  LVSLAB_PORTS        where new labs take ports of 127.0.0.1 from, such as 21000-21999
  CHROMIUM_PATH       the browser that makes a report's PDF (default: Chromium or Chrome, by PATH)
  LVSLAB_DEBUG        when set, errors come with their stack
`;

surviveClosedOutputs();
endWithStarters();

const program = new Command('lvslab')
  .description(
    'Labs of real Linux Virtual Servers: real ip_vs in real virtual machines, every frame visible.',
  )
  .version(packageJson.version)
  .showHelpAfterError('(add --help to see what there is)')
  .addHelpText('after', helpEnd)
  .exitOverride((error) => {
    // commander ends with 1 on bad usage, and with 0 after help.
    process.exit(error.exitCode === 0 ? exitCodes.done : exitCodes.badInput);
  });

const commands = [
  ...[addDoctor, addTemplates, addPlan, addExport, addImage],
  ...[
    addUp,
    addRun,
    addCompare,
    addLs,
    addMode,
    addLoad,
    addService,
    addIpvs,
    addSchedulers,
    addDrift,
    addMend,
    addForgetArp,
    addHealth,
    addVerify,
    addReport,
    addCable,
    addImpair,
    addLife,
    addRm,
    addDu,
    addHold,
  ],
];
for (const add of commands) add(program);
// With the arguments said: commander takes them otherwise where Electron runs this as a plain Node.
await program.parseAsync(process.argv);
