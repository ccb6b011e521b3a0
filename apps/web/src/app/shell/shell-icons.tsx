import type { ReactNode } from 'react';

// The same thin line as the shared icons; these are the frame's alone.
function draw(children: ReactNode) {
  return function Icon({ size = 16 }: { size?: number }) {
    return (
      <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.35" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
        {children}
      </svg>
    );
  };
}

export type ShellIcon = ReturnType<typeof draw>;
export const SunIcon = draw(<><circle cx="8" cy="8" r="2.75" /><path d="M8 1.75v1.5M8 12.75v1.5M1.75 8h1.5M12.75 8h1.5M3.6 3.6l1 1M11.4 11.400l1 1M12.400 3.600l-1 1M4.600 11.400l-1 1" /></>);
export const MoonIcon = draw(<path d="M13.3 9.700A5.6 5.6 0 0 1 6.300 2.700a5.600 5.600 0 1 0 7 7Z" />);
export const GlobeIcon = draw(<><circle cx="8" cy="8" r="5.75" /><path d="M2.400 8h11.200M8 2.250c1.700 1.500 2.500 3.500 2.500 5.750S9.700 12.250 8 13.750C6.300 12.250 5.500 10.250 5.500 8S6.300 3.750 8 2.250Z" /></>);
export const HomeIcon = draw(<path d="M2.500 7.300 8 2.700l5.500 4.600v5.200a1 1 0 0 1-1 1H9.700V9.700H6.300v3.800H3.500a1 1 0 0 1-1-1V7.300Z" />);
export const ChatIcon = draw(<path d="M8 2.500c3.300 0 5.750 2.200 5.750 5.100S11.300 12.700 8 12.700c-.8 0-1.500-.1-2.200-.4l-2.900 1 .8-2.400A4.800 4.800 0 0 1 2.250 7.600C2.250 4.700 4.700 2.500 8 2.500Z" />);
export const GaugeIcon = draw(<><path d="M2.500 11.500a5.500 5.500 0 1 1 11 0" /><path d="m8 11.500 2.700-3.700M5 13.500h6" /></>);
export const KeyIcon = draw(<><circle cx="5.500" cy="10.500" r="3" /><path d="m7.700 8.300 5.550-5.550M11 5l2 2M9.200 6.800l1.300 1.300" /></>);
export const PlugIcon = draw(<><path d="M5.500 2.250v3M10.500 2.250v3" /><path d="M3.750 5.250h8.500V7.500a4.250 4.250 0 0 1-8.500 0V5.250ZM8 11.750v2" /></>);
export const PeopleIcon = draw(<><circle cx="6" cy="5.300" r="2.300" /><path d="M1.900 13c.2-2.300 1.900-3.900 4.100-3.900s3.900 1.600 4.100 3.900M10.300 3.200a2.300 2.300 0 0 1 0 4.200M11.600 9.400c1.400.5 2.300 1.800 2.500 3.600" /></>);
export const SlidersIcon = draw(<><path d="M2.500 5h6M12 5h1.500M2.500 11h1.500M7.500 11h6" /><circle cx="10.250" cy="5" r="1.750" /><circle cx="5.750" cy="11" r="1.750" /></>);
export const ShieldIcon = draw(<><path d="M8 2.250 13 4v3.700c0 2.900-2 5-5 6.050-3-1.050-5-3.150-5-6.050V4l5-1.750Z" /><path d="m5.900 7.900 1.600 1.600 2.700-2.900" /></>);
export const ScrollIcon = draw(<><path d="M4 13.500h7.300c.9 0 1.700-.7 1.700-1.700V11H6.500v.8c0 .9-.7 1.700-1.600 1.700S3.250 12.800 3.250 11.800V4.200c0-.9-.5-1.700-1.250-1.700h7.500c.9 0 1.600.8 1.600 1.700V11" /><path d="M5.700 5.500h3M5.700 8h3" /></>);
export const BuildingIcon = draw(<><path d="M3 13.500V3.700c0-.7.500-1.200 1.200-1.200h4.600c.7 0 1.200.5 1.200 1.200v9.800M10 6.500h2c.6 0 1 .4 1 1v6M1.750 13.500h12.500" /><path d="M5.500 5.300h2M5.500 7.800h2M5.500 10.300h2" /></>);
export const SignOutIcon = draw(<><path d="M6.300 13.250H4a1.500 1.500 0 0 1-1.500-1.500v-7.500A1.500 1.500 0 0 1 4 2.750h2.300" /><path d="M10.300 10.800 13.200 8l-2.900-2.800M13 8H6.300" /></>);
export const CollapseIcon = draw(<><path d="M2.500 3.500h11M7.500 8h6M2.500 12.500h11" /><path d="M4.800 6.400 3 8l1.800 1.600" /></>);
export const ExpandIcon = draw(<><path d="M2.500 3.500h11M7.500 8h6M2.500 12.500h11" /><path d="M3.200 6.400 5 8 3.200 9.600" /></>);
export const MenuIcon = draw(<path d="M2.500 4h11M2.500 8h11M2.500 12h11" />);
export const DoorIcon = draw(<><path d="M7 2.500h4.250c.7 0 1.250.550 1.250 1.250v8.500c0 .7-.550 1.250-1.250 1.250H7" /><path d="M2.500 8h6.250M6.250 5.500 8.750 8l-2.500 2.500" /></>);
export const AtIcon = draw(<><circle cx="8" cy="8" r="2.250" /><path d="M10.250 5.750v3.100a1.750 1.750 0 0 0 3.500 0V8A5.750 5.750 0 1 0 11.500 12.550" /></>);
export const CubeIcon = draw(<><path d="M8 2 13.250 4.900v6.200L8 14l-5.250-2.900V4.900L8 2Z" /><path d="M2.900 5 8 7.800 13.100 5M8 7.800V14" /></>);
export const BarsIcon = draw(<path d="M2.5 13.500h11M4.250 11V7.500M8 11V3M11.750 11V5.500" />);
export const PulseIcon = draw(<path d="M1.750 8.250h2.750L6.250 3.500l3.250 9 1.900-4.250h2.850" />);
