import type { GuestTraits } from '../../family/guest-traits.ts';
import { readSystem, readTraits } from '../../family/read-traits.ts';
import type { GuestSession } from '../../guest/guest-session.ts';
import * as tasks from '../../image/bake/guest-scripts.ts';
import { guestProxy } from '../../image/bake/guest-proxy.ts';
import { readFetchSettings } from '../../image/catalogue/fetch-settings.ts';
import type { Baking } from './baking.ts';
import { runScript } from './guest-script.ts';

/** Makes of a cloud image's guest one of a lab's, all but its sealing. @returns what it turned out to be */
export async function prepareGuest(baking: Baking, session: GuestSession): Promise<GuestTraits> {
  const { context, entry, step } = baking;
  const ask = (task: tasks.GuestTask) => runScript(session, task, baking);
  const system = await step('bake.probe', 'See what the guest is', async () => {
    await ask(tasks.untilCloudInit);
    return readSystem(await ask(tasks.probe));
  });
  const traits = await step('bake.packages', 'Install its packages', async (tell) => {
    const proxy = guestProxy(await readFetchSettings(context.dataFolder));
    await runScript(session, tasks.install(system, entry, proxy), baking, tell);
    return readTraits(await ask(tasks.probe));
  });
  await step('bake.prepare', 'Set it up for labs', async () => {
    for (const task of tasks.prepare(traits)) await ask(task);
  });
  return traits;
}
