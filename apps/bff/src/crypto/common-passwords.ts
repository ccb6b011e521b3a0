/** Words that long common passwords are built of, without separators, lower case; sorted by what they are. */
export const COMMON_WORDS = [
  'password', 'passwort', 'motdepasse', 'contrasena', 'passphrase', 'passcode', 'pass', 'secret', 'geheim', 'mima', 'wodemima', 'default', 'changeme', 'change', 'changeit',
  'admin', 'administrator', 'root', 'toor', 'superuser', 'user', 'guest', 'login', 'signin', 'welcome', 'willkommen', 'letmein', 'access', 'master', 'system', 'server',
  'test', 'testing', 'tester', 'demo', 'example', 'sample', 'temp', 'temporary', 'hello', 'world', 'helloworld', 'iloveyou', 'woaini', 'love', 'princess', 'sunshine',
  'monkey', 'dragon', 'football', 'baseball', 'soccer', 'superman', 'batman', 'pokemon', 'starwars', 'whatever', 'trustno1', 'freedom', 'shadow', 'michael', 'jennifer',
  'computer', 'internet', 'google', 'facebook', 'microsoft', 'windows', 'iphone', 'samsung', 'openai', 'chatgpt', 'company', 'office', 'qwerty', 'azerty', 'qwertz', 'asdf',
  'abc', 'xyz', 'foobar', 'spring', 'summer', 'autumn', 'winter', 'january', 'february', 'march', 'april', 'june', 'july', 'august', 'september', 'october', 'november',
  'december', 'monday', 'friday', 'sunday', 'my', 'the', 'is', 'this', 'new', 'please', 'nihao', 'zhongguo', 'beijing', 'shanghai', 'maimai', 'aini', '520', '1314',
] as const;

/** Whole phrases that are long and known to everybody who guesses. */
export const COMMON_PHRASES = [
  'correcthorsebatterystaple', 'correcthorsebattery', 'tobeornottobe', 'tobeornottobethatisthequestion', 'maytheforcebewithyou', 'thequickbrownfox',
  'thequickbrownfoxjumpsoverthelazydog', 'onceuponatime', 'iwillalwaysloveyou', 'lordoftherings', 'gameofthrones', 'supercalifragilisticexpialidocious',
  'howmuchwoodcouldawoodchuckchuck', 'nevergonnagiveyouup', 'inthebeginningwastheword', 'ourfatherwhoartinheaven', 'allyourbasearebelongtous',
  'opensesameopensesame', 'iamyourfather', 'loremipsumdolorsitamet', 'thisismypassword', 'youshallnotpass', 'jesuslovesyou', 'liverpoolfootballclub', 'manchesterunited',
] as const;

/** Rows and columns of keyboards, the alphabet and the digits, walked in either direction. */
export const KEYBOARD_WALKS = [
  'abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p', 'qazwsxedcrfvtgbyhnujmikolp', '1q2w3e4r5t6y7u8i9o0p', 'q1w2e3r4t5y6u7i8o9p0', 'zaq1xsw2cde3vfr4bgt5nhy6mju7ki8lo9p0',
  '147258369', '741852963', '159357', 'a1b2c3d4e5f6g7h8i9j0', '1a2b3c4d5e6f7g8h9i0j',
] as const;
