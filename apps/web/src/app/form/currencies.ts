// ISO 4217 as it is paid with: Intl also lists what was given up long ago, and rarely says so.
const in_use =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK ' +
  'DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS ' +
  'KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD ' +
  'OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP ' +
  'TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG';

const common = ['CNY', 'USD', 'EUR', 'HKD', 'TWD', 'JPY', 'GBP', 'SGD'];

/** Currencies in use that the browser can name, the ones most tenants use first; and the one that is kept, whatever it is. */
export function listCurrencies(language: string, kept: string): { value: string; label: string }[] {
  const known = new Set(Intl.supportedValuesOf('currency'));
  const codes = new Set([...common, ...in_use.split(' ').filter((code) => known.has(code)), kept]);
  const names = new Intl.DisplayNames([language], { type: 'currency' });
  return [...codes].filter((code) => code !== '').map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}
