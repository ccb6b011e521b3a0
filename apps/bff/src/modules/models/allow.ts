import type { Seat } from './desk.ts';
import { pin } from './model-name.ts';
import type { ServingRow, SettingRow } from './repository.ts';

/** Who serves a model, under which of its names. */
export interface Candidate {
  serving: ServingRow;
  model: string;
}

export const findSetting = ({ desk }: Seat, { serving, model }: Candidate): SettingRow | undefined => desk.settings.get(pin(serving.provider, model));

export const isOffered = (setting: SettingRow | undefined): boolean => setting?.offered ?? true;

/** Whether the asker has one of the roles that a model is for; one that is for roles is for nobody who says not who they are. */
export async function isForAsker(seat: Seat, setting: SettingRow | undefined): Promise<boolean> {
  if (!setting?.restricted) return true;
  const held = await seat.listRoles();
  return setting.system_roles.some((role) => held.includes(role)) || setting.roles.some(({ id }) => held.includes(id));
}
