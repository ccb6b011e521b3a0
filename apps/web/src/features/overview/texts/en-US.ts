import type { TextsLike } from '../../../app/i18n/texts-shape.ts';
import type zh from './zh-CN.ts';

export default {
  title: 'Overview',
  greetings: { night: 'Up late, {{name}}', morning: 'Good morning, {{name}}', noon: 'Good afternoon, {{name}}', afternoon: 'Good afternoon, {{name}}', evening: 'Good evening, {{name}}' },
  line: 'The way to AI for {{tenant}}',
  checklist: {
    title: 'Getting started',
    progress: '{{done}} of {{total}} done',
    supplier: { title: 'Add a supplier', line: "Bring a real supplier's key; until then the demo answers" },
    person: { title: 'Add a colleague', line: 'A one-time link lets them choose their own password' },
    chat: { title: 'Have a first chat', line: 'Choose a model and ask it something' },
    done: 'Done',
  },
  attention: { title: 'Needs attention', used_up: 'Budget used up', warned: 'Budget near its limit' },
  entries: {
    title: 'Often used',
    chat: { title: 'Chat', line: 'Go on with a conversation or begin one' },
    suppliers: { title: 'Suppliers', line: 'Keys, models and whether they answer' },
    users: { title: 'Users', line: 'Add people and change their roles' },
    settings: { title: 'Tenant settings', line: 'Name, language, currency and time zone' },
    tenants: { title: 'Tenants', line: 'Create, suspend or resume a tenant' },
    profile: { title: 'My settings', line: 'Name, appearance and language' },
  },
} satisfies TextsLike<typeof zh>;
