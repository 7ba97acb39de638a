import type { PlannedStep } from '../plan/plan-recipe.ts';
import { quote } from '../template/value-types.ts';
import type { Turn } from './order-turns.ts';
import {
  recipeFunction,
  scriptFunctions,
  scriptHead,
  scriptText,
  stepSection,
  type ScriptFrame,
  type ScriptPart,
} from './script-parts.ts';

/**
 * The shell script that sets a node up by hand, as the engine does: a step that holds is left alone; else what was is
 * kept, its commands are run, and it is verified.
 * @param turns The node's own. With more than one, the script is told which to do: `director.sh 2`.
 * @param options.verifyAtEnd Whether all steps are verified once more at its end.
 */
export function applyScript(
  frame: ScriptFrame,
  turns: readonly Turn[],
  { verifyAtEnd }: { readonly verifyAtEnd: boolean },
): string {
  const steps = turns.flatMap((turn) => turn.steps);
  const sections = steps.map((step, index) =>
    stepSection([`---- ${index + 1}. ${step.title.en}`, step.why.en], partsOf(step)),
  );
  return scriptText(
    scriptHead(frame),
    recipeFunction(sections),
    [scriptFunctions],
    [applyFunctions],
    ...(verifyAtEnd ? [[verifyFunction]] : []),
    stepList(turns, verifyAtEnd),
    [...mainPart(turns.length), ...(verifyAtEnd ? verifyPart : [])],
  );
}

function partsOf(step: PlannedStep): ScriptPart[] {
  return [
    { name: `${step.id}.holds`, command: step.verify },
    ...Object.entries(step.before).map(([name, command]) => ({ name: `${step.id}.before.${name}`, command })),
    ...step.commands.map((command, index) => ({ name: `${step.id}.change.${index + 1}`, command })),
  ];
}

const applyFunctions = String.raw`
fail() {
  say "  failed  $title: $1"
  tell_output
  exit 1
}

keep() {
  set +e
  old=$(
    exec </dev/null
    set -e
    recipe "$id.before.$1"
  )
  rc=$?
  set -e
  out=$old
  test "$rc" = 0 || fail "what was could not be kept, $1 ended with $rc"
  printf '%s\n' "$old" >"$kept/$id.$1"
}

apply() {
  try "$id.holds"
  if test "$rc" = 0; then
    say "  holds   $title"
    return
  fi
  # What was before the first of several changes is what undo goes back to.
  if ! test -e "$kept/$id"; then
    for name; do keep "$name"; done
    : >"$kept/$id"
  fi
  say "  change  $title"
  n=0
  while test "$n" -lt "$changes"; do
    n=$((n + 1))
    try "$id.change.$n"
    test "$rc" = 0 || fail "command $n ended with $rc"
    tell_output
  done
  try "$id.holds"
  test "$rc" = 0 || fail 'its commands were run, but what they are for is not there'
}
`.trim();

const verifyFunction = String.raw`
verify() {
  try "$id.holds"
  test "$rc" != 0 || return 0
  say "  does not hold: $title"
  tell_output
  wrong=$((wrong + 1))
}
`.trim();

/** The steps in their order, with how many commands each has and what it keeps; and what is done with each. */
function stepList(turns: readonly Turn[], verifyAtEnd: boolean): string[] {
  const several = turns.length > 1;
  return [
    '# STEP TITLE COMMANDS [KEPT ...]',
    'step() {',
    '  id=$1 title=$2 changes=$3',
    '  shift 3',
    '  case $task in',
    ...(several ? ['    apply) test "$at" != "$turn" || apply "$@" ;;'] : ['    apply) apply "$@" ;;']),
    ...(verifyAtEnd ? [`    verify) ${several ? 'test "$at" -gt "$turn" || ' : ''}verify ;;`] : []),
    '    show) show_all "$id.change" "$changes" ;;',
    '  esac',
    '}',
    '',
    'steps() {',
    ...turns.flatMap((turn, index) => [
      ...(several ? [`  at=${index + 1}`] : []),
      ...turn.steps.map(
        ({ id, title, commands, before }) =>
          `  step ${[id, quote(title.en), commands.length, ...Object.keys(before)].join(' ')}`,
      ),
    ]),
    '}',
  ];
}

function mainPart(turns: number): string[] {
  const numbers = Array.from({ length: turns }, (_, index) => index + 1).join(' | ');
  const several = turns > 1;
  return [
    'task=apply',
    ...(several ? ['turn='] : []),
    'for word; do',
    '  case $word in',
    '    --dry-run) task=show ;;',
    ...(several ? [`    ${numbers}) turn=$word ;;`] : []),
    '    *) task=usage ;;',
    '  esac',
    'done',
    ...(several ? ['test "$task" != apply || test -n "$turn" || task=usage'] : []),
    'if test "$task" = usage; then',
    `  echo "usage: $0 [--dry-run]${several ? ` ${numbers.replaceAll(' ', '')}` : ''}" >&2`,
    '  exit 2',
    'fi',
    'if test "$task" = show; then',
    '  steps',
    '  exit 0',
    'fi',
    'need_keep',
    'steps',
  ];
}

const verifyPart = [
  'task=verify',
  'wrong=0',
  'steps',
  'if test "$wrong" != 0; then exit 1; fi',
  "say 'All of it holds.'",
];
