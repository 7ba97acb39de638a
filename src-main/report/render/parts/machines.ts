import { h } from 'hastscript';
import type { LabFacts } from '../../../contract/lab-facts.ts';
import { count } from '../../words/numbers.ts';
import { empty, facts, joined, table, type Content } from '../elements.ts';
import { named, type PageContext } from '../page-context.ts';
import type { Section } from '../section.ts';

/** Where the lab ran, and what ran in it. */
export function machinesSection(page: PageContext): Section {
  const { page: own, acts } = page.words;
  const { host, guests } = page.report.facts;
  return {
    id: 'machines',
    title: own.sections.machines,
    lead: [
      h('h3', acts.machines.host),
      hostFacts(host, page),
      h('h3', acts.machines.guests),
      Object.keys(guests).length === 0 ? empty(acts.machines.noGuests) : guestsTable(guests, page),
    ],
  };
}

function hostFacts(host: LabFacts['host'], { words }: PageContext): Content {
  const own = words.acts.machines;
  const { processor, processors, memoryMiB, accelerator } = host;
  const told = (fact: string | null) => (fact === null ? words.unknown : named(fact));
  return facts([
    [own.system, told(host.system)],
    [own.kernel, told(host.kernel)],
    [own.processor, [processors === null ? null : `${own.processors(count(processors))} `, told(processor)]],
    [own.memory, memoryMiB === null ? words.unknown : `${count(memoryMiB)} MiB`],
    [own.libvirt, told(host.libvirt)],
    [own.qemu, told(host.qemu)],
    [own.accelerator, accelerator === null ? words.unknown : own.accelerators[accelerator]],
    [own.node, told(host.node)],
  ]);
}

function guestsTable(guests: LabFacts['guests'], { words }: PageContext): Content {
  const own = words.acts.machines;
  return table(
    [own.machine, own.system, own.kernel, own.ipvs, own.programs].map((title) => ({ title })),
    Object.entries(guests).map(([name, { system, kernel, ipvs, programs }]) => [
      named(name),
      system === null ? words.unknown : named(system),
      kernel === null ? words.unknown : named(kernel),
      ipvs && named(ipvs),
      joined(
        Object.entries(programs).map(([program, version]) => named(`${program} ${version}`)),
        words.comma,
      ),
    ]),
    { label: own.guests },
  );
}
