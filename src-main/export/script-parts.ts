import { comment, indented } from './shell-text.ts';

/** Where the scripts of `exportScripts` keep what was before. */
export const keepFolder = '/var/lib/lvslab-export';

/** What a script is told beside its steps. */
export interface ScriptFrame {
  /** The comment it begins with. */
  readonly head: readonly string[];
  /** Where what was before is kept for the undo script: a file STEP.NAME for each value, and STEP for each step. */
  readonly keepFolder: string;
}

/** One of a step's commands in a script, by the name its engine calls it by: `link-up:eth0.change.1`. */
export interface ScriptPart {
  readonly name: string;
  readonly command: string;
}

/**
 * Recipes part the output of commands into words (`for unit in $(echo {before.active})`): what shellcheck says of that
 * is known.
 */
const wordParting = '# shellcheck disable=SC2005,SC2046,SC2086 # steps part output into words on purpose';

/** The beginning of every script. */
export function scriptHead(frame: ScriptFrame): string[] {
  return [
    '#!/bin/sh',
    ...frame.head.flatMap((line) => comment(line)),
    wordParting,
    'set -eu',
    `kept=${frame.keepFolder}`,
  ];
}

/** A section of `recipe`: words as comments, such as a step's title and reason, then its commands. */
export function stepSection(words: readonly string[], parts: readonly ScriptPart[]): string[] {
  return [
    '',
    ...words.flatMap((text) => comment(text, { indent: '    ' })),
    ...parts.flatMap(({ name, command }) => [
      `    ${name})`,
      ...indented(command, '      '),
      `      ;; # ${name}`,
    ]),
  ];
}

/**
 * The shell function that holds every command. One `case`, and not a function a step, so that each is called by its name
 * where shellcheck sees the call.
 */
export function recipeFunction(sections: readonly string[][]): string[] {
  return [
    '# Every command, by the name of its part.',
    'recipe() {',
    '  case $1 in',
    ...sections.flat(),
    '  esac',
    '}',
  ];
}

/**
 * What both kinds of script run their commands with. A part has a shell of its own, which its first command that fails
 * ends: so `try` is never called in a condition, where the shell takes no notice of `set -e`.
 */
export const scriptFunctions = String.raw`
say() {
  printf '%s\n' "$*"
}

tell_output() {
  test -z "$out" || printf '%s\n' "$out" | sed 's/^/      /'
}

# Runs one part by its name: rc is how it ended, out what it said.
try() {
  set +e
  out=$(
    exec </dev/null 2>&1
    set -e
    recipe "$1"
  )
  rc=$?
  set -e
}

# Prints one part by its name, from this file.
show() {
  shown=no
  while IFS= read -r line; do
    case $line in
      "    $1)") shown=yes ;;
      "      ;; # $1") return 0 ;;
      *) test "$shown" = no || printf '%s\n' "$line" ;;
    esac
  done <"$0"
}

# Prints the parts NAME.1, NAME.2 ...
show_all() {
  say "# $title"
  n=0
  while test "$n" -lt "$2"; do
    n=$((n + 1))
    show "$1.$n"
  done
}

need_keep() {
  if ! mkdir -p "$kept" || ! test -w "$kept"; then
    echo 'Run this as root.' >&2
    exit 1
  fi
}
`.trim();

/** Shell lines of a script, as its content. */
export function scriptText(...blocks: readonly (readonly string[])[]): string {
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
