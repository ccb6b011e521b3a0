import { useRef, useState, type DragEvent } from 'react';
import { Field } from '../../../app/form/field.tsx';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { decodeList, LIST_BYTES } from './read-file.ts';

interface ListFieldProps {
  value: string;
  error: string | undefined;
  /** What was read so far, in words. */
  read: string;
  onValue: (text: string) => void;
  onBlur: () => void;
}

/** Where a list is pasted or dropped, or read from a file. */
export function ListField({ value, error, read, onValue, onBlur }: ListFieldProps) {
  const t = useTexts('users');
  const picker = useRef<HTMLInputElement>(null);
  const [tooLong, setTooLong] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setTooLong(file.size > LIST_BYTES);
    if (file.size <= LIST_BYTES) onValue(decodeList(new Uint8Array(await file.arrayBuffer())));
  };
  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    void take(file);
  };
  return (
    <Field label={t(($) => $.invite.list)} hint={t(($) => $.invite.list_hint)} error={tooLong ? t(($) => $.issue.list_long) : error}>
      {(described) => (
        <>
          <textarea {...described} className="form-input invite-list" rows={8} spellCheck={false} autoComplete="off" autoFocus placeholder={t(($) => $.invite.example)} value={value} onBlur={onBlur} onDrop={drop} onChange={(event) => { setTooLong(false); onValue(event.target.value); }} />
          <div className="invite-tools">
            <ActionButton size="small" onClick={() => picker.current?.click()}>{t(($) => $.invite.file)}</ActionButton>
            <span className="tabular-nums" role="status">{read}</span>
          </div>
          <input ref={picker} type="file" hidden aria-label={t(($) => $.invite.file)} accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={(event) => { void take(event.target.files?.[0]); event.target.value = ''; }} />
        </>
      )}
    </Field>
  );
}
