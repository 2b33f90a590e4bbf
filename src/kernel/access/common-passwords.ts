// The passwords that thieves try first, offline: words and rows that stay common however they are stretched to length.

// Leaked lists are dominated by these stems; stretched to twelve characters they carry digits, signs or themselves again.
const STEMS = `password passw0rd passwort motdepasse contrasena senha parola welcome willkommen bienvenue letmein login
signin admin administrator root superuser changeme default secret test testing tester demo guest user username
iloveyou loveyou sunshine princess football baseball basketball soccer monkey dragon master shadow superman batman
pokemon starwars trustno mustang michael jordan ashley jessica jennifer charlie donald computer internet whatever
freedom hello hallo qwerty qwertz azerty qwertyuiop qwertzuiop asdfgh asdfghjkl zxcvbn zxcvbnm yxcvbnm qazwsx
qazwsxedc abc abcd abcdef abcdefg abcdefgh abcdefghij company business summer winter spring autumn january
february march april june july august september october november december monday friday tradewright distribution
warehouse erp system server database office google facebook linkedin microsoft windows apple samsung killer hunter
ranger thomas robert daniel andrew joshua matthew pepper ginger cookie cheese banana chocolate liverpool arsenal
chelsea barcelona corvette ferrari mercedes yankees hockey harley jesus christ heaven angel angels butterfly flower
lovely purple orange yellow silver golden diamond matrix phoenix merlin maggie tigger family forever correct horse
battery staple correcthorse correcthorsebattery correcthorsebatterystaple`
  .split(/\s+/)
  .filter((stem) => stem.length > 0)

const COMMON = new Set(STEMS)
const ROWS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'zyxwvutsrqponmlkjihgfedcba',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'q1w2e3r4t5y6u7i8o9p0',
  '1q2w3e4r5t6y7u8i9o0p',
  'a1b2c3d4e5f6g7h8i9j0',
  '11223344556677889900',
  '112233445566',
  '123123123123',
  '12341234123412341234',
]

const SPOKEN: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

/**
 * Whether a password is common: a stem alone, repeated, or with digits and signs around it (also spelt with signs for
 * letters); a row of keys or digits; one short piece again and again; or the person's own name or address.
 */
export function isCommon(password: string, about: readonly string[]): boolean {
  const plain = password.toLowerCase().replace(/\s+/g, '')
  const spoken = [plain, plain.replace(/[^a-z]+$/, ''), plain.replace(/^[^a-z]+|[^a-z]+$/g, '')].map(spell)
  if (ROWS.some((row) => row.includes(plain) || plain.replace(/[^a-z0-9]/g, '') === row)) return true
  if (/^(.{1,4})\1+.{0,3}$/.test(plain)) return true
  const own = about.flatMap((words) => words.toLowerCase().split(/[^a-z0-9]+/)).filter((word) => word.length >= 3)
  return [plain, ...spoken].some((text) => isStretched(text, (word) => COMMON.has(word) || own.includes(word)))
}

const spell = (text: string): string => text.replace(/[@431!0$57]/g, (sign) => SPOKEN[sign] ?? sign)

/** Takes digits and signs away from both ends and asks whether known words, one or two of them, are all that is left. */
function isStretched(text: string, known: (word: string) => boolean): boolean {
  const core = text.replace(/^[^a-z]+|[^a-z]+$/g, '')
  const words = core.split(/[^a-z]+/).filter((word) => word.length > 0)
  if (words.length === 0) return text.length > 0 && new Set(text).size <= 4
  if (words.length <= 2 && words.every(known)) return true
  for (let at = 2; at < core.length - 1; at++) if (known(core.slice(0, at)) && known(core.slice(at))) return true
  return known(core)
}
