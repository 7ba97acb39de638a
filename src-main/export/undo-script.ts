import type { PlannedStep } from '../plan/plan-recipe.ts';
import { fillIn } from '../template/placeholders.ts';
import { quote } from '../template/value-types.ts';
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
 * The shell script that takes back what the apply script of a node changed, last step first. As with the engine, a
 * command that fails does not keep the others from being run, and matters only where what the step did is still there.
 */
export function undoScript(frame: ScriptFrame, steps: readonly PlannedStep[]): string {
  const toUndo = steps.filter(({ undo }) => undo.length > 0).toReversed();
  const sections = toUndo.map((step, index) =>
    stepSection([`---- ${index + 1}. ${step.title.en}`], partsOf(step)),
  );
  return scriptText(
    scriptHead(frame),
    recipeFunction(sections),
    [scriptFunctions],
    [undoFunctions],
    [
      '# STEP TITLE COMMANDS',
      'steps() {',
      ...toUndo.map(({ id, title, undo }) => `  step ${[id, quote(title.en), undo.length].join(' ')}`),
      ...(toUndo.length === 0 ? ['  :'] : []),
      '}',
    ],
    [mainPart],
  );
}

function partsOf(step: PlannedStep): ScriptPart[] {
  const kept = (name: string) =>
    name.startsWith('before.') ? `"$(before ${step.id} ${name.slice('before.'.length)})"` : undefined;
  return [
    { name: `${step.id}.holds`, command: step.verify },
    ...step.undo.map((command, index) => ({
      name: `${step.id}.undo.${index + 1}`,
      command: fillIn(command, kept),
    })),
  ];
}

const undoFunctions = String.raw`
# A value that the apply script kept.
before() {
  cat "$kept/$1.$2"
}

undo() {
  if ! test -e "$kept/$id"; then
    say "  was so  $title"
    return
  fi
  say "  undo    $title"
  n=0 worst=0
  while test "$n" -lt "$lines"; do
    n=$((n + 1))
    try "$id.undo.$n"
    tell_output
    test "$rc" = 0 || worst=$rc
  done
  if test "$worst" != 0; then
    try "$id.holds"
    if test "$rc" = 0; then
      say "  failed  what '$title' did is still there"
      wrong=$((wrong + 1))
      return
    fi
  fi
  rm -f "$kept/$id" "$kept/$id".*
}

step() {
  id=$1 title=$2 lines=$3
  case $task in
    undo) undo ;;
    show) show_all "$id.undo" "$lines" ;;
  esac
}
`.trim();

const mainPart = String.raw`
task=undo wrong=0
case $* in
  '') ;;
  --dry-run) task=show ;;
  *)
    echo "usage: $0 [--dry-run]" >&2
    exit 2
    ;;
esac
if test "$task" = show; then
  steps
  exit 0
fi
need_keep
steps
if test "$wrong" != 0; then exit 1; fi
rm -rf "$kept"
say 'All of it is taken back.'
`.trim();
