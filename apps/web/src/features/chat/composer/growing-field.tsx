import { useLayoutEffect, useRef, type KeyboardEvent, type Ref } from 'react';

interface GrowingFieldProps {
  value: string;
  onChange: (text: string) => void;
  label: string;
  placeholder?: string;
  autoFocus?: boolean;
  describedBy?: string | undefined;
  invalid?: boolean;
  rows?: number;
  fieldRef?: Ref<HTMLTextAreaElement>;
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
}

/** A text field as high as what is in it; CSS says how high at most. */
export function GrowingField({ value, onChange, label, placeholder, autoFocus = false, describedBy, invalid = false, rows = 1, fieldRef, onKeyDown }: GrowingFieldProps) {
  const field = useRef<HTMLTextAreaElement | null>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [value]);
  return (
    <textarea
      ref={(element) => {
        field.current = element;
        if (typeof fieldRef === 'function') fieldRef(element);
        else if (fieldRef != null) fieldRef.current = element;
      }}
      className="chat-field"
      dir="auto"
      rows={rows}
      value={value}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      placeholder={placeholder}
      autoFocus={autoFocus}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}
