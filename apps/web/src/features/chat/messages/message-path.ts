import type { Message } from '@lyss/api-types';
import { compareMessages } from './message-tree.ts';

/** One message of the shown path and its siblings, which answer (or edit) the same parent, in order of time. */
export interface PathStep {
  message: Message;
  sibling_ids: string[];
  /** Position among the siblings, from 0. */
  position: number;
}

/** Which child the reader chose below a parent (`ROOT` for the beginnings). Without a choice: the branch with the newest message. */
export type Choices = Readonly<Record<string, string>>;
export const ROOT = 'root';

export function parentKey(message: Message): string {
  return message.parent_id ?? ROOT;
}

function groupByParent(messages: readonly Message[]): Map<string, Message[]> {
  const groups = new Map<string, Message[]>();
  for (const message of messages) {
    const group = groups.get(parentKey(message));
    if (group === undefined) groups.set(parentKey(message), [message]);
    else group.push(message);
  }
  return groups;
}

/** The newest message of every branch, by the id of the branch's first message. Children are younger, so one walk from the end does. */
function findNewestBelow(sorted: readonly Message[]): Map<string, Message> {
  const newest = new Map<string, Message>();
  for (const message of sorted.toReversed()) {
    const below = newest.get(message.id) ?? message;
    newest.set(message.id, below);
    if (message.parent_id === null) continue;
    const other = newest.get(message.parent_id);
    if (other === undefined || compareMessages(other, below) < 0) newest.set(message.parent_id, below);
  }
  return newest;
}

/** Where the path begins: a real root, or the oldest loaded part of the branch that holds the newest message. */
function findFirstGroup(sorted: readonly Message[], groups: Map<string, Message[]>): string | undefined {
  const ids = new Set(sorted.map((message) => message.id));
  let walker = sorted.at(-1);
  const byId = new Map(sorted.map((message) => [message.id, message]));
  while (walker?.parent_id != null && ids.has(walker.parent_id)) walker = byId.get(walker.parent_id);
  if (walker === undefined) return undefined;
  return groups.has(parentKey(walker)) ? parentKey(walker) : undefined;
}

/**
 * The messages shown, from the oldest loaded one to a leaf.
 * A page may begin in the middle of the tree; then the path begins with a message whose parent is not loaded yet.
 */
export function listPath(messages: readonly Message[], choices: Choices): PathStep[] {
  const sorted = messages.toSorted(compareMessages);
  const groups = groupByParent(sorted);
  const newestBelow = findNewestBelow(sorted);
  const path: PathStep[] = [];
  let group = groups.get(findFirstGroup(sorted, groups) ?? '');
  while (group !== undefined) {
    const message = chooseChild(group, choices, newestBelow);
    path.push({ message, sibling_ids: group.map((sibling) => sibling.id), position: group.indexOf(message) });
    group = groups.get(message.id);
  }
  return path;
}

function chooseChild(group: readonly Message[], choices: Choices, newestBelow: Map<string, Message>): Message {
  // A group is never empty: groupByParent makes one with its first message.
  const first = group[0] as Message;
  const chosen = group.find((sibling) => choices[parentKey(first)] === sibling.id);
  if (chosen !== undefined) return chosen;
  const age = (message: Message) => newestBelow.get(message.id) ?? message;
  return group.reduce((best, sibling) => (compareMessages(age(best), age(sibling)) < 0 ? sibling : best), first);
}
