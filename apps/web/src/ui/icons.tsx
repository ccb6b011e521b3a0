import type { ReactNode, SVGProps } from 'react';

type IconProps = Omit<SVGProps<SVGSVGElement>, 'children'> & { size?: number };

// Thin lines in the colour of the text beside them; always decoration, so the words carry the meaning.
function draw(children: ReactNode) {
  return function Icon({ size = 16, ...rest }: IconProps) {
    return (
      <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.35" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false" {...rest}>
        {children}
      </svg>
    );
  };
}

export const SearchIcon = draw(<><circle cx="7" cy="7" r="4.25" /><path d="m10.2 10.2 3.3 3.3" /></>);
export const RefreshIcon = draw(<><path d="M13.2 8a5.2 5.2 0 1 1-1.6-3.75" /><path d="M13.4 2.2v2.6h-2.6" /></>);
export const ColumnsIcon = draw(<><rect x="2.25" y="2.75" width="11.5" height="10.5" rx="1.75" /><path d="M6.2 2.75v10.5M9.9 2.75v10.5" /></>);
export const MoreIcon = draw(<><circle cx="3.5" cy="8" r=".6" /><circle cx="8" cy="8" r=".6" /><circle cx="12.5" cy="8" r=".6" /></>);
export const CopyIcon = draw(<><rect x="5.5" y="5.5" width="7.75" height="7.75" rx="1.5" /><path d="M10.5 3.2v-.1c0-.6-.5-1-1.1-1H4.1a1.6 1.6 0 0 0-1.6 1.6v5.2c0 .6.4 1.1 1 1.1h.1" /></>);
export const CheckIcon = draw(<path d="m3 8.4 3.2 3.2L13 4.8" />);
export const CloseIcon = draw(<path d="m4 4 8 8M12 4l-8 8" />);
export const ChevronDownIcon = draw(<path d="m4 6.2 4 4 4-4" />);
export const ChevronLeftIcon = draw(<path d="m9.8 4-4 4 4 4" />);
export const ChevronRightIcon = draw(<path d="m6.2 4 4 4-4 4" />);
export const ArrowUpIcon = draw(<path d="M8 13V3.2M3.8 7.2 8 3l4.2 4.2" />);
export const ArrowDownIcon = draw(<path d="M8 3v9.8M3.8 8.8 8 13l4.2-4.2" />);
export const WrapIcon = draw(<><path d="M2.5 4h11M2.5 8h8.6a2.1 2.1 0 0 1 0 4.2H8" /><path d="m9.6 10.6-1.7 1.6 1.7 1.6M2.5 12.2h2.7" /></>);
export const LinkOutIcon = draw(<><path d="M9.4 2.7h3.9v3.9M13 3 7.6 8.4" /><path d="M11.8 9.6v2.2c0 .9-.7 1.6-1.6 1.6H4.3c-.9 0-1.6-.7-1.6-1.6V5.9c0-.9.7-1.6 1.6-1.6h2.2" /></>);
export const ImageIcon = draw(<><rect x="2.25" y="2.75" width="11.5" height="10.5" rx="1.75" /><circle cx="5.7" cy="6.1" r="1" /><path d="m2.6 11.6 3.2-2.9 2.3 2 2.3-2.3 3.2 3" /></>);
export const EyeIcon = draw(<><path d="M1.8 8S4 3.7 8 3.7 14.2 8 14.2 8 12 12.3 8 12.3 1.8 8 1.8 8Z" /><circle cx="8" cy="8" r="1.9" /></>);
export const EyeOffIcon = draw(<><path d="M6.6 3.9A6 6 0 0 1 8 3.7C12 3.7 14.2 8 14.2 8a10 10 0 0 1-1.7 2.2M4 5C2.6 6.2 1.8 8 1.8 8S4 12.3 8 12.3a5.8 5.8 0 0 0 3-.8M2.6 2.6l10.8 10.8" /></>);
export const InboxIcon = draw(<><path d="M2.3 9.2 4.2 3.9c.2-.5.7-.9 1.3-.9h5c.6 0 1.1.4 1.3.9l1.9 5.3v2.4c0 .8-.7 1.4-1.5 1.4H3.8c-.8 0-1.5-.6-1.5-1.4V9.2Z" /><path d="M2.3 9.2h3.1l.8 1.5h3.6l.8-1.5h3.1" /></>);
export const LockIcon = draw(<><rect x="3.2" y="7" width="9.6" height="6.5" rx="1.5" /><path d="M5.3 7V5.2a2.7 2.7 0 0 1 5.4 0V7" /></>);
export const AlertIcon = draw(<><circle cx="8" cy="8" r="5.75" /><path d="M8 5v3.6M8 11v.05" /></>);
export const OfflineIcon = draw(<><path d="M2 6.3A9.2 9.2 0 0 1 5.3 4.3M8 3.7a9 9 0 0 1 6 2.6M4.2 8.7A5.9 5.9 0 0 1 6.9 7.1M10.4 7.7c.5.3 1 .6 1.4 1M6.5 11.1a2.3 2.3 0 0 1 3 0M2.5 2.5l11 11" /><path d="M8 13v.05" /></>);
