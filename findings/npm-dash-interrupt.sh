#!/bin/sh
# npm with dash as /bin/sh (Debian, Ubuntu): dash stays between npm and a script's program, so a SIGINT that is sent to npm
# alone, as a supervisor or `kill -INT` does, reaches the program not at all and npm only once the program has ended. Where
# the script's line begins with `exec`, the program takes the shell's place and gets the signal.
# Seen with npm 11.19.1 from the registry and Debian 12's dash.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix tool npm@11.19.1 >/dev/null
mkdir project
cd project
cat >program.mjs <<'END'
process.on('SIGINT', () => { console.log('got SIGINT'); process.exit(0); });
setTimeout(() => { console.log('ended by itself'); process.exit(0); }, 4000);
console.log('ready');
END
printf '%s' '{"scripts":{"plain":"node program.mjs","replaced":"exec node program.mjs"}}' >package.json
try() {
  node ../tool/node_modules/npm/bin/npm-cli.js run --silent --script-shell=/bin/dash "$1" >"$1.log" 2>&1 &
  npm=$!
  until grep -q ready "$1.log" 2>/dev/null; do sleep 0.1; done
  kill -INT "$npm"
  wait "$npm" || true
  sed -n '2p' "$1.log"
}
plain=$(try plain)
replaced=$(try replaced)
echo "npm 11.19.1: without exec: $plain; with exec: $replaced"
[ "$plain" = 'ended by itself' ] && [ "$replaced" = 'got SIGINT' ]
