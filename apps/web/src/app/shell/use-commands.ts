import { useNavigate } from '@tanstack/react-router';
import type { Me } from '@lyss/api-types';
import type { TFunction } from 'i18next';
import { useMe } from '../../session/session-store.ts';
import { useLanguage, useTexts } from '../i18n/use-texts.ts';
import { paths } from '../paths.ts';
import { useMode } from '../preferences.ts';
import { signOut, switchLanguage, switchTheme } from './choose.ts';
import { listPlaces } from './places.ts';
import { openOver } from './shell-store.ts';

export interface Command {
  id: string;
  group: 'go' | 'act';
  label: string;
  /** Words that find it besides its label: pinyin, initials, the other language. */
  keywords: string;
  /** Keys pressed one after another, as they are shown. */
  keys: string[];
  run: () => void;
}
type Act = Omit<Command, 'group' | 'keys'> & { keys?: string[] };
type Navigate = ReturnType<typeof useNavigate>;

function listMaking(me: Me, navigate: Navigate, t: TFunction<'app'>): Act[] {
  const may = (permission: Me['permissions'][number]) => me.permissions.includes(permission);
  return [
    ...(may('chat.use') ? [{ id: 'new_chat', label: t(($) => $.palette.new_chat), keywords: t(($) => $.keywords.new_chat), keys: ['N'], run: () => void navigate(paths.chat()) }] : []),
    ...(may('suppliers.write') ? [{ id: 'add_supplier', label: t(($) => $.palette.add_supplier), keywords: t(($) => $.keywords.add_supplier), run: () => void navigate(paths.addSupplier()) }] : []),
    ...(may('users.write') ? [{ id: 'add_user', label: t(($) => $.palette.add_user), keywords: t(($) => $.keywords.add_user), run: () => void navigate(paths.addUser()) }] : []),
    ...(may('tenants.write') ? [{ id: 'add_tenant', label: t(($) => $.palette.add_tenant), keywords: t(($) => $.keywords.add_tenant), run: () => void navigate(paths.addTenant()) }] : []),
  ];
}

function listFrameActs(t: TFunction<'app'>, dark: boolean, chinese: boolean): Act[] {
  return [
    { id: 'theme', label: dark ? t(($) => $.theme.to_light) : t(($) => $.theme.to_dark), keywords: t(($) => $.keywords.theme), run: switchTheme },
    { id: 'language', label: chinese ? t(($) => $.palette.to_english) : t(($) => $.palette.to_chinese), keywords: t(($) => $.keywords.language), run: switchLanguage },
    { id: 'shortcuts', label: t(($) => $.palette.shortcuts), keywords: t(($) => $.keywords.shortcuts), keys: ['?'], run: () => openOver('shortcuts') },
    { id: 'sign_out', label: t(($) => $.actions.sign_out), keywords: t(($) => $.keywords.sign_out), run: signOut },
  ];
}

/** The one registry: what the palette offers, what the keys do and what the sheet lists. */
export function useCommands(): Command[] {
  const t = useTexts('app');
  const me = useMe();
  const navigate = useNavigate();
  const dark = useMode() === 'dark';
  const chinese = useLanguage() === 'zh-CN';
  const places = listPlaces(me).map((place): Command => ({
    id: place.id,
    group: 'go',
    label: t(($) => $.nav[place.id]),
    keywords: t(($) => $.keywords[place.id]),
    keys: ['G', place.key.toUpperCase()],
    run: () => void navigate({ to: place.to }),
  }));
  const profile: Command = { id: 'profile', group: 'go', label: t(($) => $.nav.profile), keywords: t(($) => $.keywords.profile), keys: ['G', 'P'], run: () => void navigate(paths.profile()) };
  const acts = [...listMaking(me, navigate, t), ...listFrameActs(t, dark, chinese)].map((act): Command => ({ keys: [], ...act, group: 'act' }));
  return [...places, profile, ...acts];
}
