const LONGEST = 32;
const SHORTEST = 3;

// The first character of each pinyin initial in the collation of ICU: what sorts at or after it begins with its letter.
const firsts = '阿八嚓咑妸发旮哈丌咔垃妈拏噢妑七呥仨他穵夕丫帀';
const letters = 'abcdefghjklmnopqrstwxyz';
const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin');

function findInitial(character: string): string {
  let found = '';
  for (const [at, first] of [...firsts].entries()) if (collator.compare(character, first) >= 0) found = letters[at] ?? '';
  return found;
}

const companyForms = /(股份|责任)?有限(责任)?公司|集团|\b(inc|ltd|llc|corp|gmbh|co|s\.?a)\b\.?/giu;

function toLatin(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\p{Script=Han}/gu, findInitial).toLowerCase();
}

/**
 * A workspace from a tenant's name: `Acme Robotics Ltd.` → `acme-robotics`, `云栖科技有限公司` → `yqkj` (pinyin initials).
 * Empty where the name holds too little to make 3 characters of.
 */
export function suggestWorkspace(name: string): string {
  const short = name.replace(companyForms, ' ');
  const slug = (text: string) =>
    toLatin(text).replace(/['’]/g, '').replace(/[^a-z0-9]+/g, '-').slice(0, LONGEST).replace(/^-+|-+$/g, '');
  const made = slug(short);
  if (made.length >= SHORTEST) return made;
  const whole = slug(name);
  return whole.length >= SHORTEST ? whole : '';
}
