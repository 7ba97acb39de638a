import type { Layout, Report } from '../model/report.ts';

/**
 * Where the steps that brought the lab into a layout's mode put the VIP: `rs1 lo`. Of several set-ups in that mode the
 * last one counts; none where what was done was not kept.
 */
export function vipPlaces(setUps: Report['setUps'], { mode, service }: Layout): string[] {
  const steps = setUps.findLast(({ layout }) => layout.mode === mode)?.steps ?? [];
  const places = steps.flatMap(({ node, state, commands }) =>
    commands.flatMap(({ stage, command }) => {
      if (state === 'failed' || stage !== 'command' || !command.startsWith(`ip address add ${service.vip}/`))
        return [];
      const nic = / dev (\S+)/.exec(command)?.[1];
      return nic === undefined ? [] : [`${node} ${nic}`];
    }),
  );
  return [...new Set(places)];
}
