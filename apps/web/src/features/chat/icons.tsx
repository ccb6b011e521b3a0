import type { ReactNode } from 'react';

// The chat's own glyphs, in the stroke of ui/icons.tsx; decoration, so the words carry the meaning.
function draw(children: ReactNode) {
  return function Icon({ size = 16 }: { size?: number }) {
    return (
      <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.35" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
        {children}
      </svg>
    );
  };
}

export const PlusIcon = draw(<path d="M8 3v10M3 8h10" />);
export const ListIcon = draw(<path d="M2.5 4h11M2.5 8h11M2.5 12h7" />);
export const ArchiveIcon = draw(<><rect x="2.2" y="3" width="11.6" height="3" rx="1" /><path d="M3.2 6v5.6c0 .8.6 1.4 1.4 1.4h6.8c.8 0 1.4-.6 1.4-1.4V6M6.6 8.8h2.8" /></>);
export const EditIcon = draw(<><path d="m9.9 3.6 2.5 2.5-6.7 6.7-3 .5.5-3 6.7-6.7Z" /><path d="m8.7 4.8 2.5 2.5" /></>);
export const SettingsIcon = draw(<><path d="M2.5 4.8h5.2M11.3 4.8h2.2M2.5 11.2h2.2M8.3 11.2h5.2" /><circle cx="9.5" cy="4.8" r="1.8" /><circle cx="6.5" cy="11.2" r="1.8" /></>);
export const GaugeIcon = draw(<><path d="M2.9 12.1a6 6 0 1 1 10.2 0" /><path d="m8 9.2 2.6-3.1" /></>);
export const ToolIcon = draw(<path d="m9.3 6.7-6 6a1.2 1.2 0 0 1-1.7-1.7l6-6a3.4 3.4 0 0 1 4.5-3l-2 2 .4 1.7 1.7.4 2-2a3.4 3.4 0 0 1-4.9 2.6Z" transform="translate(.4 .6)" />);

export function StopIcon() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <rect x="1.5" y="1.5" width="9" height="9" rx="2" fill="currentColor" />
    </svg>
  );
}
