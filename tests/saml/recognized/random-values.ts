/** Where values and choices come from. */
export class Chance {
  readonly #random: () => number

  constructor(random: () => number) {
    this.#random = random
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.#random() * from.length)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }

  often(part: number): boolean {
    return this.#random() < part
  }

  /** From nothing to so many, few more often than many. */
  count(most: number): number {
    return Math.floor(this.#random() ** 2 * (most + 1))
  }

  /** So many of these in a row. */
  row(from: readonly string[], most: number): string {
    return Array.from({ length: this.count(most) }, () => this.pick(from)).join('')
  }
}

const uris = [
  'https://idp.example/entity',
  'https://sso.example.com:8443/sso/sso_1/acs?a=b&c=d#x',
  'urn:oasis:names:tc:SAML:2.0:status:Success',
  'urn:oasis:names:tc:SAML:2.0:cm:bearer',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'spn:9b2f3c44-1d6e-4f7a-8c90-0c1f2d3e4a5b',
  'api://gatehouse',
  'mailto:ada@acme.example',
  '#_assertion',
  'gatehouse',
  '',
]
const inUris = [...'abZ09:/?#@%-._~+&=;,[]{}|^ ()!$*é', '//', '%41', '::', ':80', 'a:', 'http://', '../', '%zz']

const dates = ['2026-03-01', '2026-02-28', '2026-02-29', '2024-02-29', '2026-02-30', '2026-04-31', '2026-12-31']
const moreDates = [
  '0000-01-01',
  '2026-06-31',
  '2026-13-01',
  '2026-00-10',
  '1899-01-01',
  '2199-06-30',
  '12026-01-01',
  '2026-1-1',
  '-2026-01-01',
]
const times = ['12:00:00', '23:59:59', '24:00:00', '24:00:01', '12:60:00', '12:00:60', '00:00:00', '7:00:00']
const fractions = ['', '', '.1', '.123', '.1234567', '.', '.0000000000000000000001']
const zones = ['Z', 'Z', 'Z', '', '+01:00', '-14:00', '+15:00', 'z', ' Z']

const names = ['_a', '_assertion', 'a.b-c_1', 'id', 'A']
const oddNames = ['1a', 'a:b', '', ' a', 'a b', '-a', 'é', 'a\u00b7', '_\u{10000}']

const inBase64 = [...'AQgwEIMUYcZz09+/', '=', '==', '\n', ' ', '\t', '\r', '-', '_', '!']
/** With too few characters, too much at the end, or bits that belong to no byte. */
const nearlyWhole = ['QR==', 'QUJ=', 'QUJDRA', 'Q', '=', '====', 'QQ=', ' QUJD ', 'Q Q\n= =', 'QQ==QQ==']
const whole = ['QUJD', 'QQ==', 'QUI=', 'AAAA', 'Zm9v']

const characters = [...'aZ09 .,:;!?\'"()[]{}#-_=/@&<>', '\n', '\t', 'é', 'ß', '愛', '\u0085', '\u2028', '\ufeff']
const oddCharacters = [
  '\r',
  '\u{1f600}',
  '\ufffd',
  '\ufffe',
  '\u0001',
  '\u007f',
  '\ud800',
  ']]>',
  ']]',
  '\r\n',
  '\u00a0',
]

/** Values of the simple types: mostly good ones, some on either side of what the type allows. */
export class RandomValues extends Chance {
  /** How often something is odd. */
  readonly oddness: number

  constructor(random: () => number, oddness: number) {
    super(random)
    this.oddness = oddness
  }

  get isOdd(): boolean {
    return this.often(this.oddness)
  }

  uri(): string {
    return this.isOdd ? this.row(inUris, 12) : this.pick(uris)
  }

  /** Odd ones are so in one place, as a rule. */
  dateTime(): string {
    const part = (good: readonly string[], odd: readonly string[]): string =>
      this.pick(this.isOdd && this.often(0.5) ? odd : good)
    const date = part(['2026-03-01', '2026-02-28', '2026-12-31'], [...dates, ...moreDates])
    const time = part(['12:00:00'], times) + part(['', '.123'], fractions)
    return `${date}${part(['T'], ['t', ' ', ''])}${time}${part(['Z'], zones)}`
  }

  /** Most are there once. */
  id(): string {
    return this.isOdd
      ? this.pick([...names, ...oddNames])
      : `_${this.row([...'0123456789abcdef'], 30)}${this.row(names, 3)}`
  }

  ncName(): string {
    return this.isOdd ? this.pick(oddNames) : this.pick(names)
  }

  base64(): string {
    const good = this.row(whole.slice(0, 1), 9) + this.pick(whole)
    if (!this.isOdd) return good
    return this.often(0.5) ? good + this.pick(nearlyWhole) : this.row([...inBase64, ...whole], 9)
  }

  number(): string {
    return this.isOdd ? this.pick(['', '-1', '+1', '-0', '1.0', ' 1', '9'.repeat(18), '9'.repeat(25), '00', 'a']) : '1'
  }

  text(): string {
    return this.row(this.isOdd ? [...characters, ...oddCharacters] : characters, 12)
  }
}
