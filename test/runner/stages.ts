import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildApp } from '../../resources/setup/build-app.mjs';
import { runChecks } from './checks.ts';
import { brokenStage, judge, type Outcome } from './outcome.ts';
import { readPlaywrightReport } from './playwright-report.ts';
import { runProgram } from './run-program.ts';
import { readVitestReport } from './vitest-report.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface Stage {
  readonly name: string;
  /** Where its tests are; a file named within it chooses the stage. */
  readonly folder: string;
  readonly run: (files: readonly string[]) => Promise<Outcome>;
}

/** In the order they run: the quick ones first. */
export const stages: readonly Stage[] = [
  { name: 'checks', folder: 'test/runner', run: runChecks },
  { name: 'unit', folder: 'test/unit', run: (files) => runVitest(['unit'], files, 10) },
  { name: 'browser', folder: 'test/browser', run: runPlaywright },
  { name: 'lab', folder: 'test/lab', run: (files) => runVitest(['lab', 'lab-alone'], files, 70) },
];

function runVitest(projects: readonly string[], files: readonly string[], minutes: number): Promise<Outcome> {
  return withReport(async (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const chosen = projects.flatMap((project) => ['--project', project]);
    const { exitCode } = await runProgram('vitest', ['run', ...chosen, ...reporters, ...files], {
      timeoutMs: minutes * 60_000,
    });
    return { exitCode, read: readVitestReport };
  });
}

async function runPlaywright(files: readonly string[]): Promise<Outcome> {
  await buildApp(root);
  return withReport(async (report) => {
    const args = ['test', '--config', 'playwright.config.ts', ...files];
    const { exitCode } = await runProgram('playwright', args, {
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    });
    return { exitCode, read: readPlaywrightReport };
  });
}

/** Runs a tool that writes a JSON report, and judges what the report says. */
async function withReport(
  runTool: (report: string) => Promise<{ exitCode: number; read: (json: unknown) => Outcome }>,
): Promise<Outcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-tests-'));
  try {
    const report = path.join(folder, 'report.json');
    const { exitCode, read } = await runTool(report);
    if (!existsSync(report))
      return brokenStage(`The tool ended with exit code ${exitCode} and left no report.`);
    return judge(read(JSON.parse(await readFile(report, 'utf8'))), exitCode, hasElectron());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Looked for on disk: importing the package would try to fetch the binary. */
function hasElectron(): boolean {
  const folder = path.join(root, 'node_modules/electron');
  try {
    return existsSync(path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8')));
  } catch {
    return false;
  }
}
