import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import { runTool } from './run-tool.mjs';
import { SetupError } from './setup-error.mjs';
import { step, tell } from './steps.mjs';
import { missingPackages } from './system-packages.mjs';

/** @typedef {import('./system-packages.mjs').SystemPackage} SystemPackage */

/**
 * The commands that install packages on this kind of system, as arguments.
 * @param {readonly SystemPackage[]} missing
 * @param {(file: string) => boolean} [exists]
 * @returns {string[][] | undefined} Undefined on a system whose package manager is unknown.
 */
export function installCommands(missing, exists = existsSync) {
  const names = (/** @type {'debian' | 'fedora'} */ family) => [
    ...new Set(missing.flatMap((entry) => entry[family])),
  ];
  if (exists('/usr/bin/apt-get')) {
    // Without the environment a package's questions would stop the installation.
    const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
    return [
      [...apt, 'update'],
      [...apt, 'install', '-y', '--no-install-recommends', ...names('debian')],
    ];
  }
  if (exists('/usr/bin/dnf'))
    return [['dnf', 'install', '-y', '--setopt=install_weak_deps=False', ...names('fedora')]];
  return undefined;
}

/**
 * Installs the system packages a command needs: as root at once, at a terminal by sudo after asking, else not at all.
 * @param {import('./system-packages.mjs').Purpose} purpose
 */
export async function ensureSystemPackages(purpose) {
  const missing = missingPackages(purpose);
  if (missing.length === 0) return;
  const needs = missing.map(({ brings }) => brings).join(', ');
  const commands = installCommands(missing);
  if (!commands) {
    throw new SetupError(`This host lacks: ${needs}.`, {
      remedy: `Install what brings ${missing.map(({ anyOf }) => anyOf[0]).join(', ')} by your system's own means.`,
    });
  }
  const prefix = process.getuid?.() === 0 ? [] : await allowSudo(needs, commands);
  for (const command of commands) await install([...prefix, ...command]);
  const still = missingPackages(purpose);
  if (still.length > 0) {
    throw new SetupError(
      `Still missing after the installation: ${still.map(({ brings }) => brings).join(', ')}.`,
      {
        remedy: `Check these packages: ${still.flatMap(({ debian, fedora }) => (existsSync('/usr/bin/apt-get') ? debian : fedora)).join(' ')}`,
      },
    );
  }
}

/** @param {string[]} command */
async function install(command) {
  const [program = '', ...args] = command;
  const isUpdate = args.at(-1) === 'update';
  await step(isUpdate ? 'Read the package lists' : 'Install system packages', (onLine) =>
    runTool(program, args, {
      onLine,
      failure: 'System packages could not be installed.',
      remedy: `Run it by hand to see more: ${command.join(' ')}`,
    }),
  );
}

/**
 * Asks for leave, and lets sudo ask for the password.
 * @param {string} needs
 * @param {string[][]} commands
 * @returns {Promise<string[]>} What comes before each command.
 */
async function allowSudo(needs, commands) {
  const shown = commands.map((command) => `sudo ${command.join(' ')}`).join(' && ');
  const refusal = new SetupError(`This host lacks: ${needs}.`, { remedy: `Install it by:\n  ${shown}` });
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw refusal;
  tell(`LVS Lab needs system packages: ${needs}.\nTo install them it will run:\n  ${shown}`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Go on? [Y/n] ');
  terminal.close();
  if (!/^(y|yes|)$/i.test(answer.trim())) throw refusal;
  // In the foreground, since only there sudo can ask for the password.
  if (spawnSync('sudo', ['-v'], { stdio: 'inherit' }).status !== 0) throw refusal;
  return ['sudo', '-n'];
}
