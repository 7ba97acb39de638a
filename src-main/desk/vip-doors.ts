import type { VipDoor } from '../contract/nodes.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { openVipDoor, type OpenDoor } from './vip-door.ts';

/** The doors that are open in this application, one a lab. */
export function createVipDoors(context: Pick<LabContext, 'dataFolder'>) {
  const closing = new AbortController();
  const doors = new Map<string, Promise<OpenDoor>>();

  const made = (lab: string): Promise<OpenDoor> => {
    const door = openVipDoor(context, lab, closing.signal, () => void shut(lab, door));
    doors.set(lab, door);
    door.catch(() => doors.delete(lab));
    return door;
  };
  const shut = async (lab: string, door: Promise<OpenDoor>): Promise<void> => {
    if (doors.get(lab) === door) doors.delete(lab);
    await (await door.catch(() => undefined))?.close();
  };
  return {
    /** The same door again while it is open. @throws LabError as `openVipDoor`. */
    open: async (lab: string): Promise<VipDoor> => {
      const { url } = await (doors.get(lab) ?? made(lab));
      return { lab, url };
    },
    close: async (lab: string): Promise<void> => {
      const door = doors.get(lab);
      if (door) await shut(lab, door);
    },
    /** For good. */
    closeAll: async (): Promise<void> => {
      closing.abort();
      await Promise.all([...doors].map(([lab, door]) => shut(lab, door)));
    },
  };
}
