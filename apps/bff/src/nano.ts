const NANO_DIGITS = 9;

/** A decimal string such as "0.075" as integer nano-units. Digits beyond the ninth are cut. */
export function toNano(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole) * 10n ** BigInt(NANO_DIGITS) + BigInt(fraction.slice(0, NANO_DIGITS).padEnd(NANO_DIGITS, '0'));
}

/** Nano-units as a decimal string without trailing zeros: 1375000n is "0.001375". */
export function fromNano(nano: bigint): string {
  const digits = nano.toString().padStart(NANO_DIGITS + 1, '0');
  const fraction = digits.slice(-NANO_DIGITS).replace(/0+$/, '');
  return fraction ? `${digits.slice(0, -NANO_DIGITS)}.${fraction}` : digits.slice(0, -NANO_DIGITS);
}
