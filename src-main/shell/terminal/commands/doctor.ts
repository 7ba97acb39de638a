import { styleText } from 'node:util';
import type { Command } from 'commander';
import type { CheckResult, DoctorReport } from '../../../contract/doctor.ts';
import { fixAll } from '../../../diagnostics/fix-all.ts';
import { runDoctor } from '../../../diagnostics/run-doctor.ts';
import { doctorContext } from '../../doctor-context.ts';
import { act, jsonOption } from '../act.ts';
import { exitCodes } from '../exit-codes.ts';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check whether this host can run labs, and say how to mend what is missing')
    .option('--fix', 'mend what can be mended without asking')
    .addOption(jsonOption())
    .action(
      act(async ({ context, output, work }, { fix }: { fix?: boolean }) => {
        const doctor = { context: doctorContext(context), ...work };
        const report = await (fix ? fixAll(doctor) : runDoctor(doctor));
        output.emit(report);
        output.print(describeReport(report, fix ?? false));
        return report.ready ? exitCodes.done : exitCodes.hostNotReady;
      }),
    );
}

function describeReport({ ready, checks }: DoctorReport, fixed: boolean): string {
  const lines = checks.map(describeCheck);
  const fixable = !fixed && checks.some((check) => check.fixable);
  const end = ready
    ? styleText('green', 'This host can run labs.')
    : styleText('red', 'This host cannot run labs yet.');
  return [...lines, '', fixable ? `${end} 'lvslab doctor --fix' mends what is marked [fix].` : end].join(
    '\n',
  );
}

const marks: Record<CheckResult['status'], string> = {
  ok: styleText('green', '✓'),
  warning: styleText('yellow', '!'),
  failed: styleText('red', '✗'),
  skipped: styleText('dim', '–'),
};

function describeCheck({ status, title, what, why, remedy, fixable }: CheckResult): string {
  const lines = [`${marks[status]} ${styleText('bold', title)}${fixable ? ' [fix]' : ''}: ${what}`];
  if (status === 'failed' || status === 'warning') {
    lines.push(`    ${styleText('dim', 'why')} ${why}`);
    if (remedy) lines.push(`    ${styleText('dim', 'do ')} ${remedy}`);
  }
  return lines.join('\n');
}
