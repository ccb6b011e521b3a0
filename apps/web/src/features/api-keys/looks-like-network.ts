const DOTTED = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
const V4_BITS = 32;
const V6_BITS = 128;

/** Whether a text may be an IP address or CIDR block. It catches slips; what IPv6 means by a text is for the server to say. */
export function looksLikeNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  if (more.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return false;
  const most = DOTTED.test(address) ? V4_BITS : looksLikeV6(address) ? V6_BITS : -1;
  return Number(bits ?? 0) <= most;
}

// WHATWG's parser knows every spelling of an IPv6 address, and refuses every other text in brackets.
function looksLikeV6(address: string): boolean {
  return /^[0-9a-f:.]+$/i.test(address) && address.includes(':') && URL.canParse(`http://[${address}]`);
}
