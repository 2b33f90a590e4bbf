// The check digit of a GTIN, which catches every single wrong digit and most swapped neighbours.

/**
 * Whether the text is a GTIN-8, -12, -13 or -14 with a right check digit: from the right, digits count three times and
 * once in turn, and the sum with the check digit is a multiple of ten (GS1 General Specifications, section 7.9).
 */
export function isGtin(text: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(text)) {
    return false
  }
  const digits = [...text].reverse().map(Number)
  const sum = digits.reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}
