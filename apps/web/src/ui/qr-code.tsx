import { useMemo } from 'react';
import { encode } from 'uqr';
import './parts.css';

interface QrCodeProps {
  text: string;
  /** What a screen reader says in its place. */
  label: string;
  /** Pixels along one edge. */
  size?: number;
}

// ISO/IEC 18004 asks for four empty modules around the symbol.
const QUIET = 4;

/** A row's dark modules as strokes: one for each run of them. */
function drawRow(row: readonly boolean[], y: number): string {
  const starts = row.flatMap((dark, x) => (dark && row[x - 1] !== true ? [x] : []));
  return starts
    .map((x) => {
      const end = row.indexOf(false, x);
      return `M${x} ${y}h${(end < 0 ? row.length : end) - x}v1H${x}z`;
    })
    .join('');
}

/** A QR code in SVG elements, black on white in either look: cameras read nothing else as surely. */
export function QrCode({ text, label, size = 168 }: QrCodeProps) {
  const { rows, edge } = useMemo(() => {
    const { data } = encode(text, { border: QUIET, ecc: 'M' });
    return { rows: data, edge: data.length };
  }, [text]);
  return (
    <svg className="ui-qr" role="img" aria-label={label} width={size} height={size} viewBox={`0 0 ${edge} ${edge}`} shapeRendering="crispEdges">
      <rect width={edge} height={edge} fill="#fff" />
      <path d={rows.map(drawRow).join('')} fill="#000" />
    </svg>
  );
}
