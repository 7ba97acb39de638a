import { quote } from '../template/value-types.ts';

/** What a script does with one step: look whether it holds, apply it, or run what undoes it. */
export type StepScript =
  /** What does not hold is shown by the other command. */
  | { readonly kind: 'verify'; readonly verify: string; readonly shows?: string | undefined }
  | {
      readonly kind: 'apply';
      /** It was undone just now, by the same script: it is not looked at first. */
      readonly undone?: boolean;
      readonly verify: string;
      readonly before: readonly string[];
      readonly commands: readonly string[];
    }
  /** `verify` tells whether what the step did is still there. */
  | { readonly kind: 'undo'; readonly verify: string; readonly commands: readonly string[] };

/*
 * Each command runs in a subshell of its own under `set -e`: of several lines the first that fails ends it, and
 * nothing it sets or changes directory to reaches the next. It reads nothing. `try` is called as a plain command,
 * never in a condition, where the shell would take no notice of `set -e`.
 *
 * Output goes before the line that tells its exit code; lines that begin with the token are the script's own. Only
 * what is kept for undo has its errors apart, so that a warning is not taken for a value. The time is /proc/uptime's,
 * which a shell reads without starting a program: programs are dear in an emulated guest.
 */
const functions = String.raw`
say() { read -r up rest </proc/uptime; echo "$token $* $up"; }
tell() { test -z "$out" || printf '%s\n' "$out"; echo "$token ran $1 $rc"; }
try() { out=$(exec 2>&1 </dev/null; set -e; eval "$2"); rc=$?; tell "$1"; }
keep() { out=$(exec </dev/null; set -e; eval "$1"); rc=$?; tell before; }
end() { say state "$1"; test "$1" != failed || exit 0; }
verify() {
  try verify "$1"
  if test $rc = 0; then say state skipped; return; fi
  test -z "$2" || try show "$2"
  say state failed
}
undo() {
  check=$1 worst=0; shift
  for line; do try undo "$line"; test $rc = 0 || worst=$rc; done
  if test $worst = 0; then say state applied; return; fi
  try check "$check"
  if test $rc = 0; then say state failed; else say state skipped; fi
}
apply() {
  check=$1 undone=$2 keeps=$3; shift 3
  if test $undone = no; then
    try verify "$check"
    if test $rc = 0; then end skipped; return; fi
  fi
  while test $keeps -gt 0; do
    keep "$1"; shift; keeps=$((keeps - 1))
    test $rc = 0 || end failed
  done
  for line; do
    try command "$line"
    test $rc = 0 || end failed
  done
  try check "$check"
  test $rc = 0 || end failed
  end applied
}
`;

/**
 * One POSIX shell script for several steps in order. `apply` ends it at the first step that fails; `verify` and
 * `undo` go on, and tell `failed` for that step; `undo` only when what the step did is still there. Its exit code says nothing.
 * @param token Begins the script's own lines: a word that no command's output begins a line with.
 */
export function recipeScript(steps: readonly StepScript[], token: string): string {
  const lines = steps.flatMap((step, index) => [
    `say step ${index}`,
    [step.kind, ...argumentsOf(step)].join(' '),
  ]);
  return [`token=${quote(token)}`, functions.trim(), ...lines].join('\n');
}

function argumentsOf(step: StepScript): string[] {
  switch (step.kind) {
    case 'verify':
      return [quote(step.verify), quote(step.shows ?? '')];
    case 'apply':
      return [
        quote(step.verify),
        step.undone ? 'yes' : 'no',
        String(step.before.length),
        ...[...step.before, ...step.commands].map(quote),
      ];
    case 'undo':
      return [step.verify, ...step.commands].map(quote);
  }
}
