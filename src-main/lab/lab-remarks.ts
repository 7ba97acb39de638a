import type { LabListing } from '../contract/labs.ts';
import { works } from '../contract/machine.ts';
import { conditionRemedy, conditionWords } from './machine-words.ts';

/** What is to be said of a lab beside its state, and what mends it. */
export interface LabRemark {
  readonly lab: string;
  readonly what: string;
  readonly remedy: string;
}

/** What is not as it should be with labs whose records are in order: machines that halt, or that libvirt does not know. */
export function remarksOn(labs: readonly LabListing[]): LabRemark[] {
  return labs.flatMap((lab) => [
    ...othersRemark(lab),
    ...underRemark(lab),
    ...unreadableRemark(lab),
    ...haltedRemarks(lab),
    ...unknownRemark(lab),
  ]);
}

function othersRemark({ name: lab, madeBy }: LabListing): LabRemark[] {
  if (madeBy === null) return [];
  const remedy = 'Its machines are told by their processes alone; use it as that user.';
  return [{ lab, what: `was made by ${madeBy}`, remedy }];
}

function underRemark({ name: lab, under }: LabListing): LabRemark[] {
  if (under === null) return [];
  const remedy = 'That libvirt is asked for it, whatever LVSLAB_LIBVIRT_URI says now.';
  return [{ lab, what: `was made under ${under}`, remedy }];
}

function unreadableRemark({ name: lab, state, failure }: LabListing): LabRemark[] {
  if (state !== 'broken' || !failure) return [];
  return [{ lab, what: `cannot be read: ${failure.why ?? failure.message}`, remedy: failure.remedy ?? '' }];
}

/** Those that are there and do not work; one that is down may be meant so, and is counted. */
function haltedRemarks({ name: lab, machines }: LabListing): LabRemark[] {
  return machines
    .filter((machine) => machine.state !== 'off' && !works(machine))
    .map((machine) => ({
      lab,
      what: `${machine.node} is ${conditionWords(machine)}`,
      remedy: conditionRemedy(lab, machine.node, machine),
    }));
}

function unknownRemark({ name: lab, machines, madeBy }: LabListing): LabRemark[] {
  const unknown = machines.filter((machine) => works(machine) && !machine.known);
  const [first] = unknown;
  if (!first || madeBy !== null) return [];
  const nodes = unknown.map(({ node }) => node);
  const all = nodes.length === machines.length;
  return [
    {
      lab,
      what: `${inWords(nodes)} ${nodes.length > 1 ? 'run' : 'runs'} without libvirt knowing it`,
      remedy: all
        ? `It can be used, but not suspended. 'lvslab reset ${lab}' ends ${nodes.length > 1 ? 'them' : 'it'} and starts the lab anew; 'lvslab rm ${lab}' ends and removes all.`
        : conditionRemedy(lab, first.node, first),
    },
  ];
}

function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
