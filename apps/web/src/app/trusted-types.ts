// TypeScript's DOM library does not know Trusted Types yet; this is the part of the W3C draft that is used here.
interface PolicyRules {
  createHTML(text: string): string | null;
  createScriptURL(url: string): string | null;
}
interface PolicyFactory {
  createPolicy(name: string, rules: PolicyRules): unknown;
}

/** Text that cannot open a tag may go where HTML is expected: that is antd writing its style sheets. Everything else is refused. */
export function allowMarkup(text: string): string | null {
  return text.includes('<') ? null : text;
}

/** Scripts come from this origin or not at all. */
export function allowScriptAddress(url: string, origin: string): string | null {
  try {
    const address = new URL(url, origin);
    // A blob: address has our origin too, but its text was made by whoever made the blob.
    return address.origin === origin && address.protocol.startsWith('http') ? url : null;
  } catch {
    return null;
  }
}

/**
 * Installs the one default policy; call it before anything is drawn. There is no createScript: text never becomes code.
 * Does nothing in a browser without Trusted Types (W3C Trusted Types, `require-trusted-types-for 'script'`).
 */
export function installTrustedTypes(scope: { trustedTypes?: PolicyFactory; location: { origin: string } } = window): void {
  scope.trustedTypes?.createPolicy('default', {
    createHTML: allowMarkup,
    createScriptURL: (url) => allowScriptAddress(url, scope.location.origin),
  });
}
