import { useState } from 'react';
import './tenant-logo.css';

export interface ShownLogo {
  src: string;
  width: number;
  height: number;
}
interface TenantLogoProps {
  name: string;
  logo: ShownLogo | null;
}

const HEIGHT = 24;
/** As much as leaves the name its room; what is wider still is taken for a wordmark. */
const MOST_WIDTH = 72;
const WORDMARK_WIDTH = 172;

/** A picture so wide that it is a name in letters: it stands instead of the name, not beside it. */
export const isWordmark = (logo: ShownLogo | null) => logo !== null && (logo.width / logo.height) * HEIGHT > MOST_WIDTH;

/** Of a name in Latin letters the first of two words, else its first character. */
function initialsOf(name: string): string {
  const [first = '', second = ''] = name.trim().split(/[\s\-_.]+/);
  const isLatin = /^\p{Script=Latin}/u;
  if (!isLatin.test(first)) return [...first][0] ?? '';
  return ([...first][0] + (isLatin.test(second) ? ([...second][0] ?? '') : '')).toUpperCase();
}

/** A tenant's logo in the room that its sides ask for, before it is there; initials where there is none, or it cannot be drawn. */
export function TenantLogo({ name, logo }: TenantLogoProps) {
  const [broken, setBroken] = useState<string | null>(null);
  if (!logo || broken === logo.src) return <span className="tenant-logo is-initials" aria-hidden="true">{initialsOf(name)}</span>;
  const width = Math.round(Math.min((logo.width / logo.height) * HEIGHT, isWordmark(logo) ? WORDMARK_WIDTH : MOST_WIDTH));
  return (
    <span className="tenant-logo is-drawn" style={{ width }}>
      {/* Beside its name it says nothing more; as a wordmark it is the name. */}
      <img src={logo.src} alt={isWordmark(logo) ? name : ''} width={width} height={HEIGHT} draggable={false} onError={() => setBroken(logo.src)} />
    </span>
  );
}
