/**
 * The command that starts a login shell which tells, by an escape sequence, each command line that it was given: bash does
 * so itself, so that lines from its history or completed by it are told as they are run, and what is typed while nothing
 * is echoed is not. bash before 4.4 has no `PS0` and tells a line once it has ended. Another shell than bash tells nothing.
 *
 * The sequence is `ESC ] 7791 ; mark ; way ; pid ; HISTCONTROL ; line in base64 BEL`, where the way is `0` as a line begins
 * and `1` when one has ended.
 * @param mark A word that no output can know: of it and of nothing else the sequence is believed.
 */
export function tellingShell(mark: string): string {
  const told = (way: 0 | 1, escape: string, bell: string) =>
    `printf "${escape}]7791;${mark};${way};%s;%s;%s${bell}" "$$" "\${HISTCONTROL-}" ` +
    `"$(HISTTIMEFORMAT= history 1 | head -c ${mostBytes} | base64 | tr -d "\\n")"`;
  // The prompt itself turns \\033 into the escape character; PROMPT_COMMAND leaves that to printf.
  return `case \${SHELL:-/bin/bash} in
*/bash)
  case $(bash -c 'echo "$BASH_VERSION"' 2>/dev/null) in
  '') ;;
  [0-3].* | 4.[0-3].*) PROMPT_COMMAND='${told(1, '\\033', '\\007')}'; export PROMPT_COMMAND; exec bash -l ;;
  *) PS0='$(${told(0, '\\033', '\\007')})'; export PS0; exec bash -l ;;
  esac ;;
esac
exec "\${SHELL:-/bin/sh}" -l`;
}

/** Of a line, longer ones are cut. */
const mostBytes = 2000;
