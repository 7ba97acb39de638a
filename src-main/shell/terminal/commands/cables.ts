import type { Command } from 'commander';
import { z } from 'zod';
import { impairmentSchema, type DirectionImpairment, type Impairment } from '../../../contract/impairment.ts';
import { LabError } from '../../../contract/lab-error.ts';
import { askLab } from '../../../lab/ask-lab.ts';
import { readRecord } from '../../../lab/lab-record.ts';
import { act, jsonOption, type Act } from '../act.ts';
import { holdCommand } from '../../hold-command.ts';
import { addImpairmentOptions, impairmentOf, type ImpairmentFlags } from '../impairment-options.ts';

export function addImpair(program: Command): void {
  const command = program
    .command('impair')
    .argument('<lab>', 'the name of a lab')
    .argument('[cable]', 'whose cable: NODE or NODE:NIC; without it, what is wrong with any is told')
    .description('make a cable worse: cut it, delay, lose or drop frames, or limit its rate');
  addImpairmentOptions(command)
    .option('--clear', 'make the cable as good as new')
    .addOption(jsonOption())
    .action(
      act(async (given, flags: ImpairmentFlags & { clear?: boolean }, lab = '', cable = '') => {
        const impairments = cable
          ? await impair(given, lab, cable, chosen(flags))
          : (await readRecord(given.context.dataFolder, lab)).impairments;
        given.output.emit({ lab, impairments });
        given.output.print(describeImpairments(impairments));
        const note = arpNote(lab, impairments);
        if (note) given.output.print(note);
        return undefined;
      }),
    );
}

export function addCable(program: Command): void {
  program
    .command('cable')
    .argument('<lab>', 'the name of a lab')
    .argument('<cable>', 'whose cable: NODE or NODE:NIC')
    .argument('<segment>', "the segment it goes into, or 'out'")
    .description('take a cable to another segment, or out; a reset or a switch of mode puts it back')
    .addOption(jsonOption())
    .action(
      act(async (given, _options, lab = '', cable = '', segment = '') => {
        const place = segment === 'out' ? null : segment;
        const request = { verb: 'moveCable' as const, ...cableOf(cable), segment: place };
        await askLab(given.context, lab, request, { ...given.work, command: holdCommand });
        given.output.emit({ lab, cable, segment: place });
        given.output.print(place === null ? `${cable} is out.` : `${cable} is in ${segment}.`);
        return undefined;
      }),
    );
}

/** `NODE` or `NODE:NIC` */
function cableOf(text: string): { node: string; nic?: string } {
  const [node = '', nic] = text.split(':');
  return { node, ...(nic && { nic }) };
}

async function impair(given: Act, lab: string, cable: string, impairment: Impairment | null) {
  const request = { verb: 'impair' as const, ...cableOf(cable), impairment };
  const answer = await askLab(given.context, lab, request, { ...given.work, command: holdCommand });
  return z.record(z.string(), impairmentSchema).parse(answer);
}

function chosen({ clear, ...flags }: ImpairmentFlags & { clear?: boolean }): Impairment | null {
  if (clear) return null;
  const impairment = impairmentOf(flags);
  if (impairment) return impairment;
  throw new LabError('bad-input', 'It is not said what is to be wrong with the cable.', {
    remedy: 'Add --cut, --delay, --loss, --rate or --drop; --clear makes it as good as new.',
  });
}

/** Where ARP alone is dropped, requests go on by what neighbours know already. */
function arpNote(lab: string, impairments: Readonly<Record<string, Impairment>>): string | undefined {
  const drops = Object.values(impairments).some(({ from, to }) =>
    [from, to].some((way) => way?.drop?.some(({ protocol }) => protocol === 'arp')),
  );
  return drops
    ? `Who knows the VIP's MAC already goes on with it until that expires: lvslab forget-arp ${lab}`
    : undefined;
}

function describeImpairments(impairments: Readonly<Record<string, Impairment>>): string {
  const lines = Object.entries(impairments).map(([port, { cut, from, to }]) => {
    const parts = [
      ...(cut ? ['cut'] : []),
      ...(from ? [`from it: ${describeWay(from)}`] : []),
      ...(to ? [`to it: ${describeWay(to)}`] : []),
    ];
    return `${port}  ${parts.join('; ')}`;
  });
  return lines.join('\n') || 'All cables are as good as new.';
}

function describeWay({ drop = [], loss, rate, delay }: DirectionImpairment): string {
  return [
    ...drop.map((filter) => `drops ${JSON.stringify(filter)}`),
    ...(loss === undefined ? [] : [`loses ${loss * 100}%`]),
    ...(rate ? [`at most ${rate.bitsPerSecond} bit/s`] : []),
    ...(delay ? [`${delay.ms} ms later${delay.jitterMs ? `, ±${delay.jitterMs} ms` : ''}`] : []),
  ].join(', ');
}
