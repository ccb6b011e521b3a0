export interface LetterText {
  subject: string;
  text: string;
  html: string;
}

export interface LetterParts {
  subject: string;
  paragraphs: string[];
  /** The one thing to do, by a link. */
  action?: { label: string; url: string };
  /** Small print below a rule. */
  footer: string;
}

/** One letter as plain text and as HTML that says the same; nothing in it is loaded from anywhere. */
export function writeLetter({ subject, paragraphs, action, footer }: LetterParts): LetterText {
  const lines = [...paragraphs, ...(action ? [`${action.label}\n${action.url}`] : []), `--\n${footer}`];
  const body = [
    ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    // The address stands there in full: whoever doubts the button can read where it goes.
    ...(action ? [`<p><a href="${escapeHtml(action.url)}" style="${BUTTON}">${escapeHtml(action.label)}</a></p><p style="${SMALL}">${escapeHtml(action.url)}</p>`] : []),
    `<hr style="border:0;border-top:1px solid #e8ebf0"><p style="${SMALL}">${escapeHtml(footer)}</p>`,
  ];
  return { subject, text: `${lines.join('\n\n')}\n`, html: `<!doctype html><html><body style="${PAGE}">${body.join('')}</body></html>` };
}

const PAGE = 'margin:0 auto;padding:24px;max-width:560px;font:15px/1.6 system-ui,sans-serif;color:#141a26';
const BUTTON = 'display:inline-block;padding:8px 16px;border-radius:8px;background:#2456c8;color:#ffffff;text-decoration:none';
const SMALL = 'font-size:13px;color:#5f6b80;overflow-wrap:anywhere';

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
