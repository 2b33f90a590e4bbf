// Calendar days as whole numbers, in the wall-clock dates of the source: no time zone, no clock.

const DAY_SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/
const DAYS_BEFORE_1970 = 719_468
const DAYS_IN_400_YEARS = 146_097

/**
 * Days from 1970-01-01 to a 'YYYY-MM-DD' text, or null when the text is not a day of the Gregorian calendar.
 * The year is counted from March, so that the leap day is the last of its year (Neri and Schneider, "Euclidean
 * affine functions and their application to calendar algorithms", 2023, describe the family of formulas).
 */
export function dayNumber(text: string): number | null {
  const parts = DAY_SHAPE.exec(text)
  if (!parts) {
    return null
  }
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (month < 1 || month > 12) {
    return null
  }
  const marchYear = month > 2 ? year : year - 1
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const marchMonth = (month + 9) % 12
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  const number = era * DAYS_IN_400_YEARS + dayOfEra - DAYS_BEFORE_1970
  // 31 June would silently become 1 July; writing the day back shows it.
  return dayText(number) === text ? number : null
}

/** The 'YYYY-MM-DD' text of a day number, as `dayNumber` reads it. */
export function dayText(number: number): string {
  const shifted = number + DAYS_BEFORE_1970
  const era = Math.floor(shifted / DAYS_IN_400_YEARS)
  const dayOfEra = shifted - era * DAYS_IN_400_YEARS
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

/** The day `days` calendar days after (before, when negative) a day that `dayNumber` accepts. */
export function addDays(day: string, days: number): string {
  const number = dayNumber(day)
  if (number === null) {
    throw new RangeError(`${day} is not a day`)
  }
  return dayText(number + days)
}

/** The 'YYYY-MM' month of a 'YYYY-MM-DD' day or of a longer time text. */
export function monthOf(day: string): string {
  return day.slice(0, 7)
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0')
}
