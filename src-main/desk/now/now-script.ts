import type { GuestTraits } from '../../family/guest-traits.ts';
import type { NodePlan } from '../../plan/lab-plan.ts';

/** Nothing else may come into the script. */
const plainName = /^[a-z][\w.-]*$/;

/** The units whose running is told. */
function unitsOf(role: NodePlan['role'], { nginx, apache }: GuestTraits): string {
  if (role === 'director') return 'lvs-health keepalived';
  return role === 'real-server' ? `${nginx.service} ${apache.service}` : '';
}

/** Adds the values of kernel settings to `text`. */
function settingsPart(names: readonly string[]): string {
  const lines = names.map(
    (name) =>
      `IFS= read -r value 2>/dev/null </proc/sys/${name.replaceAll('.', '/')} && text+="set ${name}=$value"$'\\n'`,
  );
  return `
settings() {
  local value
  ${lines.join('\n  ') || ':'}
}`;
}

/** Adds the units that run to `text`, by either layout of control groups. */
function servicesPart(units: string): string {
  return `
services() {
  local unit root pid
  for unit in ${units}; do
    for root in /sys/fs/cgroup /sys/fs/cgroup/unified /sys/fs/cgroup/systemd; do
      pid=
      IFS= read -r pid 2>/dev/null <"$root/system.slice/$unit.service/cgroup.procs"
      [[ $pid ]] && { text+="unit $unit"$'\\n'; break; }
    done
  done
}`;
}

/** Adds to `text` on which of the ports something listens, and not for this machine alone. */
function listensPart(ports: readonly number[]): string {
  const cases = ports.map((port) => {
    const hex = port.toString(16).toUpperCase().padStart(4, '0');
    return `*:${hex}) [[ $found == *" ${port} "* ]] || found+="${port} " ;;`;
  });
  return `
listens() {
  local file line words lines found=' '
  for file in tcp tcp6; do
    # Those that listen come first.
    mapfile -n 64 -s 1 -t lines 2>/dev/null <"/proc/net/$file"
    for line in "\${lines[@]}"; do
      words=($line)
      [[ \${words[3]} == 0A ]] || break
      case \${words[1]} in
        0100007F:*|00000000000000000000000001000000:*) ;;
        ${cases.join('\n        ')}
      esac
    done
  done
  text+="listens$found"$'\\n'
}`;
}

/** Tells when the director's table is another, whatever its connections. */
const directorPart = `
director() {
  local line words lines all= services=
  mapfile -t lines 2>/dev/null </proc/net/ip_vs
  for line in "\${lines[@]}"; do
    words=($line)
    case \${words[0]} in
      TCP|UDP|SCTP|FWM) services=1; all+="$line"$'\\n' ;;
      '->') all+="\${words[*]:1:3}"$'\\n' ;;
    esac
  done
  # Who sets a threshold alone is a new process: of none there is nothing to ask about.
  if ((turn % 2 == 0)) && read -ra words </proc/loadavg && [[ \${words[4]} != "$process" ]]; then
    bounds=
    if [[ $services ]]; then
      while read -ra words; do bounds+="\${words[*]:0:4} "; done < <(ipvsadm -Ln --thresholds 2>/dev/null)
    fi
    read -ra words </proc/loadavg; process=\${words[4]}
  fi
  [[ $table == "at $all $bounds" ]] && return
  table="at $all $bounds"
  printf '@@table\\n' || exit
}`;

/**
 * A program for bash in a guest that tells what the guest has, and again within a second of any change, for as long as it
 * is listened to. Each telling is lines between `@@now` and `@@end`; `@@table` says that the director's table is another
 * than before; a line `.` now and then says that the guest lives.
 *
 * Programs are dear in an emulated guest, so bash itself reads /proc: a quiet second costs no process. `ip monitor` tells
 * of addresses; connections that a director counts are no change of its table. Thresholds are in no file of /proc, so
 * ipvsadm is asked for them, where ip_vs has a service and anyone has started a process since.
 * @param settings Names of the kernel settings that are told.
 * @param ports On any of which a real server is to listen.
 */
export function nowScript(
  { role, settings }: { readonly role: NodePlan['role']; readonly settings: readonly string[] },
  ports: readonly number[],
  traits: GuestTraits,
): string {
  const program = `
set -f
trap '' PIPE
exec 3< <(exec ip monitor address link 2>/dev/null)
monitor=$!
trap 'kill $monitor 2>/dev/null' EXIT
links=; told=; table=; bounds=; process=; turn=0; fresh=1
${settingsPart(settings.filter((name) => plainName.test(name)))}
${servicesPart(unitsOf(role, traits))}
${listensPart(ports)}
${directorPart}
while :; do
  if [[ $fresh ]]; then
    # A burst of news is one.
    while IFS= read -r -t 0.05 -u 3 _; do :; done
    links=$(ip -o -4 address show; ip -o link show) fresh=
  fi
  text=
  settings
  services
  ${role === 'real-server' ? 'listens' : ''}
  if [[ $told != "$links $text" ]]; then
    told="$links $text"
    printf '@@now\\n%s\\n%s@@end\\n' "$links" "$text" || exit
  elif ((turn % 2)); then
    printf '.\\n' || exit
  fi
  ${role === 'director' ? 'director' : ''}
  turn=$((turn + 1))
  if IFS= read -r -t 1 -u 3 _; then fresh=1
  elif (($? <= 128)); then exit
  fi
done`.trim();
  return `exec bash -c '${program.replaceAll("'", `'\\''`)}'`;
}
