#!/bin/sh
# xterm.js (here without a screen) answers what programs ask of a terminal also when the text is a recording: a new terminal
# into which the output of an earlier session is written sends the answers to its old questions once more, through the same
# event as what a person types. Whoever shows an open shell to a second page by its kept output types `1;1R` and the like
# into that shell, unless onData is ignored until write's callback has come; the event says nothing of where it comes from.
# Asked here: the cursor's place (DSR 6), whose answer is of the new terminal and not of the recorded one.
# Seen with @xterm/headless 6.0.0.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
printf '%s' '{"type":"module","private":true}' >package.json
npm install --silent --no-fund --no-audit @xterm/headless@6.0.0 >/dev/null
cat >program.mjs <<'END'
import xterm from '@xterm/headless';
const write = (terminal, text) => new Promise((resolve) => terminal.write(text, resolve));
async function answersTo(recording, columns) {
  const terminal = new xterm.Terminal({ cols: columns, rows: 5, allowProposedApi: true });
  const sent = [];
  terminal.onData((data) => sent.push(JSON.stringify(data)));
  await write(terminal, recording);
  terminal.dispose();
  return sent.join(' ');
}
// What a program wrote long ago: twelve letters, then the question where the cursor is.
const recording = 'twelve chars\u001b[6n';
console.log(`wide: ${await answersTo(recording, 80)}; narrow: ${await answersTo(recording, 10)}`);
END
seen=$(node program.mjs)
echo "@xterm/headless 6.0.0: a replay sends, $seen"
[ "$seen" = 'wide: "\u001b[1;13R"; narrow: "\u001b[2;3R"' ]
