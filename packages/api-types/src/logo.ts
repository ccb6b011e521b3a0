import { z } from 'zod';
import { id, instant } from './envelope.ts';
import { LOGO_BYTES, logoTypes } from './judge-logo.ts';

/** A tenant's logo as it is drawn: another picture is another id, so its bytes never change. */
export const drawnLogo = z.strictObject({ id, width: z.int(), height: z.int() }).meta({ id: 'DrawnLogo' });
export type DrawnLogo = z.infer<typeof drawnLogo>;

export const tenantLogo = drawnLogo.extend({ media_type: z.enum(logoTypes), bytes: z.int(), created_at: instant }).meta({ id: 'TenantLogo' });
export type TenantLogo = z.infer<typeof tenantLogo>;

const BASE64_CHARACTERS = Math.ceil(LOGO_BYTES / 3) * 4;
/** What is longer is told so by whoever counts its bytes, and not before twice that. */
export const logoBody = z.strictObject({ content: z.base64().min(1).max(2 * BASE64_CHARACTERS).describe('A still PNG, JPEG or WebP of at most 256 KiB and 2048 pixels a side') });
export type LogoInput = z.infer<typeof logoBody>;
