import { z } from 'zod';
import { message, type Message } from '../contract/message.ts';
import { labPlanSchema, nodePlanSchema, type LabPlan } from './lab-plan.ts';

/** What a lab was made with, of what can be changed while it runs. */
export const madeWithSchema = z.object({
  mode: labPlanSchema.shape.mode,
  service: labPlanSchema.shape.service,
  /** Of each real server by its name. */
  servers: z.record(z.string(), nodePlanSchema.pick({ weight: true, thresholds: true })),
});
export type MadeWith = z.infer<typeof madeWithSchema>;

/** Taken from the plan that a lab is started by. */
export function madeWith({ mode, service, nodes }: LabPlan): MadeWith {
  const servers = nodes.filter(({ role }) => role === 'real-server');
  return {
    mode,
    service,
    servers: Object.fromEntries(
      servers.map(({ name, weight, thresholds }) => [name, { weight, thresholds }]),
    ),
  };
}

/** The plan with the service as the lab was made with it; its mode is another matter. */
export function withServiceAsMade(plan: LabPlan, { service, servers }: MadeWith): LabPlan {
  return {
    ...plan,
    service,
    nodes: plan.nodes.map((node) => ({ ...node, ...servers[node.name] })),
  };
}

/** In what a plan differs from what its lab was made with. */
export function changedSince(plan: LabPlan, made: MadeWith): Message[] {
  const [now, then] = [plan.service, made.service];
  return [
    ...(plan.mode === made.mode
      ? []
      : [message('reset.mode', 'mode {mode} (made as {was})', { mode: plan.mode, was: made.mode })]),
    ...(now.scheduler === then.scheduler
      ? []
      : [
          message('reset.scheduler', 'scheduler {now} (made with {was})', {
            now: now.scheduler,
            was: then.scheduler,
          }),
        ]),
    ...(sticky(now) === sticky(then) ? [] : [message('reset.persistence', "the service's persistence")]),
    ...(String(now.schedulerFlags) === String(then.schedulerFlags)
      ? []
      : [message('reset.flags', "the scheduler's flags")]),
    ...(JSON.stringify(now.timeouts) === JSON.stringify(then.timeouts)
      ? []
      : [message('reset.timeouts', 'how long idle connections are kept')]),
    ...plan.nodes.flatMap(({ name, weight, thresholds }) => {
      const was = made.servers[name];
      return was ? changedServer(name, { weight, thresholds }, was) : [];
    }),
  ];
}

function sticky({ persistentSeconds, netmask }: LabPlan['service']): string {
  return `${persistentSeconds ?? ''} ${netmask ?? ''}`;
}

type Server = MadeWith['servers'][string];

function changedServer(name: string, now: Server, was: Server): Message[] {
  const { upper, lower } = now.thresholds;
  return [
    ...(now.weight === was.weight
      ? []
      : [
          message('reset.weight', 'weight {now} of {name} (made with {was})', {
            name,
            now: now.weight,
            was: was.weight,
          }),
        ]),
    ...(upper === was.thresholds.upper && lower === was.thresholds.lower
      ? []
      : [message('reset.thresholds', 'thresholds {upper} and {lower} of {name}', { name, upper, lower })]),
  ];
}
