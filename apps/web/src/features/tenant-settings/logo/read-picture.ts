import { judgeLogo, type LogoProblem } from '@lyss/api-types/judge-logo';
import type { ShownLogo } from '../../../app/tenant-logo.tsx';

export interface ChosenPicture extends ShownLogo {
  /** As it is sent. */
  content: string;
  bytes: number;
}

/** A chosen file as it would be drawn, or why it cannot be a logo: by its content, and drawn once to be sure. */
export async function readPicture(file: File): Promise<ChosenPicture | LogoProblem> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const judged = judgeLogo(bytes);
  if (typeof judged === 'string') return judged;
  const content = toBase64(bytes);
  const src = `data:${judged.media_type};base64,${content}`;
  return (await isDrawable(src)) ? { src, content, bytes: bytes.byteLength, width: judged.width, height: judged.height } : 'logo_not_an_image';
}

/** No more than 256 KiB come here. */
const toBase64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

async function isDrawable(src: string): Promise<boolean> {
  const image = new Image();
  image.src = src;
  return image.decode().then(() => true, () => false);
}
