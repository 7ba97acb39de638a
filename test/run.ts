import { parseArgs } from 'node:util';
import { endWithStarters } from '../src-main/process/end-with-starters.ts';
import { brokenStage, failures, type Outcome } from './runner/outcome.ts';
import { interruption } from './runner/run-program.ts';
import { stages, type Stage } from './runner/stages.ts';

const usage = `Usage: npm test -- [--only STAGE]… [FILE]…
Stages, in order: ${stages.map(({ name }) => name).join(', ')}. FILE is a test file or a part of its path.`;

function chosenStages(only: readonly string[], files: readonly string[]): readonly Stage[] {
  const unknown = only.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) throw new Error(`There is no stage '${unknown.join("', '")}'.\n${usage}`);
  if (only.length > 0) return stages.filter(({ name }) => only.includes(name));
  if (files.length === 0) return stages;
  const ofFiles = stages.filter(({ folder }) => files.some((file) => file.startsWith(`${folder}/`)));
  if (ofFiles.length === 0)
    throw new Error(`No stage has '${files.join("', '")}': name it with --only.\n${usage}`);
  return ofFiles;
}

async function runStage({ name, run }: Stage, files: readonly string[]): Promise<Outcome> {
  console.log(`\n━━ ${name}`);
  const start = performance.now();
  const outcome = await run(files).catch((error: unknown) =>
    brokenStage(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`━━ ${name}: ${describe(outcome)} in ${seconds} s`);
  for (const title of outcome.skipped) console.log(`   SKIPPED ${title}`);
  for (const problem of outcome.problems) console.log(`   PROBLEM ${problem}`);
  return outcome;
}

function describe(outcome: Outcome): string {
  return `${outcome.passed} passed, ${failures(outcome)} failed, ${outcome.skipped.length} skipped`;
}

async function main(): Promise<number> {
  const { values, positionals: files } = parseArgs({
    options: { only: { type: 'string', multiple: true, default: [] } },
    allowPositionals: true,
  });
  const total = { passed: 0, failed: [] as string[], skipped: [] as string[], problems: [] as string[] };
  for (const stage of chosenStages(values.only, files)) {
    if (interruption.signal.aborted) break;
    const outcome = await runStage(stage, files);
    total.passed += outcome.passed;
    total.failed.push(...outcome.failed);
    total.skipped.push(...outcome.skipped);
    total.problems.push(...outcome.problems);
  }
  if (total.skipped.length > 0) console.log(`\nSKIPPED:\n  ${total.skipped.join('\n  ')}`);
  const failed = [...total.failed, ...total.problems];
  if (failed.length > 0) console.log(`\nFAILED:\n  ${failed.join('\n  ')}`);
  if (interruption.signal.aborted) console.log('\nInterrupted: not all tests ran.');
  console.log(`\n${describe(total)}`);
  if (interruption.signal.aborted) return 130;
  return failures(total) === 0 ? 0 : 1;
}

endWithStarters();
try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
