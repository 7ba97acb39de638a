import path from 'node:path';
import type { ExportFile } from './export-source.ts';
import { scriptText } from './script-parts.ts';
import { installFolder, sysctlBefore, unitName } from './unit-files.ts';
import { sysctlFile } from './unit-form.ts';

const begin = [
  'set -eu',
  `kept=${installFolder}`,
  'if test "$(id -u)" != 0; then',
  "  echo 'Run this as root.' >&2",
  '  exit 1',
  'fi',
];

/** install.sh and remove.sh of a node's folder. @param files The node's, by their places without the leading slash. */
export function installScripts(files: readonly ExportFile[]): ExportFile[] {
  return [
    { name: 'install.sh', content: installScript(files), mode: 0o755 },
    { name: 'remove.sh', content: removeScript(files), mode: 0o755 },
  ];
}

function installScript(files: readonly ExportFile[]): string {
  const sysctl = files.some(({ name }) => `/${name}` === sysctlFile);
  return scriptText(
    [
      '#!/bin/sh',
      '# Puts the files of this folder into their places; remove.sh takes them away. Written by LVS Lab.',
      '# As root: sh install.sh',
      ...begin,
      'cd "$(dirname "$0")"',
    ],
    [keepFunction],
    ...(sysctl ? [[keepSysctls]] : []),
    [
      '# What was is kept once: a second installing would keep what the first one put there.',
      'if ! test -e "$kept"; then',
      '  rm -rf "$kept.new"',
      '  mkdir -p "$kept.new"',
      ...files.map(({ name }) => `  keep ${name}`),
      ...(sysctl ? ['  keep_sysctls'] : []),
      '  mv "$kept.new" "$kept"',
      'fi',
    ],
    files.map(({ name, mode }) => `install -D -m ${mode.toString(8)} ${name} /${name}`),
    [
      'systemctl daemon-reload',
      `echo 'Installed. To start it, now and whenever the machine starts: systemctl enable --now ${unitName}'`,
    ],
  );
}

const keepFunction = String.raw`
keep() {
  test -e "/$1" || return 0
  mkdir -p "$kept.new/files/$(dirname "$1")"
  cp -p "/$1" "$kept.new/files/$1"
}
`.trim();

const keepSysctls = `
# The kernel's values, for when the unit is stopped. A key of an interface that is not there has none.
keep_sysctls() {
  sed -n 's/^\\([a-z][^ ]*\\) = .*/\\1/p' ${sysctlFile.slice(1)} | while read -r key; do
    if value=$(sysctl -n "$key" 2>/dev/null); then echo "$key = $value"; fi
  done >"$kept.new/${sysctlBefore.slice(installFolder.length + 1)}"
}
`.trim();

function removeScript(files: readonly ExportFile[]): string {
  const dropInFolders = files
    .map(({ name }) => path.posix.dirname(`/${name}`))
    .filter((folder) => folder.endsWith('.service.d'));
  return scriptText(
    [
      '#!/bin/sh',
      '# Stops the unit and puts back the files that were before install.sh. Written by LVS Lab.',
      '# As root: sh remove.sh',
      ...begin,
      'if ! test -d "$kept"; then',
      "  echo 'Nothing is installed.'",
      '  exit 0',
      'fi',
    ],
    [putBack],
    [
      `systemctl disable --now ${unitName}`,
      ...files.map(({ name }) => `put_back ${name}`),
      ...dropInFolders.map((folder) => `rmdir --ignore-fail-on-non-empty ${folder}`),
      'rm -rf "$kept"',
      'systemctl daemon-reload',
      "echo 'Removed.'",
    ],
  );
}

const putBack = String.raw`
put_back() {
  rm -f "/$1"
  test ! -e "$kept/files/$1" || cp -p "$kept/files/$1" "/$1"
}
`.trim();
