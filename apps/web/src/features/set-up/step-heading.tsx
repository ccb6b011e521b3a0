import { useEffect, useRef } from 'react';

/** The heading of a step without a field to begin with: the keyboard and a screen reader go on from here. */
export function StepHeading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>;
}
