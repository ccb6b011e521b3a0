import { useRoom } from './use-room.ts';

/** A task's box: a statement, not a control. */
export function TaskBox({ done }: { done: boolean }) {
  const { texts } = useRoom();
  return <input type="checkbox" className="md-task-box" checked={done} readOnly disabled aria-label={done ? texts.task_done : texts.task_open} />;
}
